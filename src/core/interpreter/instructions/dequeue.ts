import type { EngineBridgeId, PlaybackId } from '../../../engine/port/index.ts';
import type { LegId } from '../../../kernel/ids.ts';
import { isUp, type Leg } from '../../calls/index.ts';
import type { DequeueInstruction, InstructionResult } from '../../programs/index.ts';
import {
  entryOf,
  nextEntry,
  type QueueEntry,
  withoutTaker,
  withTaken,
  withTaker,
} from '../../queues/index.ts';
import type { AbortReason, Input } from '../input.ts';
import { makeBridge } from '../make-bridge.ts';
import {
  type Hears,
  hearMeanwhile,
  resumeMeanwhile,
  startMeanwhile,
  stopMeanwhile,
  type Waiter,
} from '../meanwhile.ts';
import type { Handler, Stage } from '../stage.ts';
import { offer, putQueue, queueFor } from '../waiting-line.ts';
import { applyJoined, letGo } from './bridge.ts';

/**
 * The life of a leg that takes from a queue.
 *
 *   answering ──▶ waiting ──(somebody is there)──▶ beeping ──▶ joining ──▶ talking ──(one ends)──▶ over
 *                    ▲ │ timeout: over                │           │
 *                    └─┴──────(that one hung up)──────┴───────────┘
 */
type Taking = Hears & {
  readonly phase: 'answering' | 'waiting' | 'beeping' | 'joining' | 'talking';
  /** Instant until which it waits, as ISO 8601. */
  readonly deadline?: string;
  /** Whom it takes or talks with. */
  readonly entry?: LegId;
  readonly beep?: string;
  readonly bridge?: EngineBridgeId;
};

const stateOf = (stage: Stage) => (stage.leg().program?.run ?? {}) as Partial<Taking>;

const enterPhase = (stage: Stage, phase: Taking['phase'], more: Partial<Taking> = {}) =>
  stage.keep({ ...stateOf(stage), ...more, phase });

const waiterOf = (stage: Stage): Waiter => ({
  leave: () => out(stage, { outcome: 'left' }),
  awaited: () => undefined,
});

/** The entry that it may take now. */
function available(stage: Stage, { name, legId }: DequeueInstruction): QueueEntry | undefined {
  const queue = stage.live.queues.named(stage.leg().accountId, name);
  if (!queue) return undefined;
  if (legId === undefined) return nextEntry(queue);
  const entry = entryOf(queue, legId);
  return entry?.takenBy === undefined ? entry : undefined;
}

function come(stage: Stage, instruction: DequeueInstruction): void {
  const { timeoutSeconds = 0, legId } = instruction;
  const deadline =
    timeoutSeconds > 0 ? new Date(stage.clock.now().getTime() + timeoutSeconds * 1000) : undefined;
  enterPhase(stage, 'waiting', deadline ? { deadline: deadline.toISOString() } : {});
  const entry = available(stage, instruction);
  if (entry) return take(stage, instruction, entry);
  if (legId !== undefined) return stage.finish({ outcome: 'failed', reason: 'gone' });
  waitForOne(stage, instruction);
}

const armDeadline = (stage: Stage): void => {
  const { deadline } = stateOf(stage);
  if (deadline) stage.wakeAt(deadline, new Date(deadline));
};

function waitForOne(stage: Stage, instruction: DequeueInstruction): void {
  const leg = stage.leg();
  const queue = queueFor(stage, leg, instruction.name);
  putQueue(stage, withTaker(queue, { legId: leg.id, since: stage.clock.now() }));
  enterPhase(stage, 'waiting');
  armDeadline(stage);
  startMeanwhile(stage, waiterOf(stage), instruction.meanwhile ?? { kind: 'silence' });
}

/** It waits for nobody any more. */
function standDown(stage: Stage): void {
  const queue = stage.live.queues
    .of(stage.leg().accountId)
    .find(({ takers }) => takers.some(({ legId }) => legId === stage.legId));
  if (queue) putQueue(stage, withoutTaker(queue, stage.legId));
}

