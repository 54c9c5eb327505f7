import type {
  Awaited,
  Instruction,
  InstructionName,
  InstructionResult,
  RunState,
} from '../programs/index.ts';
import type { AbortReason, Input } from './input.ts';
import type { Handler, Stage } from './stage.ts';

/** A list of instructions that runs inside another instruction, as it is stored with that one. */
export interface InnerProgram {
  readonly instructions: readonly Instruction[];
  readonly position: number;
  /** State of the running instruction; absent before it has started. */
  readonly run?: RunState;
  /** Grows with every instruction; answers to an older one are not heard. */
  readonly turn: number;
}

/** The instruction that an inner program runs in. */
export interface InnerHost {
  /** What is stored now. */
  read(): InnerProgram | undefined;
  write(inner: InnerProgram): void;
  /** Everything is done. */
  over(): void;
  /** The inner program ends the waiting. */
  leave(): void;
  awaited(): Awaited | undefined;
}

/** Instructions that bring the leg together with others: there is no place for them inside another one. */
const outermost = new Set<InstructionName>([
  'dial',
  'bridge',
  'transfer',
  'conference',
  'enqueue',
  'dequeue',
  'hold',
  'unhold',
]);

const nameOf = (turn: number, name: string): string => `inner.${turn}.${name}`;

/** The name in an input that answers to something by name. */
export const nameIn = (input: Input): string | undefined =>
  input.type === 'deadline'
    ? input.name
    : input.type === 'work_done' || input.type === 'work_failed'
      ? input.work
      : undefined;

/** Whether an input answers to something that an inner instruction asked for, now or before. */
export const isForInner = (input: Input): boolean => nameIn(input)?.startsWith('inner.') ?? false;

/** The input under the name that the inner instruction gave; `undefined` if it was not the one of this turn. */
function asAsked(input: Input, turn: number): Input | undefined {
  const prefix = nameOf(turn, '');
  const own = (name: string) => name.slice(prefix.length);
  if (!nameIn(input)?.startsWith(prefix)) return undefined;
  if (input.type === 'deadline') return { ...input, name: own(input.name) };
  if (input.type === 'work_done' || input.type === 'work_failed')
    return { ...input, work: own(input.work) };
  return undefined;
}

const current = (host: InnerHost) => {
  const inner = host.read();
  const instruction = inner?.instructions[inner.position];
  return inner && instruction ? { inner, instruction } : undefined;
};

/** What an inner instruction sees: the stage of its host, but what it keeps and ends is its own. */
function innerStage(stage: Stage, host: InnerHost, turn: number): Stage {
  const isCurrent = () => stage.isCurrent() && host.read()?.turn === turn;
  const goOn = (instructions: readonly Instruction[], position: number) => {
    if (isCurrent()) startAt(stage, host, instructions, position);
  };
  const now = () => host.read() ?? { instructions: [], position: 0, turn };
  return {
    ...stage,
    isCurrent,
    ask: (work, run, mailbox) => stage.ask(nameOf(turn, work), run, mailbox),
    wakeAt: (name, at) => stage.wakeAt(nameOf(turn, name), at),
    keep(run) {
      if (isCurrent()) host.write({ ...now(), run });
    },
    finish: () => goOn(now().instructions, now().position + 1),
    restartWith: (instructions) => goOn(instructions, 0),
    replaceWith: (instructions) =>
      goOn([...instructions, ...now().instructions.slice(now().position + 1)], 0),
    awaited: () => host.awaited(),
    leaveWaiting() {
      if (isCurrent()) host.leave();
    },
  };
}

function startAt(
  stage: Stage,
  host: InnerHost,
  instructions: readonly Instruction[],
  position: number,
): void {
  const turn = (host.read()?.turn ?? 0) + 1;
  const instruction = instructions[position];
  host.write({ instructions, position, turn, ...(instruction && { run: {} }) });
  if (!instruction) return host.over();
  const inner = innerStage(stage, host, turn);
  if (outermost.has(instruction.do)) {
    const refusal: InstructionResult = { outcome: 'failed', reason: 'not while waiting' };
    stage.logger.warn({ legId: stage.legId, step: instruction.do }, 'it cannot be run meanwhile');
    return inner.finish(refusal);
  }
  (stage.handlerOf(instruction) as Handler<Instruction>).start(inner, instruction);
}

/** Begins a list of instructions, in place of the one that runs. */
export const startInner = (
  stage: Stage,
  host: InnerHost,
  instructions: readonly Instruction[],
): void => startAt(stage, host, instructions, 0);

/** Hands an input to the inner instruction. @returns whether it was for that one alone */
export function hearInner(stage: Stage, host: InnerHost, input: Input): boolean {
  const isOurs = isForInner(input);
  if (nameIn(input) !== undefined && !isOurs) return false;
  const now = current(host);
  if (!now?.inner.run) return isOurs;
  const heard = isOurs ? asAsked(input, now.inner.turn) : input;
  if (heard) {
    const handler = stage.handlerOf(now.instruction) as Handler<Instruction>;
    handler.on?.(innerStage(stage, host, now.inner.turn), now.instruction, now.inner.run, heard);
  }
  return isOurs;
}

/** Stops what the inner instruction began. */
export function abortInner(stage: Stage, host: InnerHost, reason: AbortReason): void {
  const now = current(host);
  if (!now?.inner.run) return;
  (stage.handlerOf(now.instruction) as Handler<Instruction>).abort?.(
    innerStage(stage, host, now.inner.turn),
    now.instruction,
    now.inner.run,
    reason,
  );
}

/** Goes on after the server was away. */
export function resumeInner(stage: Stage, host: InnerHost): void {
  const now = current(host);
  if (!now) return host.over();
  const { inner, instruction } = now;
  const handler = stage.handlerOf(instruction) as Handler<Instruction>;
  if (inner.run && handler.resume) {
    return handler.resume(innerStage(stage, host, inner.turn), instruction, inner.run);
  }
  startAt(stage, host, inner.instructions, inner.position);
}
