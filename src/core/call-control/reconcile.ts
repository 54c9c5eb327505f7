import type { EngineBridgeId, EngineRecordingId, EngineSnapshot } from '../../engine/port/index.ts';
import { hasEnded, type Leg } from '../calls/index.ts';
import type { Recording } from '../recordings/index.ts';
import { applyEngineFact } from './apply-engine-fact.ts';
import { applyLegEnded } from './end-leg.ts';
import type { Exchange } from './ports.ts';

/** Milliseconds for which a leg may be younger than a snapshot that does not show it yet. */
const graceMs = 5_000;

/** Legs that are gone, or were never made, end with the cause that is known: that the engine lost them. */
function endMissing(
  exchange: Exchange,
  before: readonly Leg[],
  snapshot: EngineSnapshot,
  takenAt: Date,
  after: 'restart' | 'audit',
): void {
  const known = new Set(snapshot.legs.map((leg) => leg.id));
  const missing = before
    .filter((leg) => !known.has(leg.engineId))
    .filter((leg) => after === 'restart' || takenAt.getTime() - leg.startedAt.getTime() > graceMs);
  for (const leg of missing) {
    applyLegEnded(exchange, leg.id, { at: takenAt, cause: 'engine_lost', sipStatus: undefined });
  }
}

/** Legs that were answered while nobody listened. */
function catchUpAnswers(exchange: Exchange, snapshot: EngineSnapshot, takenAt: Date): void {
  for (const { id, state } of snapshot.legs) {
    const leg = exchange.live.legByEngineId(id);
    if (leg && state === 'up' && leg.state !== 'answered') {
      applyEngineFact(exchange, { type: 'leg.answered', leg: id, at: takenAt });
    }
  }
}

/** Legs of the engine that nobody knows, although they are there for a while. */
const strangersIn = ({ live, clock }: Exchange, snapshot: EngineSnapshot) =>
  snapshot.legs.filter(
    ({ id, createdAt }) =>
      clock.now().getTime() - createdAt.getTime() > graceMs && !live.legByEngineId(id),
  );

/**
 * Strangers are let go, if the engine still has them when it is asked again: a call that waited for a server
 * is old when it arrives, and the snapshot may overtake the fact that it did.
 */
async function hangUpStrangers(
  exchange: Exchange,
  snapshot: EngineSnapshot,
  applyWaiting: () => void,
): Promise<void> {
  if (strangersIn(exchange, snapshot).length === 0) return;
  const again = await exchange.engine.snapshot();
  applyWaiting();
  for (const { id } of strangersIn(exchange, again)) {
    await exchange.engine
      .hangUp(id, 'congestion')
      .catch((error: unknown) => exchange.logger.warn({ leg: id, err: error }, 'a stranger stays'));
  }
}

/** Bridges that an earlier server left with nobody in them are given back, unless somebody comes back to them. */
async function giveBackEmptyBridges(exchange: Exchange, snapshot: EngineSnapshot): Promise<void> {
  const { live, engine, logger } = exchange;
  const wanted = new Set<EngineBridgeId | undefined>([
    ...live
      .legs()
      .flatMap((leg) => [leg.bridge, leg.consultation?.bridge, leg.consultation?.formerBridge]),
    ...live.conferences.all().map(({ bridge }) => bridge),
  ]);
  const left = snapshot.bridges.filter(({ id, legs }) => legs.length === 0 && !wanted.has(id));
  for (const { id } of left) {
    await engine
      .destroyBridge(id)
      .catch((error: unknown) => logger.warn({ bridge: id, err: error }, 'an empty bridge stays'));
  }
}

/** Asks what became of a recording, and writes down its end. */
async function finishIfOver(exchange: Exchange, recording: EngineRecordingId): Promise<void> {
  const { engine, clock } = exchange;
  const work = await engine.recordingState(recording);
  if (work.state === 'running') return;
  // What it listened with may be there still.
  await engine.stopRecording(recording);
  applyEngineFact(exchange, {
    type: 'recording.finished',
    recording,
    at: clock.now(),
    ok: work.state === 'finished' && work.path !== undefined,
    path: work.state === 'finished' ? (work.path ?? '') : '',
    durationSeconds: work.state === 'finished' ? (work.durationSeconds ?? 0) : 0,
  });
}

/**
 * Recordings that ended while nobody listened. Each is asked for in the mailbox of its leg: a program that was
 * interrupted while it started one asks for it once more before.
 */
export function finishRecordings(exchange: Exchange, recordings: readonly Recording[]): void {
  const { live, interpreter, logger } = exchange;
  for (const { id, legId } of recordings) {
    const finish = () => finishIfOver(exchange, id as string as EngineRecordingId);
    const leg = live.leg(legId);
    const asked = leg && !hasEnded(leg) ? interpreter.mailboxes.of(legId).post(finish) : finish();
    asked.catch((error: unknown) =>
      logger.warn({ recordingId: id, err: error }, 'nobody knows what became of a recording'),
    );
  }
}

/**
 * Goes on with the programs of legs that were taken over from an earlier server and are still there. What
 * happened meanwhile is told to them afterwards.
 */
function resumePrograms(exchange: Exchange, snapshot: EngineSnapshot): void {
  for (const { id } of snapshot.legs) {
    const leg = exchange.live.legByEngineId(id);
    if (leg && !hasEnded(leg)) exchange.interpreter.streams.takeOver(leg.id);
    if (!leg?.program || hasEnded(leg)) continue;
    const waitsForAnswer =
      leg.direction === 'outbound' && leg.role === 'caller' && leg.state !== 'answered';
    if (!waitsForAnswer) exchange.interpreter.resume(leg.id);
  }
}

export interface Comparison {
  readonly after: 'restart' | 'audit';
  /** The legs are an earlier server's, and their programs wait to be resumed. */
  readonly takesOver: boolean;
  /** Applies the facts that came while the engine was asked: they know more than its answer. */
  readonly applyWaiting: () => void;
}

/**
 * Compares what is known with what the engine has, after every connection and from time to time.
 * Facts that come meanwhile must wait; applying one twice does no harm.
 */
export async function reconcile(
  exchange: Exchange,
  { after, takesOver, applyWaiting }: Comparison,
): Promise<void> {
  const before = exchange.live.legs();
  const snapshot = await exchange.engine.snapshot();
  const takenAt = exchange.clock.now();
  if (takesOver) resumePrograms(exchange, snapshot);
  applyWaiting();
  endMissing(exchange, before, snapshot, takenAt, after);
  catchUpAnswers(exchange, snapshot, takenAt);
  await hangUpStrangers(exchange, snapshot, applyWaiting);
  if (takesOver) await giveBackEmptyBridges(exchange, snapshot);
}
