import type { UserId } from '../../kernel/ids.ts';
import type { Call } from './call.ts';
import type { HistoryStatus, NewHistoryEntry } from './history.ts';
import { type Leg, userOf } from './leg.ts';

/** Whole seconds between two instants; 0 if the first is missing. */
export const secondsBetween = (from: Date | undefined, to: Date): number =>
  from ? Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000)) : 0;

function statusOf(own: Leg, others: readonly Leg[]): HistoryStatus {
  const talked =
    own.talkedAt || own.role === 'callee' || others.some((leg) => leg.answeredAt !== undefined);
  if (own.answeredAt && talked) return 'answered';
  const deciding = own.role === 'callee' ? own : (others.at(-1) ?? own);
  if (deciding.cause === 'busy') return 'busy';
  if (deciding.cause === 'rejected') return 'rejected';
  if (deciding.cause === 'unallocated' || deciding.cause === 'failure') return 'failed';
  return 'missed';
}

/** The leg by which a user remembers a call: the one that talked, else the first. */
function memorable(legs: readonly Leg[]): Leg | undefined {
  return legs.find((leg) => leg.answeredAt) ?? legs[0];
}

function entryOf(call: Call, own: Leg, legs: readonly Leg[], endedAt: Date): NewHistoryEntry[] {
  if (own.party.kind !== 'endpoint' || own.party.userId === undefined) return [];
  const others = legs.filter((leg) => leg.role !== own.role);
  const far = memorable(others);
  const nearEnd = { number: own.number, name: own.name };
  const farEnd = {
    number: far?.number || (own.role === 'caller' ? own.dialled : ''),
    name: far?.name ?? '',
  };
  const [from, to] = own.role === 'caller' ? [nearEnd, farEnd] : [farEnd, nearEnd];
  const status = statusOf(own, others);
  const answeredAt =
    status === 'answered' ? latest(own.answeredAt, far?.answeredAt ?? own.talkedAt) : undefined;
  return [
    {
      accountId: call.accountId,
      callId: call.id,
      userId: own.party.userId,
      direction: own.role === 'caller' ? 'outgoing' : 'incoming',
      status,
      fromNumber: from.number,
      fromName: from.name,
      toNumber: to.number,
      toName: to.name,
      endpointId: own.party.endpointId,
      startedAt: own.startedAt,
      answeredAt,
      endedAt,
      durationSeconds: secondsBetween(answeredAt, own.endedAt ?? endedAt),
    },
  ];
}

const latest = (a: Date | undefined, b: Date | undefined): Date | undefined =>
  a && b ? (a > b ? a : b) : (a ?? b);

/**
 * What each user of the account will find in the history of a finished call: one entry a user, however
 * many devices rang.
 * @param legs - every leg the call ever had, in the order in which they began
 */
export function summariseCall(call: Call, legs: readonly Leg[], endedAt: Date): NewHistoryEntry[] {
  const users = new Set(legs.map(userOf).filter((id): id is UserId => id !== undefined));
  return [...users].flatMap((userId) => {
    const own = memorable(legs.filter((leg) => userOf(leg) === userId));
    return own ? entryOf(call, own, legs, endedAt) : [];
  });
}
