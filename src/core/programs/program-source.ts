import type { ConferenceId, LegId, QueueId } from '../../kernel/ids.ts';
import type { Json } from '../../kernel/json.ts';
import type { Instruction } from './instruction.ts';
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
  /** The same when a restarted server asks again. */
  readonly key: string;
}

/** Where programs come from: something outside that is asked what to do next. */
export interface ProgramSource {
  /**
   * @returns what takes the place of everything that follows; `undefined` to go on with that
   * @throws {DomainError} of the source's own when it does not answer, or says what cannot be understood
   */
  ask(question: Question): Promise<readonly Instruction[] | undefined>;
}
