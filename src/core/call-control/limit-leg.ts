import { hasEnded, type Leg } from '../calls/index.ts';
import type { Exchange } from './ports.ts';

/** Ends an answered leg when it has lasted as long as it may. Also after a restart. */
export function limitLeg(exchange: Exchange, { id, answeredAt, mostSeconds }: Leg): void {
  if (!answeredAt || !mostSeconds) return;
  const { clock, live, engine, logger } = exchange;
  clock.wakeAt(new Date(answeredAt.getTime() + mostSeconds * 1_000), () => {
    const leg = live.leg(id);
    if (!leg || hasEnded(leg)) return;
    engine
      .hangUp(leg.engineId, 'normal')
      .catch((error: unknown) => logger.warn({ legId: id, err: error }, 'a leg lasts too long'));
  });
}
