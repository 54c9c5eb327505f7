import type { EngineLegId } from '../../engine/port/index.ts';
import { newId } from '../../kernel/ids.ts';
import { hasEnded, type Leg } from '../calls/index.ts';
import type { LegEnd } from './end-leg.ts';
import type { Exchange } from './ports.ts';

/**
 * SIP statuses that speak for the called party, or of the number: another gateway would lead to the same.
 * @see RFC 3261 sections 21.4 and 21.6
 */
const speaksForTheParty = new Set([404, 410, 480, 484, 486, 487, 600, 603, 604, 606, 607, 608]);

/** Whether a leg was not reached because of the way that it took. */
const isStuck = (leg: Leg, { cause, sipStatus }: LegEnd): boolean =>
  (leg.state === 'init' || leg.state === 'calling') &&
  (sipStatus === undefined ? cause !== 'no_answer' : !speaksForTheParty.has(sipStatus));

/**
 * Lets a leg that a gateway did not take go through the next one: the same leg, under a new name in the engine. Its
 * call and whoever watches it see one leg that takes longer. @returns whether there was another way
 */
export function goAnotherWay(
  exchange: Exchange,
  leg: Leg,
  end: LegEnd,
  giveUp: (end: LegEnd) => void,
): boolean {
  const { live, engine, interpreter, hungUp, logger } = exchange;
  const [way, ...left] = leg.ways?.left ?? [];
  if (!leg.ways || !way || hungUp.has(leg.engineId) || !isStuck(leg, end)) return false;
  const { asked } = leg.ways;
  const engineId = newId<EngineLegId>();
  live.changeLeg(leg.id, {
    engineId,
    party: { kind: 'trunk', trunkId: way.trunkId },
    ways: { asked, left },
  });
  const isWanted = () => {
    const now = live.leg(leg.id);
    return now !== undefined && !hasEnded(now) && now.engineId === engineId;
  };
  const stored = live.durable();
  interpreter.mailboxes
    .of(leg.id)
    .post(async () => {
      await stored;
      if (isWanted()) await engine.dialLeg({ ...asked, id: engineId, target: way.target });
    })
    .catch((error: unknown) => {
      logger.warn({ legId: leg.id, err: error }, 'another gateway could not be tried');
      if (isWanted()) giveUp({ ...end, at: exchange.clock.now() });
    });
  return true;
}
