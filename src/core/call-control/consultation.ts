import type { EngineBridgeId } from '../../engine/port/index.ts';
import type { LegId } from '../../kernel/ids.ts';
import {
  type Consultation,
  callStateConflict,
  hasEnded,
  isUp,
  type Leg,
  leadsNowhere,
} from '../calls/index.ts';
import { about, makeBridge, setHeld } from '../interpreter/index.ts';
import type { CallerId } from '../programs/index.ts';
import type { Exchange } from './ports.ts';
import {
  attemptFrom,
  type EndUnmade,
  ringThirdParty,
  transferRingSeconds,
} from './ring-third-party.ts';

/**
 * Lets a leg ask a third party before it hands its call on: the partner waits with music, every device of the
 * third party rings. Hanging up hands over; if the third party ends, the two talk again.
 */
export async function startConsultation(
  exchange: Exchange,
  own: Leg,
  waiting: Leg,
  { dialled, callerId }: { readonly dialled: string; readonly callerId: CallerId | undefined },
  endUnmade: EndUnmade,
): Promise<void> {
  const { live } = exchange;
  const first = attemptFrom(exchange, own, dialled, 0);
  if (!first) throw leadsNowhere(dialled, 'nobody can be asked there');
  if (!own.bridge) throw callStateConflict(own.callId, 'transferred');
  const consultation: Consultation = {
    waitingLegId: waiting.id,
    targetLegIds: [],
    dialled,
    attempt: first.attempt,
    callerId,
    formerBridge: own.bridge,
    bridge: undefined,
  };
  live.changeLeg(own.id, { consultation });
  const current = () => live.leg(own.id)?.consultation;
  try {
    await setHeld(exchange, waiting.id, 'program', true);
    if (!current()) throw callStateConflict(own.callId, 'transferred');
    await ringThirdParty(exchange, own, first.targets, consultation, endUnmade);
  } catch (error) {
    // Where nothing of this attempt could be rung, the next one may be under way already.
    if (current()?.targetLegIds.length) return;
    if (current()) talkAgain(exchange, own, consultation);
    throw error;
  }
}

const whoConsults = (
  exchange: Exchange,
  callId: Leg['callId'],
  match: (c: Consultation) => boolean,
) => exchange.live.legsOf(callId).find((leg) => leg.consultation && match(leg.consultation));

/** The third party answered: it talks with the leg that asks, and its other devices stop ringing. */
export function consultationAnswered(exchange: Exchange, target: Leg): void {
  const { live, engine, clock } = exchange;
  const own = whoConsults(exchange, target.callId, (c) => c.targetLegIds.includes(target.id));
  if (!own?.consultation || own.consultation.bridge) return;
  const others = own.consultation.targetLegIds.filter((id) => id !== target.id);
  const consultation = { ...own.consultation, targetLegIds: [target.id] };
  live.changeLeg(own.id, { consultation });
  stopRinging(exchange, others);
  const join = async () => {
    await engine.leave(consultation.formerBridge, own.engineId);
    const bridge = await makeBridge(engine, {
      dtmf: false,
      lane: own.engineId,
      letIn: (id) => engine.join(id, [own.engineId, target.engineId]),
      isWanted: () => live.leg(own.id)?.consultation?.targetLegIds.includes(target.id) === true,
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

/** Devices that nobody waits for any more. */
function stopRinging(exchange: Exchange, legIds: readonly LegId[]): void {
  const { live, engine } = exchange;
  for (const leg of legIds.flatMap((id) => live.leg(id) ?? [])) {
    if (hasEnded(leg)) continue;
    inMailbox(exchange, leg.id, () => engine.hangUp(leg.engineId, 'completed_elsewhere'));
  }
}

/** What becomes of a consultation when one of its legs has ended. */
export function consultationOver(exchange: Exchange, ended: Leg, endUnmade: EndUnmade): void {
  if (ended.consultation) return handOver(exchange, ended, ended.consultation);
  const own = whoConsults(
    exchange,
    ended.callId,
    (c) => c.targetLegIds.includes(ended.id) || c.waitingLegId === ended.id,
  );
  const consultation = own?.consultation;
  if (!own || !consultation) return;
  if (consultation.waitingLegId === ended.id) return talkOn(exchange, own, consultation);
  const targetLegIds = consultation.targetLegIds.filter((id) => id !== ended.id);
  if (targetLegIds.length > 0)
    return void exchange.live.changeLeg(own.id, {
      consultation: { ...consultation, targetLegIds },
    });
  const { attempt, dialled } = consultation;
  const next = isUp(ended) ? undefined : attemptFrom(exchange, own, dialled, attempt + 1);
  if (!next) return talkAgain(exchange, own, consultation);
  const again = { ...consultation, attempt: next.attempt };
  ringThirdParty(exchange, own, next.targets, again, endUnmade).catch((error: unknown) =>
    exchange.logger.info({ legId: own.id, err: error }, 'a third party could not be rung'),
  );
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
function talkOn(exchange: Exchange, own: Leg, consultation: Consultation): void {
  exchange.live.changeLeg(own.id, { consultation: undefined });
  const target = whoAnswered(exchange, consultation);
  if (target) joinForGood(exchange, own, target, consultation.bridge);
}

const whoAnswered = ({ live }: Exchange, { targetLegIds }: Consultation): Leg | undefined =>
  targetLegIds.map((id) => live.leg(id)).find((leg) => leg !== undefined && isUp(leg));

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
  if (!waiting || hasEnded(waiting)) return;
  inMailbox(exchange, waiting.id, () => setHeld(exchange, waiting.id, 'program', false));
  const target = whoAnswered(exchange, consultation);
  if (target) return joinForGood(exchange, waiting, target, consultation.bridge);
  stopRinging(exchange, consultation.targetLegIds);
  const { dialled, callerId } = consultation;
  interpreter.run(waiting.id, { dialect: 'routing', reference: `transfer ${own.id}` }, [
    {
      do: 'dial',
      targets: [{ kind: 'dialled', dialled }],
      order: 'parallel',
      ringTimeoutSeconds: transferRingSeconds,
      ...(callerId && { callerId }),
    },
  ]);
}
