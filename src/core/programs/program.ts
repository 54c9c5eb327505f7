import type { DialectName } from '../../kernel/actor.ts';
import type { LegId } from '../../kernel/ids.ts';
import type { Instruction } from './instruction.ts';

/**
 * Where a program comes from: whom it is reported to, and who may append to it or break it.
 * `reference` is the source's own word for it.
 */
export interface ProgramSourceRef {
  readonly dialect: DialectName | 'routing';
  readonly reference: string;
}

/** JSON of a running instruction: what it needs to go on after a restart (targets, deadlines, digits). */
export type RunState = Readonly<Record<string, unknown>>;

/** A program on a leg, as it is stored at every boundary. */
export interface StoredProgram {
  readonly source: ProgramSourceRef;
  readonly instructions: readonly Instruction[];
  /** Index of the running instruction; equals the length when all are done. */
  readonly position: number;
  /** State of the running instruction; absent before it has started. */
  readonly run: RunState | undefined;
  /** How the instruction before the running one ended. */
  readonly result?: InstructionResult;
  /** When everything is done, whoever dialled the leg is told that it was accepted; else it is hung up. */
  readonly confirms?: true;
}

/** How an instruction ended. */
export interface InstructionResult {
  readonly outcome:
    | 'done'
    | 'failed'
    | 'broken'
    | 'replaced'
    | 'answered'
    | 'busy'
    | 'no_answer'
    | 'rejected'
    | 'unreachable'
    | 'timeout'
    | 'bridged'
    | 'left'
    | 'kicked'
    | 'ended'
    | 'dequeued'
    | 'hangup';
  readonly digits?: string;
  readonly reason?: string;
  /** The other leg that it was about: who was dialled, and answered if somebody did. */
  readonly legId?: LegId;
  /** Seconds that it took, where that is its point. */
  readonly seconds?: number;
  /** SIP status of what it was about. */
  readonly sipStatus?: number;
}

/** Other instructions for a program: what it is for stays. */
export const renewedProgram = (
  { source, confirms }: StoredProgram,
  instructions: readonly Instruction[],
): StoredProgram => ({ ...newProgram(source, instructions), ...(confirms && { confirms }) });

/** A program that has not started. */
export const newProgram = (
  source: ProgramSourceRef,
  instructions: readonly Instruction[],
): StoredProgram => ({ source, instructions, position: 0, run: undefined });
