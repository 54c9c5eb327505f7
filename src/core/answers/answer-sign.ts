/** How somebody, or something, answers: told one after the other as it becomes known. */
export type AnswerSign =
  /** A short greeting, and then somebody who waits. */
  | { readonly sign: 'human' }
  /** A greeting that is too long for a human. */
  | { readonly sign: 'machine'; readonly spokenMs: number }
  /** Nobody said anything. */
  | { readonly sign: 'no_speech' }
  /** It could not be told in time. */
  | { readonly sign: 'undecided' }
  /** A machine has said its greeting. */
  | { readonly sign: 'machine_silent' }
  /** A machine wants to be spoken to. */
  | { readonly sign: 'tone'; readonly frequencyHz: number; readonly varianceHz: number }
  | { readonly sign: 'no_tone' }
  /** Nothing more will be told. */
  | { readonly sign: 'over' };

/** Milliseconds of sound, all of them. */
export interface DetectSettings {
  /** A greeting with more speech than this is a machine's. */
  readonly longestGreetingMs: number;
  /** Silence after a short greeting that makes a human of it. */
  readonly waitingMs: number;
  readonly noSpeechMs: number;
  readonly decisionMs: number;
  /** Silence of a machine that has said its greeting. */
  readonly greetingOverMs: number;
  /** How long a machine may take until its tone. */
  readonly toneMs: number;
}
