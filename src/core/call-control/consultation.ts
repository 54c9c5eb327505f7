import type { EngineBridgeId } from '../../engine/port/index.ts';
import type { LegId } from '../../kernel/ids.ts';
import { type Consultation, hasEnded, invalidNumber, isUp, type Leg } from '../calls/index.ts';
import {
  about,
  legCreated,
  makeBridge,
  outboundLeg,
  routingView,
  setHeld,
  shownCaller,
  toEngineLeg,
} from '../interpreter/index.ts';
import type { CallerId } from '../programs/index.ts';
import { type RingTarget, resolveDestination } from '../routing/index.ts';
import type { Exchange } from './ports.ts';

/** Seconds that a party which is to take over a call may ring. */
export const transferRingSeconds = 60;

/** The first thing that rings where a dialled string leads. */
function firstTarget(exchange: Exchange, leg: Leg, dialled: string): RingTarget {
  const view = routingView({ ...exchange, endLeg: () => undefined }, leg.accountId);
  const route = view && resolveDestination(view, dialled);
  const target = route?.kind === 'ring' ? route.attempts.flat()[0] : undefined;
  if (!target) throw invalidNumber(dialled);
  return target;
}

/**
 * Lets a leg ask a third party before it hands its call on: the partner waits with music, the third
 * party rings. Hanging up hands over; if the third party ends, the two talk again.
 */
export async function startConsultation(
  exchange: Exchange,
  own: Leg,
  waiting: Leg,
  dialled: string,
  callerId: CallerId | undefined,
): Promise<void> {
  const { live, engine, clock, directory, interpreter } = exchange;
  const account = directory.account(own.accountId);
  if (!account || !own.bridge) throw invalidNumber(dialled);
  const target = firstTarget(exchange, own, dialled);
  const child = outboundLeg({
    callId: own.callId,
    accountId: own.accountId,
    role: 'callee',
    target,
    dialled,
    parent: own,
    program: undefined,
    at: clock.now(),
  });
  live.putLeg(child);
  live.tell(legCreated(child));
  live.changeLeg(own.id, {
    consultation: {
      waitingLegId: waiting.id,
      targetLegId: child.id,
      formerBridge: own.bridge,
      bridge: undefined,
    },
  });
  await setHeld(exchange, waiting.id, 'program', true);
  await live.durable();
  await interpreter.mailboxes
    .of(child.id)
    .post(() =>
      engine.dialLeg(
        toEngineLeg(
          child,
          target,
          shownCaller(own, target, callerId, account),
          transferRingSeconds,
          own.engineId,
        ),
      ),
    );
}

const whoConsults = (
  exchange: Exchange,
  callId: Leg['callId'],
  match: (c: Consultation) => boolean,
) => exchange.live.legsOf(callId).find((leg) => leg.consultation && match(leg.consultation));

/** The third party answered: it talks with the leg that asks. */
export function consultationAnswered(exchange: Exchange, target: Leg): void {
  const { live, engine, clock } = exchange;
  const own = whoConsults(exchange, target.callId, (c) => c.targetLegId === target.id);
  const consultation = own?.consultation;
  if (!own || !consultation || consultation.bridge) return;
  const join = async () => {
    await engine.leave(consultation.formerBridge, own.engineId);
    const bridge = await makeBridge(engine, {
      dtmf: false,
      lane: own.engineId,
      letIn: (id) => engine.join(id, [own.engineId, target.engineId]),
      isWanted: () => live.leg(own.id)?.consultation?.targetLegId === target.id,
    });
    live.changeLeg(own.id, { bridge, consultation: { ...consultation, bridge } });
    live.changeLeg(target.id, { bridge });
    live.tell({ ...about(own, clock.now()), type: 'leg.joined', withLegIds: [target.id] });
  };
  inMailbox(exchange, own.id, join);
}

const inMailbox = (exchange: Exchange, legId: LegId, task: () => Promise<unknown>): void => {
  exchange.interpreter.mailboxes
    .of(legId)
    .post(task)
    .catch((error: unknown) =>
      exchange.logger.warn({ legId, err: error }, 'a transfer step failed'),
    );
};

const destroy = async (exchange: Exchange, bridge: EngineBridgeId | undefined): Promise<void> => {
  if (bridge) await exchange.engine.destroyBridge(bridge);
};

/** What becomes of a consultation when one of its three legs has ended. */
export function consultationOver(exchange: Exchange, ended: Leg): void {
  if (ended.consultation) return handOver(exchange, ended, ended.consultation);
  const own = whoConsults(
    exchange,
    ended.callId,
    (c) => c.targetLegId === ended.id || c.waitingLegId === ended.id,
  );
  const consultation = own?.consultation;
  if (!own || !consultation) return;
  if (consultation.targetLegId === ended.id) return talkAgain(exchange, own, consultation);
  talkOn(exchange, own, consultation);
}

/** Joins two legs of a consultation for good, in a bridge of their own. */
function joinForGood(
  exchange: Exchange,
  leg: Leg,
  target: Leg,
  bridge: EngineBridgeId | undefined,
): void {
  const { live, interpreter } = exchange;
  for (const { id } of live.partnersOf(target)) live.changeLeg(id, { bridge: undefined });
  live.changeLeg(target.id, { bridge: undefined });
  inMailbox(exchange, leg.id, () => destroy(exchange, bridge));
  interpreter.run(leg.id, { dialect: 'routing', reference: `transfer ${leg.id}` }, [
    { do: 'bridge', legId: target.id },
  ]);
}

/** The one who waited is gone: the other two go on, if they talk already. */
function talkOn(exchange: Exchange, own: Leg, { targetLegId, bridge }: Consultation): void {
  exchange.live.changeLeg(own.id, { consultation: undefined });
  const target = exchange.live.leg(targetLegId);
  if (target && isUp(target)) joinForGood(exchange, own, target, bridge);
}

/** The third party is gone: the two who talked before talk again. */
function talkAgain(exchange: Exchange, own: Leg, consultation: Consultation): void {
  const { live, engine } = exchange;
  live.changeLeg(own.id, { consultation: undefined });
  inMailbox(exchange, own.id, async () => {
    if (consultation.bridge) {
      await destroy(exchange, consultation.bridge);
      await engine.join(consultation.formerBridge, [own.engineId]);
      live.changeLeg(own.id, { bridge: consultation.formerBridge });
    }
    await setHeld(exchange, consultation.waitingLegId, 'program', false);
  });
}

/** The one who asked hung up: those who are left are joined, as soon as both are there. */
function handOver(exchange: Exchange, own: Leg, consultation: Consultation): void {
  const { live, interpreter } = exchange;
  const waiting = live.leg(consultation.waitingLegId);
  const target = live.leg(consultation.targetLegId);
  const gone = (leg: Leg | undefined): boolean => !leg || hasEnded(leg);
  if (!waiting || gone(waiting)) return;
  inMailbox(exchange, waiting.id, () => setHeld(exchange, waiting.id, 'program', false));
  if (!target || gone(target)) return;
  if (isUp(target)) return joinForGood(exchange, waiting, target, consultation.bridge);
  inMailbox(exchange, target.id, () =>
    exchange.engine.hangUp(target.engineId, 'completed_elsewhere'),
  );
  interpreter.run(waiting.id, { dialect: 'routing', reference: `transfer ${own.id}` }, [
    {
      do: 'dial',
      targets: [{ kind: 'dialled', dialled: target.dialled }],
      order: 'parallel',
      ringTimeoutSeconds: transferRingSeconds,
    },
  ]);
}
