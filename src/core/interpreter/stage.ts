import type { LegId } from '../../kernel/ids.ts';
import type { Leg } from '../calls/index.ts';
import type {
  Awaited,
  DetectWish,
  Instruction,
  InstructionResult,
  Notice,
  RunState,
} from '../programs/index.ts';
import type { AbortReason, Input } from './input.ts';
import type { InterpreterPorts } from './ports.ts';
import type { Streams } from './streams.ts';

/**
 * What an instruction may do while it runs on a leg. Everything is immediate: state changes now, commands
 * are queued in the leg's mailbox, and what becomes of them comes back as input.
 */
export interface Stage extends InterpreterPorts {
  readonly legId: LegId;
  readonly streams: Streams;
  leg(): Leg;
  /** Whether the instruction still runs. Work that was asked for may end when it does not. */
  isCurrent(): boolean;
  /**
   * Asks the engine or another port; the outcome is an input named `work`.
   * @param mailbox - what the command is for, whose commands keep their order; this leg if absent
   */
  ask(work: string, run: () => Promise<unknown>, mailbox?: string): void;
  /** Asks, and only logs a failure: nothing depends on it. */
  send(what: string, run: () => Promise<unknown>, mailbox?: string): void;
  /** Lets what runs on another leg hear of something, now. */
  inform(legId: LegId, input: Input): void;
  /**
   * Runs instructions on a leg that this one made. If it is there when they are done, an input `leg` says that it
   * was `accepted`.
   */
  confirm(legId: LegId, instructions: readonly Instruction[]): void;
  /** Finds out how a leg answered, and asks the program source of this one. */
  detect(legId: LegId, wish: DetectWish): void;
  /** Tells the program source something. @param legId - the leg that it is about */
  notify(legId: LegId, notice: Omit<Notice, 'source' | 'legId'>): void;
  /** An input `deadline` at an instant. Instants that have passed come at once. */
  wakeAt(name: string, at: Date): void;
  /** Remembers what the instruction needs to go on after a restart. */
  keep(state: RunState): void;
  /** Ends the instruction; the next one begins. */
  finish(result: InstructionResult): void;
  /** Ends the instruction and puts others in place of everything that follows. */
  restartWith(instructions: readonly Instruction[]): void;
  /** Ends the instruction and puts others in its place. */
  replaceWith(instructions: readonly Instruction[]): void;
  /** Name of the n-th playback of this leg. */
  newPlaybackId(): string;
  /** How an instruction runs: for those that run others inside. */
  handlerOf(instruction: Instruction): Handler<never>;
  /** For what runs while the leg waits: what it waits for, and how to wait no longer. */
  readonly awaited?: () => Awaited | undefined;
  readonly leaveWaiting?: () => void;
}

/** How one kind of instruction runs. State is JSON. */
export interface Handler<I extends Instruction, S extends RunState = RunState> {
  start(stage: Stage, instruction: I): void;
  on?(stage: Stage, instruction: I, state: S, input: Input): void;
  /** After the server was away; the default starts again. */
  resume?(stage: Stage, instruction: I, state: S): void;
  /** What it has come to when it is cut short. Asked before `abort`. */
  cutShort?(stage: Stage, instruction: I, state: S, reason: AbortReason): InstructionResult;
  /** Stops what runs in the engine. On `hangup` the leg is gone already. */
  abort?(stage: Stage, instruction: I, state: S, reason: AbortReason): void;
}
