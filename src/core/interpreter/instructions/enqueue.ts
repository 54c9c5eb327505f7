import type { EngineBridgeId } from '../../../engine/port/index.ts';
import type { LegId } from '../../../kernel/ids.ts';
import { isUp, type Leg, secondsBetween } from '../../calls/index.ts';
import type { Awaited, EnqueueInstruction, InstructionResult } from '../../programs/index.ts';
import { entryOf, isFull, positionOf, usualPriority } from '../../queues/index.ts';
import type { AbortReason, Input } from '../input.ts';
import {
  type Hears,
  hearMeanwhile,
  resumeMeanwhile,
  startMeanwhile,
  stopMeanwhile,
  type Waiter,
} from '../meanwhile.ts';
import type { Handler, Stage } from '../stage.ts';
import {
  applyQueued,
  applyUnqueued,
  type LeftQueueBecause,
  offer,
  queueFor,
} from '../waiting-line.ts';

/**
 * The life of a leg in a queue.
 *
 *   answering ──▶ waiting ◀──(not, after all)── taken ──(joined)──▶ talking ──(parted)──▶ over
 *                    │ somebody takes it          ▲
 *                    └────────────────────────────┘
 * Whoever takes it leads: this instruction is told.
 */
type Queueing = Hears & {
  readonly phase: 'answering' | 'waiting' | 'taken' | 'talking';
  /** When it began to wait, as ISO 8601; and how long it had waited in the end. */
  readonly since?: string;
  readonly waitedSeconds?: number;
  /** Where it talks. */
  readonly bridge?: EngineBridgeId | undefined;
};

const stateOf = (stage: Stage) => (stage.leg().program?.run ?? {}) as Partial<Queueing>;

const enterPhase = (stage: Stage, phase: Queueing['phase'], more: Partial<Queueing> = {}) =>
  stage.keep({ ...stateOf(stage), ...more, phase });

/** Whole seconds that the leg has waited, or had when it was taken. */
const waited = (stage: Stage): number => {
  const { since, waitedSeconds } = stateOf(stage);
  return waitedSeconds ?? secondsBetween(since ? new Date(since) : undefined, stage.clock.now());
};

const waiterOf = (stage: Stage): Waiter => ({
  leave: () => out(stage, 'left', { outcome: 'left' }),
  awaited(): Awaited | undefined {
    const queue = stage.live.queues.withEntry(stage.legId);
    if (!queue) return undefined;
    return {
      kind: 'queue',
      queueId: queue.id,
      name: queue.name,
      position: positionOf(queue, stage.legId),
      length: queue.entries.length,
      waitedSeconds: waited(stage),
    };
  },
});

function come(stage: Stage, instruction: EnqueueInstruction): void {
  const leg = stage.leg();
  const queue = queueFor(stage, leg, instruction.name);
  if (isFull(queue)) return stage.finish({ outcome: 'failed', reason: 'full', seconds: 0 });
  const joinedAt = stage.clock.now();
  const priority = instruction.priority ?? usualPriority;
  applyQueued(stage, queue, leg, { legId: leg.id, priority, joinedAt, takenBy: undefined });
  enterPhase(stage, 'waiting', { since: joinedAt.toISOString() });
  startMeanwhile(stage, waiterOf(stage), instruction.meanwhile ?? { kind: 'music' });
  offer(stage, queue.id);
}

/** It is no longer in the queue, and goes on with its program. */
function out(stage: Stage, reason: LeftQueueBecause, result: InstructionResult): void {
  const seconds = waited(stage);
  const taker = takerOf(stage);
  stopMeanwhile(stage, waiterOf(stage));
  applyUnqueued(stage, stage.leg(), reason);
  stage.finish({ ...result, seconds });
  if (taker) stage.inform(taker.id, { type: 'queue', change: 'parted', legId: stage.legId });
}

/** Who is about to take it. */
const takerOf = (stage: Stage): Leg | undefined => {
  const queue = stage.live.queues.withEntry(stage.legId);
  const takenBy = queue && entryOf(queue, stage.legId)?.takenBy;
  return takenBy && stage.live.leg(takenBy);
};

function told(
  stage: Stage,
  instruction: EnqueueInstruction,
  { change, legId }: Extract<Input, { type: 'queue' }>,
): void {
  const { phase } = stateOf(stage);
  switch (change) {
    case 'taken':
      stopMeanwhile(stage, waiterOf(stage));
      return enterPhase(stage, 'taken');
    case 'freed':
      if (phase !== 'taken') return;
      enterPhase(stage, 'waiting');
      return startMeanwhile(stage, waiterOf(stage), instruction.meanwhile ?? { kind: 'music' });
    case 'bridged':
      enterPhase(stage, 'talking', {
        waitedSeconds: waited(stage),
        bridge: stage.leg().bridge,
      });
      return applyUnqueued(stage, stage.leg(), 'bridged', legId);
    case 'parted':
      return phase === 'talking' ? parted(stage, legId) : undefined;
    case 'removed':
      return phase === 'talking' ? undefined : out(stage, 'left', { outcome: 'left' });
    case 'moved':
    case 'offered':
      return;
  }
}

/** They have talked. Its own program goes on outside the bridge, whose end may take a moment. */
function parted(stage: Stage, legId: LegId | undefined): void {
  const { bridge } = stateOf(stage);
  const { engineId } = stage.leg();
  if (bridge) stage.send('leave', () => stage.engine.leave(bridge, engineId));
  stage.finish({ outcome: 'bridged', seconds: waited(stage), ...(legId && { legId }) });
}

const resultOf = (stage: Stage, reason: AbortReason): InstructionResult => {
  const seconds = waited(stage);
  if (stateOf(stage).phase === 'talking') return { outcome: 'bridged', seconds };
  return { outcome: reason === 'hangup' ? 'hangup' : 'dequeued', seconds };
};

/** Waits in a queue until somebody takes the leg, and talks with that one. */
export const enqueue: Handler<EnqueueInstruction, Queueing> = {
  start(stage, instruction) {
    const leg = stage.leg();
    if (isUp(leg)) return come(stage, instruction);
    enterPhase(stage, 'answering');
    stage.ask('answer', () => stage.engine.answer(leg.engineId));
  },
  on(stage, instruction, _state, input) {
    if (stateOf(stage).phase === 'answering') {
      if (input.type === 'self_answered') come(stage, instruction);
      if (input.type === 'work_failed') stage.finish({ outcome: 'failed', reason: 'engine' });
      return;
    }
    if (hearMeanwhile(stage, waiterOf(stage), input)) return;
    if (input.type === 'queue') told(stage, instruction, input);
  },
  /** Goes on after the server was away; who takes it goes on by itself. */
  resume(stage, instruction) {
    const { phase } = stateOf(stage);
    if (phase === undefined || phase === 'answering') return enqueue.start(stage, instruction);
    if (phase === 'waiting') resumeMeanwhile(stage, waiterOf(stage));
  },
  cutShort: (stage, _instruction, _state, reason) => resultOf(stage, reason),
  abort(stage, _instruction, _state, reason) {
    const taker = takerOf(stage);
    const partners = stateOf(stage).phase === 'talking' ? stage.live.partnersOf(stage.leg()) : [];
    stopMeanwhile(stage, waiterOf(stage), reason);
    applyUnqueued(stage, stage.leg(), reason === 'hangup' ? 'hangup' : 'dequeued');
    for (const other of taker ? [taker] : partners)
      stage.inform(other.id, { type: 'queue', change: 'parted', legId: stage.legId });
  },
};
