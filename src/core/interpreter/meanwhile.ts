import type { Awaited, Meanwhile, RunState } from '../programs/index.ts';
import {
  abortInner,
  hearInner,
  type InnerHost,
  type InnerProgram,
  isForInner,
  resumeInner,
  startInner,
} from './inner-program.ts';
import type { AbortReason, Input } from './input.ts';
import type { Stage } from './stage.ts';

/** What a leg hears that waits, as it is stored with the instruction in which it waits. */
export interface Hearing {
  readonly meanwhile: Meanwhile;
  readonly inner?: InnerProgram;
  /** When the present round of a program began, as ISO 8601. */
  readonly round?: string;
}

/** State of an instruction in which a leg waits. */
export type Hears = RunState & {
  readonly hears?: Hearing;
  /** The last turn of a program that ran meanwhile: what answers to it is not for a later one. */
  readonly lastTurn?: number;
};

/** What the instruction says of its waiting. */
export interface Waiter {
  /** The program that runs meanwhile wants no longer to wait. */
  leave(): void;
  awaited(): Awaited | undefined;
  /** A program that does not repeat is over; without this music follows. */
  over?(): void;
}

/** Milliseconds between the beginnings of two rounds of a program, at least. */
const leastRoundMs = 1_000;

/** How the deadline of the next round is named. */
const nextRound = 'next round';

const stateOf = (stage: Stage): Hears => (stage.leg().program?.run ?? {}) as Hears;

const keepHearing = (stage: Stage, hears: Hearing | undefined): void => {
  const { hears: before, ...rest } = stateOf(stage);
  const lastTurn = before?.inner?.turn ?? rest.lastTurn ?? 0;
  stage.keep(hears ? { ...rest, lastTurn, hears } : { ...rest, lastTurn });
};

function hostOf(stage: Stage, waiter: Waiter): InnerHost {
  return {
    read: () => stateOf(stage).hears?.inner,
    write(inner) {
      const { hears } = stateOf(stage);
      if (hears) keepHearing(stage, { ...hears, inner });
    },
    over: () => roundOver(stage, waiter),
    leave: () => waiter.leave(),
    awaited: () => waiter.awaited(),
  };
}

function beginRound(stage: Stage, waiter: Waiter): void {
  const { hears } = stateOf(stage);
  if (hears?.meanwhile.kind !== 'program') return;
  keepHearing(stage, { ...hears, round: stage.clock.now().toISOString() });
  startInner(stage, hostOf(stage, waiter), hears.meanwhile.instructions);
}

/** A round is over: the next one begins, but not sooner than a second after the last. */
function roundOver(stage: Stage, waiter: Waiter): void {
  const { hears } = stateOf(stage);
  if (hears?.meanwhile.kind !== 'program') return;
  if (hears.meanwhile.repeat) {
    const began = Date.parse(hears.round ?? '') || 0;
    return stage.wakeAt(nextRound, new Date(began + leastRoundMs));
  }
  if (waiter.over) return waiter.over();
  startMeanwhile(stage, waiter, { kind: 'music' });
}

/** From now on the leg hears this. What it heard before must have been stopped. */
export function startMeanwhile(stage: Stage, waiter: Waiter, meanwhile: Meanwhile): void {
  const { engineId } = stage.leg();
  const { hears, lastTurn } = stateOf(stage);
  const turn = hears?.inner?.turn ?? lastTurn ?? 0;
  keepHearing(stage, { meanwhile, inner: { instructions: [], position: 0, turn } });
  if (meanwhile.kind === 'music') stage.send('music', () => stage.engine.startMusic(engineId));
  if (meanwhile.kind === 'silence')
    stage.send('silence', () => stage.engine.startSilence(engineId));
  if (meanwhile.kind === 'program') beginRound(stage, waiter);
}

/** The leg hears nothing of it any more. On `hangup` it is gone already. */
export function stopMeanwhile(stage: Stage, waiter: Waiter, reason: AbortReason = 'break'): void {
  const { hears } = stateOf(stage);
  if (!hears) return;
  const { engineId } = stage.leg();
  const { kind } = hears.meanwhile;
  if (kind === 'program') abortInner(stage, hostOf(stage, waiter), reason);
  if (kind === 'music' && reason !== 'hangup')
    stage.send('no music', () => stage.engine.stopMusic(engineId));
  if (kind === 'silence' && reason !== 'hangup')
    stage.send('no silence', () => stage.engine.stopSilence(engineId));
  keepHearing(stage, undefined);
}

/** Hands on what the program that runs meanwhile may hear. @returns whether it was for nobody else */
export function hearMeanwhile(stage: Stage, waiter: Waiter, input: Input): boolean {
  const { hears } = stateOf(stage);
  if (input.type === 'deadline' && input.name === nextRound) {
    beginRound(stage, waiter);
    return true;
  }
  if (input.type === 'conference' || input.type === 'queue') return false;
  if (hears?.meanwhile.kind !== 'program') return isForInner(input);
  return hearInner(stage, hostOf(stage, waiter), input);
}

/** Goes on after the server was away. */
export function resumeMeanwhile(stage: Stage, waiter: Waiter): void {
  const { hears } = stateOf(stage);
  if (!hears) return;
  if (hears.meanwhile.kind !== 'program') return startMeanwhile(stage, waiter, hears.meanwhile);
  resumeInner(stage, hostOf(stage, waiter));
}
