import type { HangupCause } from '../../engine/port/index.ts';
import type { LegId } from '../../kernel/ids.ts';
import {
  type Call,
  type Cdr,
  hasEnded,
  type Leg,
  secondsBetween,
  summariseCall,
  userOf,
} from '../calls/index.ts';
import { about } from '../interpreter/index.ts';
import { consultationOver } from './consultation.ts';
import { goAnotherWay } from './go-another-way.ts';
import type { Exchange } from './ports.ts';

/** How a leg ended, as the engine reported it. */
export interface LegEnd {
  readonly at: Date;
  readonly cause: HangupCause;
  readonly sipStatus: number | undefined;
}

const toCdr = (leg: Leg, end: LegEnd, endedBy: Cdr['endedBy']): Cdr => ({
  legId: leg.id,
  sid: leg.sid,
  callId: leg.callId,
  accountId: leg.accountId,
  parentLegId: leg.parentLegId,
  rootLegId: leg.rootLegId,
  direction: leg.direction,
  role: leg.role,
  userId: userOf(leg),
  endpointId: leg.party.kind === 'endpoint' ? leg.party.endpointId : undefined,
  trunkId: leg.party.kind === 'trunk' ? leg.party.trunkId : undefined,
  number: leg.number,
  name: leg.name,
  dialled: leg.dialled,
  startedAt: leg.startedAt,
  ringingAt: leg.ringingAt,
  answeredAt: leg.answeredAt,
  endedAt: end.at,
  durationSeconds: secondsBetween(leg.answeredAt, end.at),
  cause: end.cause,
  sipStatus: end.sipStatus,
  endedBy,
  source: leg.source,
  tag: leg.tag,
});

/** Legs that no program, parent or consultation needs any more are hung up. */
function hangUpOrphans(exchange: Exchange, call: Call): void {
  const { live, interpreter, engine, logger } = exchange;
  const legs = live.legsOf(call.id);
  const isNeeded = (leg: Leg) =>
    leg.program !== undefined ||
    legs.some((other) => other.program && other.id === leg.parentLegId) ||
    legs.some((other) =>
      other.program?.instructions.some((i) => i.do === 'bridge' && i.legId === leg.id),
    ) ||
    legs.some(
      ({ consultation: c }) => c && (c.waitingLegId === leg.id || c.targetLegIds.includes(leg.id)),
    );
  for (const leg of legs.filter((candidate) => !isNeeded(candidate))) {
    interpreter.mailboxes
      .of(leg.id)
      .post(() => engine.hangUp(leg.engineId, 'normal'))
      .catch((error: unknown) => logger.warn({ legId: leg.id, err: error }, 'an orphan stays'));
  }
}

/** A call without legs is over: its history is written, then it is forgotten. */
export function endCallIfEmpty(exchange: Exchange, call: Call, at: Date): void {
  const { live } = exchange;
  if (call.endedAt || live.legsOf(call.id).length > 0) return;
  live.putCall({ ...call, endedAt: at });
  live.writeHistory(summariseCall(call, live.allLegsOf(call.id), at));
  live.tell({
    type: 'call.ended',
    accountId: call.accountId,
    callId: call.id,
    mergedInto: call.mergedInto,
    at,
  });
  live.whenWritten().then(
    () => live.forgetCall(call.id),
    () => live.forgetCall(call.id),
  );
}

/** A leg that the engine could not make is over. */
export const endUnmade = (exchange: Exchange, legId: LegId): void =>
  applyLegEnded(exchange, legId, {
    at: exchange.clock.now(),
    cause: 'unregistered',
    sipStatus: undefined,
  });

/** Everything that follows from the end of a leg, once; unless another gateway leads to the same party. */
export function applyLegEnded(exchange: Exchange, legId: LegId, end: LegEnd): void {
  const { live, interpreter } = exchange;
  const before = live.leg(legId);
  const call = before && live.call(before.callId);
  if (!before || hasEnded(before)) return;
  if (goAnotherWay(exchange, before, end, (last) => applyLegEnded(exchange, legId, last))) return;
  consultationOver(exchange, before, (id) => endUnmade(exchange, id));
  interpreter.drop(legId, 'hangup');
  const { at, cause, sipStatus } = end;
  live.changeLeg(legId, {
    state: 'hangup',
    endedAt: at,
    cause,
    sipStatus,
    bridge: undefined,
    consultation: undefined,
  });
  const byUs = exchange.hungUp.delete(before.engineId) || cause === 'no_answer';
  live.writeCdr(toCdr(before, end, byUs ? 'exchange' : 'party'));
  live.tell({
    ...about(before, at),
    type: 'leg.ended',
    cause,
    sipStatus,
    durationSeconds: secondsBetween(before.answeredAt, at),
  });
  for (const other of live.legsOf(before.callId)) {
    interpreter.input(other.id, { type: 'leg', change: 'ended', legId, cause });
  }
  if (!call) return;
  hangUpOrphans(exchange, call);
  endCallIfEmpty(exchange, call, at);
}
