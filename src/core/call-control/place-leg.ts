import type { NewEngineLeg } from '../../engine/port/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { cleanText } from '../../kernel/hostile-text.ts';
import { type CallId, newId } from '../../kernel/ids.ts';
import { parseE164 } from '../../kernel/phone-number.ts';
import {
  type Call,
  endpointUnregistered,
  exchangeDraining,
  invalidNumber,
  type Leg,
  type LegView,
  type NewLeg,
  viewOfLeg,
} from '../calls/index.ts';
import { outboundLeg, planDial, routingView, sipWay, toEngineLeg } from '../interpreter/index.ts';
import { newProgram } from '../programs/index.ts';
import {
  firstAttempt,
  isEmergencyNumber,
  type RingTarget,
  type RoutingView,
} from '../routing/index.ts';
import { mustAdmit } from './admit.ts';
import type { Exchange } from './ports.ts';
import { ringLegs } from './ring-legs.ts';

/** What can be dialled at all: digits with separators, a plus, a feature code. At most 32 characters. */
const dialable = /^[*#+]?[0-9A-Za-z*#().\-/ ]{1,32}$/;

/** @throws {DomainError} `exchange.draining`, `call.invalid_number`, `call.limit_reached` */
function check(exchange: Exchange, actor: Actor, { target }: NewLeg): RoutingView {
  if (!exchange.admits()) throw exchangeDraining();
  const dialled = target.kind === 'dialled' ? target.dialled : '';
  const view = routingView(exchange, actor.accountId);
  if (!view || (target.kind === 'dialled' && !dialable.test(dialled))) throw invalidNumber(dialled);
  const { account } = view.account;
  const emergency = isEmergencyNumber(dialled, account.country);
  if (!emergency) mustAdmit(exchange, view.account);
  return view;
}

/** Whom the far side sees. Towards a trunk only a number of the account. */
function shown(view: RoutingView, target: RingTarget, wanted: NewLeg['caller']) {
  const { account, numbers } = view.account;
  const outside = target.kind === 'trunk' || target.kind === 'remote';
  const name = wanted.name && cleanText(wanted.name, 64);
  const asE164 = wanted.number && parseE164(wanted.number, account);
  const own = numbers.find(({ e164 }) => e164 === asE164)?.e164;
  const number = outside ? (own ?? numbers[0]?.e164) : cleanText(wanted.number ?? '', 64);
  return { ...(number && { number }), ...(name && { name }) } satisfies NewEngineLeg['caller'];
}

function newCall(actor: Actor, leg: Leg, emergency: boolean): Call {
  return {
    id: leg.callId,
    accountId: actor.accountId,
    startedAt: leg.startedAt,
    endedAt: undefined,
    rootLegId: leg.id,
    startedBy: { dialect: actor.dialect, userId: actor.userId },
    mergedInto: undefined,
    emergency,
  };
}

/**
 * Rings somebody and runs a program on the leg that is answered first. Resolves when the legs are stored and
 * the engine rings at least one of them.
 * @throws {DomainError} `sip_target.refused`, `sip_target.unreachable`
 */
export async function placeLeg(
  exchange: Exchange,
  actor: Actor,
  request: NewLeg,
): Promise<LegView> {
  const view = check(exchange, actor, request);
  const { target: wanted, ringTimeoutSeconds, source, instructions } = request;
  const plan = planDial(view, { targets: [wanted], order: 'parallel' });
  const targets = plan.kind === 'ring' ? firstAttempt(plan.attempts) : [];
  const dialled = wanted.kind === 'dialled' ? wanted.dialled : '';
  const callId = newId<CallId>();
  const ways = await Promise.all(targets.map((target) => sipWay(exchange, target)));
  const made = targets.map((target, at) => {
    const leg = outboundLeg({
      callId,
      accountId: actor.accountId,
      role: 'caller',
      target,
      dialled: 'number' in target ? target.number : dialled,
      parent: undefined,
      program: newProgram(source, instructions),
      at: exchange.clock.now(),
      ...(request.tag && { tag: request.tag }),
      ...(request.mostSeconds && { mostSeconds: request.mostSeconds }),
    });
    const caller = shown(view, target, request.caller);
    const all = { ...request.headers, ...wanted.headers };
    const headers = Object.keys(all).length > 0 ? all : undefined;
    const [way, limit] = [ways[at], ringTimeoutSeconds];
    const wish = toEngineLeg(leg, target, caller, limit, undefined, headers, way);
    return { leg, target, wish };
  });
  const [first] = made;
  if (!first) throw endpointUnregistered(dialled || wanted.kind);
  const { country } = view.account.account;
  const call = newCall(actor, first.leg, isEmergencyNumber(dialled, country));
  const said = { from: request.caller.number ?? '', to: first.leg.dialled };
  await ringLegs(exchange, call, made, said);
  return viewOfLeg(first.leg);
}
