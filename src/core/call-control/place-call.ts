import { type Actor, mayActFor } from '../../kernel/actor.ts';
import { type CallId, newId } from '../../kernel/ids.ts';
import { parseE164 } from '../../kernel/phone-number.ts';
import {
  type Call,
  type CallView,
  callerIdNotOwned,
  endpointUnregistered,
  exchangeDraining,
  invalidNumber,
  type Leg,
  limitReached,
  type NewCall,
} from '../calls/index.ts';
import { outboundLeg, routingView, toEngineLeg } from '../interpreter/index.ts';
import { newProgram } from '../programs/index.ts';
import {
  type AccountDirectory,
  endpointTargets,
  isEmergencyNumber,
  type RingTarget,
  type RoutingView,
  resolveDestination,
  userTargets,
} from '../routing/index.ts';
import { countedCalls } from './arrive.ts';
import type { Exchange } from './ports.ts';
import { ringLegs } from './ring-legs.ts';
import { viewCall } from './views.ts';

/** Seconds that the origin, and then the destination, may ring. */
const ringTimeoutSeconds = 60;

/** What can be dialled at all: digits with separators, a plus, a feature code. At most 32 characters. */
const dialable = /^[*#+]?[0-9A-Za-z*#().\-/ ]{1,32}$/;

function originTargets(view: RoutingView, actor: Actor, { from }: NewCall): readonly RingTarget[] {
  if (from.kind === 'user')
    return mayActFor(actor, from.userId) ? userTargets(view, from.userId) : [];
  const endpoint = view.account.endpoints.get(from.endpointId);
  if (!endpoint || !mayActFor(actor, endpoint.userId)) return [];
  if (from.kind === 'endpoint') return endpointTargets(view, endpoint);
  const route = resolveDestination(view, from.dialled);
  return route.kind === 'ring' ? (route.attempts[0] ?? []) : [];
}

/** The number that the called side shall see. @throws `caller_id.not_owned` */
function checkedCallerId(
  account: AccountDirectory,
  callerId: string | undefined,
): string | undefined {
  if (callerId === undefined || callerId === '') return undefined;
  const number = parseE164(callerId, account.account) ?? parseE164(`+${callerId}`, account.account);
  if (number && account.numbers.some((own) => own.e164 === number)) return number;
  throw callerIdNotOwned(callerId);
}

function check(exchange: Exchange, actor: Actor, request: NewCall): RoutingView {
  const view = routingView({ ...exchange, endLeg: () => undefined }, actor.accountId);
  if (!view || !dialable.test(request.to)) throw invalidNumber(request.to);
  if (request.from.kind === 'dialled' && !dialable.test(request.from.dialled)) {
    throw invalidNumber(request.from.dialled);
  }
  const { account } = view.account;
  const emergency = isEmergencyNumber(request.to, account.country);
  if (!emergency && countedCalls(exchange, account.id) >= account.maxConcurrentCalls) {
    throw limitReached(account.maxConcurrentCalls);
  }
  return view;
}

function newCall(exchange: Exchange, actor: Actor, request: NewCall, first: Leg): Call {
  return {
    id: first.callId,
    accountId: actor.accountId,
    startedAt: first.startedAt,
    endedAt: undefined,
    rootLegId: first.id,
    startedBy: { dialect: actor.dialect, userId: actor.userId },
    mergedInto: undefined,
    emergency: isEmergencyNumber(
      request.to,
      exchange.directory.account(actor.accountId)?.account.country ?? '',
    ),
  };
}

/** The number and name that the origin's own phone shows while it rings: whom it will reach. */
const shownToOrigin = (request: NewCall) => ({
  number: request.to.replace(/[^0-9A-Za-z+*#]/g, ''),
});

/**
 * Rings the origin; when it answers, what was asked for is dialled. Resolves when the legs are stored
 * and the engine rings at least one of them.
 */
export async function placeCall(
  exchange: Exchange,
  actor: Actor,
  request: NewCall,
): Promise<CallView> {
  if (!exchange.admits()) throw exchangeDraining();
  const view = check(exchange, actor, request);
  const callerId = checkedCallerId(view.account, request.callerId);
  const targets = originTargets(view, actor, request);
  const callId = newId<CallId>();
  const program = newProgram({ dialect: actor.dialect, reference: callId }, [
    {
      do: 'dial',
      targets: [{ kind: 'dialled', dialled: request.to }],
      order: 'parallel',
      ringTimeoutSeconds,
      ...(callerId ? { callerId: { number: callerId } } : {}),
    },
  ]);
  const made = targets.map((target) => {
    const leg = outboundLeg({
      callId,
      accountId: actor.accountId,
      role: 'caller',
      target,
      dialled: request.to,
      parent: undefined,
      program,
      at: exchange.clock.now(),
    });
    const caller = shownToOrigin(request);
    return { leg, wish: toEngineLeg(leg, target, caller, ringTimeoutSeconds, undefined) };
  });
  const [first] = made;
  if (!first) throw endpointUnregistered(request.from.kind);
  const call = newCall(exchange, actor, request, first.leg);
  const ringing = ringLegs(exchange, call, made, { from: first.leg.number, to: request.to });
  const placed = viewCall(exchange.live, actor, callId);
  await ringing;
  return placed;
}
