import type { Actor } from '../../kernel/actor.ts';
import type { CallId } from '../../kernel/ids.ts';
import {
  type Call,
  type CallView,
  callNotFound,
  type Leg,
  type LiveCalls,
  userOf,
} from '../calls/index.ts';

/** The leg with which an actor takes part; for others the one that began the call. */
function ownLeg(actor: Actor, call: Call, legs: readonly Leg[]): Leg | undefined {
  const mine = actor.userId === undefined ? [] : legs.filter((leg) => userOf(leg) === actor.userId);
  return (
    mine.find((leg) => leg.state === 'answered') ??
    mine[0] ??
    legs.find((leg) => leg.id === call.rootLegId) ??
    legs.find((leg) => leg.role === 'caller') ??
    legs[0]
  );
}

const isVisible = (actor: Actor, call: Call, legs: readonly Leg[]): boolean =>
  call.accountId === actor.accountId &&
  (actor.admin ||
    (actor.userId !== undefined &&
      (call.startedBy?.userId === actor.userId ||
        legs.some((leg) => userOf(leg) === actor.userId))));

function view(live: LiveCalls, actor: Actor, call: Call): CallView | undefined {
  const legs = live.legsOf(call.id);
  if (!isVisible(actor, call, legs)) return undefined;
  return { call, legs, ownLegId: ownLeg(actor, call, legs)?.id };
}

/** Every running call that an actor may see, oldest first. */
export const viewRunning = (live: LiveCalls, actor: Actor): readonly CallView[] =>
  live.callsOf(actor.accountId).flatMap((call) => view(live, actor, call) ?? []);

/** One running call. @throws {DomainError} `call.not_found`, also for calls of others */
export function viewCall(live: LiveCalls, actor: Actor, id: CallId): CallView {
  const call = live.call(id);
  const found = call && view(live, actor, call);
  if (!found) throw callNotFound(id);
  return found;
}

/** The actor's own leg of a call that is up. @throws {DomainError} `call.not_found` */
export function ownLegOf(live: LiveCalls, { call, legs, ownLegId }: CallView): Leg {
  const own = legs.find((leg) => leg.id === ownLegId) ?? legs[0];
  if (!own || !live.leg(own.id)) throw callNotFound(call.id);
  return own;
}
