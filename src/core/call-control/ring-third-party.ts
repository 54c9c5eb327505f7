import type { LegId } from '../../kernel/ids.ts';
import { type Consultation, callStateConflict, type Leg } from '../calls/index.ts';
import {
  keepWays,
  legCreated,
  outboundLeg,
  routingView,
  shownCaller,
  toEngineLeg,
} from '../interpreter/index.ts';
import { type RingTarget, resolveDestination } from '../routing/index.ts';
import type { Exchange } from './ports.ts';

/** Seconds that a party which is to take over a call may ring. */
export const transferRingSeconds = 60;

/** Ends a leg that could not be made. */
export type EndUnmade = (legId: LegId) => void;

/** What rings at an attempt to reach what was dialled, or at the next one at which anything does. */
export function attemptFrom(
  exchange: Exchange,
  leg: Leg,
  dialled: string,
  from: number,
): { readonly attempt: number; readonly targets: readonly RingTarget[] } | undefined {
  const view = routingView(exchange, leg.accountId);
  const route = view && resolveDestination(view, dialled);
  const attempts = route?.kind === 'ring' ? route.attempts : [];
  const attempt = attempts.findIndex((targets, at) => at >= from && targets.length > 0);
  const targets = attempts[attempt];
  return targets && { attempt, targets };
}

/**
 * Rings everything of one attempt for a leg that wants to ask somebody, and remembers it there. The legs are
 * stored before the engine is asked; those that it cannot make are ended.
 * @throws the reason of the first, if none can be made
 */
export async function ringThirdParty(
  exchange: Exchange,
  own: Leg,
  targets: readonly RingTarget[],
  consultation: Omit<Consultation, 'targetLegIds'>,
  endUnmade: EndUnmade,
): Promise<void> {
  const { live, engine, clock, directory, interpreter } = exchange;
  const account = directory.account(own.accountId);
  if (!account) throw callStateConflict(own.callId, 'transferred');
  const made = targets.map((target) => ({
    target,
    leg: outboundLeg({
      callId: own.callId,
      accountId: own.accountId,
      role: 'callee',
      target,
      dialled: consultation.dialled,
      parent: own,
      program: undefined,
      at: clock.now(),
    }),
  }));
  for (const { leg } of made) {
    live.putLeg(leg);
    live.tell(legCreated(leg));
  }
  const targetLegIds = made.map(({ leg }) => leg.id);
  live.changeLeg(own.id, { consultation: { ...consultation, targetLegIds } });
  await live.durable();
  const isWanted = (id: LegId) =>
    live.leg(own.id)?.consultation?.targetLegIds.includes(id) === true;
  const rings = await Promise.allSettled(
    made.map(({ leg, target }) => {
      const caller = shownCaller(own, target, consultation.callerId, account);
      const asked = toEngineLeg(leg, target, caller, transferRingSeconds, own.engineId);
      keepWays(live, leg, target, asked);
      return interpreter.mailboxes.of(leg.id).post(async () => {
        if (!isWanted(leg.id)) throw callStateConflict(own.callId, 'transferred');
        await engine.dialLeg(asked);
      });
    }),
  );
  const failures = rings.flatMap((ring, at) => {
    const leg = made[at]?.leg;
    if (ring.status === 'fulfilled' || !leg) return [];
    endUnmade(leg.id);
    return [ring.reason as unknown];
  });
  if (failures.length === made.length) throw failures[0];
}
