import type { NewEngineLeg } from '../../engine/port/index.ts';
import { type Call, hasEnded, type Leg } from '../calls/index.ts';
import { keepWays, legCreated } from '../interpreter/index.ts';
import type { RingTarget } from '../routing/index.ts';
import { applyLegEnded } from './end-leg.ts';
import type { Exchange } from './ports.ts';

/** A leg that is about to be made, and what the engine is asked for. */
export interface LegToRing {
  readonly leg: Leg;
  readonly target: RingTarget;
  readonly wish: NewEngineLeg;
}

/**
 * Begins a call with legs of ours that ring at the same time. Resolves when they are stored and the engine
 * rings at least one of them.
 * @throws {DomainError} of the engine, if it rings none
 */
export async function ringLegs(
  exchange: Exchange,
  call: Call,
  made: readonly LegToRing[],
  said: { readonly from: string; readonly to: string },
): Promise<void> {
  const { live, engine, clock, interpreter } = exchange;
  live.putCall(call);
  live.tell({
    type: 'call.started',
    accountId: call.accountId,
    callId: call.id,
    ...said,
    at: call.startedAt,
  });
  for (const { leg, target, wish } of made) {
    live.putLeg(leg);
    keepWays(live, leg, target, wish);
    live.tell(legCreated(leg));
  }
  await live.durable();
  const rings = await Promise.allSettled(
    made.map(({ leg, wish }) => interpreter.mailboxes.of(leg.id).post(() => engine.dialLeg(wish))),
  );
  const failures = rings.flatMap((ring, at) => {
    if (ring.status === 'fulfilled') return [];
    const end = { at: clock.now(), cause: 'unregistered', sipStatus: undefined } as const;
    const legId = made[at]?.leg.id;
    if (legId) applyLegEnded(exchange, legId, end);
    const now = legId && live.leg(legId);
    if (now && !hasEnded(now)) return [];
    return [ring.reason as unknown];
  });
  if (failures.length === made.length) throw failures[0];
}
