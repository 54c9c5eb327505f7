import type { LegAudio } from '../../engine/port/index.ts';
import type { ConferenceId, LegId, QueueId } from '../../kernel/ids.ts';
import type { Json } from '../../kernel/json.ts';
import type { AnswerSign } from '../answers/index.ts';
import type { Instruction, StreamWish } from './instruction.ts';
import type { InstructionResult, ProgramSourceRef } from './program.ts';

/** What a leg waits for while its program is asked what it hears meanwhile. */
export type Awaited =
  | {
      readonly kind: 'queue';
      readonly queueId: QueueId;
      readonly name: string;
      /** From 0. */
      readonly position: number;
      /** How many wait, it included. */
      readonly length: number;
      readonly waitedSeconds: number;
    }
  /** That the conference starts, or that it is let in or no longer held. */
  | {
      readonly kind: 'conference';
      readonly conferenceId: ConferenceId;
      readonly name: string;
      readonly waitedSeconds: number;
    };

/** What a program source is asked. */
export interface Question {
  readonly source: ProgramSourceRef;
  readonly legId: LegId;
  /** The source's own words, out of its `ask` instruction. */
  readonly question: Json;
  /** How the instruction before ended; `undefined` if there was none. */
  readonly result: InstructionResult | undefined;
  /** What the leg waits for, if it is asked for a program that runs meanwhile. */
  readonly awaited?: Awaited | undefined;
  /** How somebody answers, if it is asked because that became known. */
  readonly sign?: AnswerSign;
  /** The same when a restarted server asks again. */
  readonly key: string;
}

/** Something of which a program source is told while its program runs. */
export interface Notice {
  readonly source: ProgramSourceRef;
  /** The leg that it is about. */
  readonly legId: LegId;
  /** The source's own words. */
  readonly notice: Json;
  /** Keys that were pressed. */
  readonly digits?: string;
  /** How something ended. */
  readonly result?: InstructionResult;
}

/** The sound of a leg that somebody outside is to have. */
export interface StreamQuestion {
  readonly source: ProgramSourceRef;
  readonly legId: LegId;
  readonly wish: StreamWish;
  readonly audio: LegAudio;
}

/** `pause`: nothing is sent; `silence`: silence is. */
export type StreamSteering = 'pause' | 'silence' | 'resume';

/** The sound of a leg on its way to somebody outside, and back. */
export interface Streaming {
  /** Resolves when it is over; whoever opened the sound closes it. @throws when it never began */
  readonly over: Promise<void>;
  /** The leg pressed a key. */
  key(digit: string, durationMs: number): void;
  steer(how: StreamSteering): void;
  /** Nobody wants it any more. */
  end(): void;
}

/** Where programs come from: something outside that is asked what to do next. */
export interface ProgramSource {
  /**
   * @returns what takes the place of everything that follows; `undefined` to go on with that
   * @throws {DomainError} of the source's own when it does not answer, or says what cannot be understood
   */
  ask(question: Question): Promise<readonly Instruction[] | undefined>;
  /** Hears of something; what it says to that counts for nothing. */
  tell?(notice: Notice): Promise<void>;
  /** Brings the sound of a leg to whom its words mean. */
  stream?(question: StreamQuestion): Streaming;
}