/** From now on nobody else can take that one; it keeps its place until the two are joined. */
function take(stage: Stage, instruction: DequeueInstruction, { legId }: QueueEntry): void {
  const queue = stage.live.queues.withEntry(legId);
  if (!queue) return;
  putQueue(stage, withoutTaker(withTaken(queue, legId, stage.legId), stage.legId));
  stopMeanwhile(stage, waiterOf(stage));
  stage.inform(legId, { type: 'queue', change: 'taken', legId: stage.legId });
  const more = { entry: legId };
  if (!instruction.beep) {
    enterPhase(stage, 'joining', more);
    return join(stage);
  }
  const beep = stage.newPlaybackId();
  enterPhase(stage, 'beeping', { ...more, beep });
  playBeep(stage, beep);
}

function playBeep(stage: Stage, beep: string): void {
  const { engineId } = stage.leg();
  stage.ask('beep', () =>
    stage.engine.play(beep as PlaybackId, { leg: engineId }, [{ kind: 'beep' }]),
  );
}

/** The one that is taken or talked with. */
const partnerOf = (stage: Stage): Leg | undefined => {
  const { entry } = stateOf(stage);
  return entry && stage.live.leg(entry);
};

/** How the works are named that join the leg with another one; the other's id follows. */
const ready = 'ready ';
const joining = 'join ';

/** First behind the commands that wait for the leg itself, such as the end of a tone. */
function join(stage: Stage): void {
  const { entry } = stateOf(stage);
  if (entry) stage.ask(`${ready}${entry}`, async () => undefined);
}

/** Then behind those that wait for the other one, such as the end of its music. */
function joinWith(stage: Stage, other: Leg): void {
  const own = stage.leg();
  stage.ask(
    `${joining}${other.id}`,
    () =>
      makeBridge(stage.engine, {
        dtmf: false,
        lane: own.engineId,
        letIn: (id) => stage.engine.join(id, [own.engineId, other.engineId]),
        isWanted: () => stage.isCurrent() && stateOf(stage).entry === other.id,
      }),
    other.id,
  );
}

/** The two hear each other: their calls become one. */
function joined(stage: Stage, other: Leg, bridge: EngineBridgeId): void {
  enterPhase(stage, 'talking', { bridge });
  stage.mergeCalls(other.id, stage.legId);
  applyJoined(stage, [stage.legId, other.id], bridge);
  stage.inform(other.id, { type: 'queue', change: 'bridged', legId: stage.legId });
}

/** The one that was to be taken is free again, at its place. */
function free(stage: Stage): void {
  const { entry } = stateOf(stage);
  const queue = entry && stage.live.queues.withEntry(entry);
  if (!queue || entryOf(queue, entry)?.takenBy !== stage.legId) return;
  putQueue(stage, withTaken(queue, entry, undefined));
  stage.inform(entry, { type: 'queue', change: 'freed' });
  offer(stage, queue.id);
}

/** The other one is gone: before they talked the next one is taken, afterwards it is over. */
function parted(stage: Stage, instruction: DequeueInstruction, legId: LegId | undefined): void {
  const { phase, entry, bridge, beep } = stateOf(stage);
  if (legId !== entry) return;
  if (phase === 'talking') {
    letGo(stage, bridge);
    return stage.finish({ outcome: 'bridged', ...(legId && { legId }) });
  }
  if (phase === 'beeping' && beep)
    stage.send('no beep', () => stage.engine.stopPlayback(beep as PlaybackId));
  if (phase !== 'beeping' && phase !== 'joining') return;
  const { entry: _gone, beep: _beep, ...rest } = stateOf(stage);
  stage.keep({ ...rest, phase: 'waiting' });
  if (instruction.legId !== undefined) return stage.finish({ outcome: 'failed', reason: 'gone' });
  const next = available(stage, instruction);
  if (next) return take(stage, instruction, next);
  waitForOne(stage, instruction);
}

function out(stage: Stage, result: InstructionResult): void {
  stopMeanwhile(stage, waiterOf(stage));
  standDown(stage);
  stage.finish(result);
}

function told(
  stage: Stage,
  instruction: DequeueInstruction,
  { change, legId }: Extract<Input, { type: 'queue' }>,
): void {
  const { phase } = stateOf(stage);
  if (change === 'parted') return parted(stage, instruction, legId);
  if (phase !== 'waiting') return;
  if (change === 'removed') return out(stage, { outcome: 'left' });
  const entry = change === 'offered' ? available(stage, instruction) : undefined;
  if (entry) take(stage, instruction, entry);
}

