import type { EngineFact } from '../../engine/port/index.ts';
import { callStateConflict, isUp, type Leg, leadsNowhere } from '../calls/index.ts';
import { routingView, setHeld } from '../interpreter/index.ts';
import type { CallerId, ProgramSourceRef } from '../programs/index.ts';
import { resolveDestination } from '../routing/index.ts';
import { startConsultation } from './consultation.ts';
import { endUnmade } from './end-leg.ts';
import { mergeCalls } from './merge-calls.ts';
import type { Exchange } from './ports.ts';
import { transferRingSeconds } from './ring-third-party.ts';

/** Whom a leg talks with and may hand on. While either of them consults somebody, nobody is handed on. */
function partnerToHandOn({ live }: Exchange, own: Leg): Leg {
  const [partner] = live.partnersOf(own);
  if (!partner || !isUp(partner) || own.consultation || partner.consultation) {
    throw callStateConflict(own.callId, 'transferred');
  }
  return partner;
}

/**
 * Refuses a destination that would lose the partner: one that routing refuses, or without a phone that could
 * ring. That somebody is busy is found out by dialling. @throws {DomainError} `call.leads_nowhere` (invalid)
 */
function mustLeadSomewhere(exchange: Exchange, leg: Leg, dialled: string): void {
  const view = routingView(exchange, leg.accountId);
  const route = view && resolveDestination(view, dialled);
  if (route?.kind === 'refuse' && route.cause !== 'busy')
    throw leadsNowhere(dialled, 'no extension, and no provider takes it');
  if (route?.kind === 'ring' && route.attempts.flat().length === 0)
    throw leadsNowhere(dialled, 'no phone is registered there');
}

/** Hands the partner of a leg to somebody else at once; the leg is hung up. @see RFC 5589 section 6 */
export async function transferBlind(
  exchange: Exchange,
  own: Leg,
  dialled: string,
  callerId: CallerId | undefined,
  source: ProgramSourceRef,
): Promise<void> {
  const { interpreter, engine } = exchange;
  const partner = partnerToHandOn(exchange, own);
  mustLeadSomewhere(exchange, own, dialled);
  interpreter.run(partner.id, source, [
    {
      do: 'dial',
      targets: [{ kind: 'dialled', dialled }],
      order: 'parallel',
      ringTimeoutSeconds: transferRingSeconds,
      ...(callerId ? { callerId } : {}),
    },
  ]);
  await setHeld(exchange, partner.id, 'api', false);
  await interpreter.mailboxes.of(own.id).post(() => engine.hangUp(own.engineId, 'normal'));
}

/** Lets a leg ask before it hands its call on. @see RFC 5589 section 7 */
export async function transferAttended(
  exchange: Exchange,
  own: Leg,
  dialled: string,
  callerId: CallerId | undefined,
): Promise<void> {
  const partner = partnerToHandOn(exchange, own);
  mustLeadSomewhere(exchange, own, dialled);
  await startConsultation(exchange, own, partner, { dialled, callerId }, (legId) =>
    endUnmade(exchange, legId),
  );
}

/** A phone asks for a transfer. */
export function transferAsked(
  exchange: Exchange,
  fact: Extract<EngineFact, { type: 'leg.transfer_asked' }>,
): void {
  const { live, engine, logger } = exchange;
  const own = live.legByEngineId(fact.leg);
  if (!own) return;
  const other =
    fact.target.kind === 'attended' ? live.legByEngineId(fact.target.otherLeg) : undefined;
  const work =
    fact.target.kind === 'blind'
      ? blindByPhone(exchange, own, fact.target.dialled)
      : joinPartners(exchange, own, other);
  const over = async () => {
    await engine.reportTransfer(fact.leg, 'answered');
    for (const leg of [own, other]) if (leg) await engine.hangUp(leg.engineId, 'normal');
  };
  const failed = (error: unknown) => {
    logger.info({ legId: own.id, err: error }, 'a transfer by phone failed');
    return engine.reportTransfer(fact.leg, 'failed');
  };
  work
    .then(over, failed)
    .catch((error: unknown) =>
      logger.info({ legId: own.id, err: error }, 'the phone was not told'),
    );
}

/** The partner is dialled on; the phone has done its part. */
async function blindByPhone(exchange: Exchange, own: Leg, dialled: string): Promise<void> {
  const { engine, interpreter } = exchange;
  const partner = partnerToHandOn(exchange, own);
  await engine.reportTransfer(own.engineId, 'progress');
  interpreter.run(partner.id, { dialect: 'routing', reference: `refer ${own.id}` }, [
    {
      do: 'dial',
      targets: [{ kind: 'dialled', dialled }],
      order: 'parallel',
      ringTimeoutSeconds: transferRingSeconds,
    },
  ]);
}

/** The partners of two legs of one phone are joined: the older call goes on. */
async function joinPartners(exchange: Exchange, own: Leg, other: Leg | undefined): Promise<void> {
  const { live, interpreter } = exchange;
  const [first] = live.partnersOf(own);
  const [second] = other ? live.partnersOf(other) : [];
  if (!other || !first || !second || other.accountId !== own.accountId) {
    throw callStateConflict(own.callId, 'transferred');
  }
  mergeCalls(exchange, first, second);
  const source = { dialect: 'routing', reference: `refer ${own.id}` } as const;
  for (const leg of [own, other, second]) interpreter.drop(leg.id, 'replaced');
  interpreter.run(first.id, source, [{ do: 'bridge', legId: second.id }]);
}
