import type { LegId } from '../../kernel/ids.ts';
import type { Json } from '../../kernel/json.ts';
import type { Instruction } from './instruction.ts';
import type { InstructionResult, ProgramSourceRef } from './program.ts';

/** What a program source is asked. */
export interface Question {
  readonly source: ProgramSourceRef;
  readonly legId: LegId;
  /** The source's own words, out of its `ask` instruction. */
  readonly question: Json;
  /** How the instruction before ended; `undefined` if there was none. */
  readonly result: InstructionResult | undefined;
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