function failed(stage: Stage, work: string): void {
  const { phase, entry } = stateOf(stage);
  if (work === 'beep' && phase === 'beeping') {
    enterPhase(stage, 'joining');
    return join(stage);
  }
  if (phase !== 'joining' || work !== `${joining}${entry}`) return;
  free(stage);
  stage.finish({ outcome: 'failed', reason: 'engine' });
}

/** A step towards the other one is done. A bridge with one who is gone meanwhile is given back. */
function done(stage: Stage, work: string, value: unknown): void {
  const { phase, entry } = stateOf(stage);
  const other = phase === 'joining' ? partnerOf(stage) : undefined;
  if (other && work === `${ready}${entry}`) return joinWith(stage, other);
  if (!work.startsWith(joining)) return;
  const bridge = value as EngineBridgeId;
  if (other && work === `${joining}${entry}`) return joined(stage, other, bridge);
  stage.send('destroy bridge', () => stage.engine.destroyBridge(bridge));
}

function hear(stage: Stage, instruction: DequeueInstruction, input: Input): void {
  const { phase, deadline, beep } = stateOf(stage);
  if (phase === 'answering') {
    if (input.type === 'self_answered') come(stage, instruction);
    if (input.type === 'work_failed') stage.finish({ outcome: 'failed', reason: 'engine' });
    return;
  }
  if (hearMeanwhile(stage, waiterOf(stage), input)) return;
  if (input.type === 'queue') return told(stage, instruction, input);
  if (input.type === 'work_failed') return failed(stage, input.work);
  if (input.type === 'work_done') return done(stage, input.work, input.value);
  if (input.type === 'playback_finished' && input.playback === beep && phase === 'beeping') {
    enterPhase(stage, 'joining');
    return join(stage);
  }
  if (input.type === 'deadline' && input.name === deadline && phase === 'waiting')
    out(stage, { outcome: 'timeout' });
}

/** Goes on after the server was away. */
function goOn(stage: Stage, instruction: DequeueInstruction): void {
  const { phase, beep } = stateOf(stage);
  switch (phase) {
    case undefined:
    case 'answering':
      return dequeue.start(stage, instruction);
    case 'waiting':
      armDeadline(stage);
      return resumeMeanwhile(stage, waiterOf(stage));
    case 'beeping':
      if (beep) stage.send('no beep', () => stage.engine.stopPlayback(beep as PlaybackId));
      enterPhase(stage, 'joining');
      return join(stage);
    case 'joining':
      return join(stage);
    case 'talking':
      return;
  }
}

function cut(stage: Stage, reason: AbortReason): void {
  const { phase, entry, bridge, beep } = stateOf(stage);
  stopMeanwhile(stage, waiterOf(stage), reason);
  standDown(stage);
  if (phase === 'beeping' && beep && reason !== 'hangup')
    stage.send('no beep', () => stage.engine.stopPlayback(beep as PlaybackId));
  if (phase === 'beeping' || phase === 'joining') free(stage);
  if (phase !== 'talking' || !entry) return;
  letGo(stage, bridge);
  stage.inform(entry, { type: 'queue', change: 'parted', legId: stage.legId });
}

/** Takes the first leg of a queue and talks with it until one of the two ends. */
export const dequeue: Handler<DequeueInstruction, Taking> = {
  start(stage, instruction) {
    const leg = stage.leg();
    if (isUp(leg)) return come(stage, instruction);
    enterPhase(stage, 'answering');
    stage.ask('answer', () => stage.engine.answer(leg.engineId));
  },
  on: (stage, instruction, _state, input) => hear(stage, instruction, input),
  resume: (stage, instruction) => goOn(stage, instruction),
  cutShort(stage, _instruction, _state, reason) {
    const { phase, entry } = stateOf(stage);
    if (phase === 'talking') return { outcome: 'bridged', ...(entry && { legId: entry }) };
    return { outcome: reason === 'hangup' ? 'hangup' : 'left' };
  },
  abort: (stage, _instruction, _state, reason) => cut(stage, reason),
};
