import type { NewEngineLeg } from '../../engine/port/index.ts';
import { forbidden } from '../../kernel/access-errors.ts';
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
  type NewCall,
} from '../calls/index.ts';

import { outboundLeg, routingView, shownCaller, toEngineLeg } from '../interpreter/index.ts';
import { type CallerId, newProgram } from '../programs/index.ts';

import {
  type AccountDirectory,
  endpointTargets,
  firstAttempt,
  isEmergencyNumber,
  type RingTarget,
  type RoutingView,
  resolveDestination,
  userTargets,
} from '../routing/index.ts';
import { mustAdmit } from './admit.ts';
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
  return route.kind === 'ring' ? firstAttempt(route.attempts) : [];
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
  const view = routingView(exchange, actor.accountId);
  if (!view || !dialable.test(request.to)) throw invalidNumber(request.to);
  if (request.from.kind === 'dialled' && !dialable.test(request.from.dialled)) {
    throw invalidNumber(request.from.dialled);
  }
  const { account } = view.account;
  const emergency = isEmergencyNumber(request.to, account.country);
  if (!emergency) mustAdmit(exchange, view.account);
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

/** Whom the far sides see, as far as that is not who picks up the origin. @throws `access.forbidden` */
function shownAs(
  account: AccountDirectory,
  actor: Actor,
  { callerId, shownAs: asked, from }: NewCall,
): CallerId | undefined {
  const number = checkedCallerId(account, callerId);
  const device = asked && account.endpoints.get(asked);
  if (asked && !(device && mayActFor(actor, device.userId))) throw forbidden('call as this device');
  const onBehalfOf = asked ?? (from.kind === 'dialled' ? from.endpointId : undefined);
  if (!number && !onBehalfOf) return undefined;
  return { ...(number && { number }), ...(onBehalfOf && { onBehalfOf }) };
}

/**
 * What is shown to the origin while it rings: on phones of the account whom they will reach; outside, who
 * calls.
 */
const shownToOrigin = (
  { to }: NewCall,
  leg: Leg,
  target: RingTarget,
  wanted: CallerId | undefined,
  account: AccountDirectory,
): NewEngineLeg['caller'] =>
  target.kind === 'trunk' || target.kind === 'remote'
    ? shownCaller(leg, target, wanted, account)
    : { number: to.replace(/[^0-9A-Za-z+*#]/g, '') };

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
  const callerId = shownAs(view.account, actor, request);
  const targets = originTargets(view, actor, request);
  const callId = newId<CallId>();
  const program = newProgram({ dialect: actor.dialect, reference: callId }, [
    {
      do: 'dial',
      targets: [{ kind: 'dialled', dialled: request.to }],
      order: 'parallel',
      ringTimeoutSeconds,
      ...(callerId && { callerId }),
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
    const caller = shownToOrigin(request, leg, target, callerId, view.account);
    return { leg, target, wish: toEngineLeg(leg, target, caller, ringTimeoutSeconds, undefined) };
  });
  const [first] = made;
  if (!first) throw endpointUnregistered(request.from.kind);
  const call = newCall(exchange, actor, request, first.leg);
  const ringing = ringLegs(exchange, call, made, { from: first.leg.number, to: request.to });
  const placed = viewCall(exchange.live, actor, callId);
  await ringing;
  return placed;
}
