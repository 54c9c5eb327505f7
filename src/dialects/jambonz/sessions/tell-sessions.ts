import type { Deliveries } from '../../../core/deliveries/index.ts';
import type { EventBus } from '../../../core/events/index.ts';
import type { LegId } from '../../../kernel/ids.ts';
import type { Logger } from '../../../kernel/logger.ts';
import { isSocketUrl } from '../source/call-session.ts';
import { deliveryOf } from '../source/status-hooks.ts';
import {
  createStatusReader,
  isStatusEvent,
  type StatusReaderPorts,
} from '../source/status-of-event.ts';
import type { AppSessions } from './create-sessions.ts';

export interface TellSessionsPorts extends StatusReaderPorts {
  readonly sessions: AppSessions;
  readonly deliveries: Pick<Deliveries, 'enqueue'>;
  readonly bus: EventBus;
  readonly logger: Logger;
}

/**
 * Tells applications that have a socket how their calls get on, in order for each leg; the status hook that an
 * application may have besides hears what its socket cannot.
 */
export function tellSessions(ports: TellSessionsPorts): () => void {
  const { sessions, deliveries, bus, logger } = ports;
  const read = createStatusReader(ports);
  /** What is being told about each leg, one after the other. */
  const lines = new Map<LegId, Promise<void>>();

  const tell = async (event: Parameters<typeof read>[0]): Promise<void> => {
    const told = await read(event);
    if (!told || !isSocketUrl(told.session.callHook?.url)) return;
    const message = { type: 'call:status', data: told.payload };
    const { id, parentLegId } = told.leg;
    // Whom a call has dialled is part of its session.
    const isTold =
      sessions.tell(id, message) ||
      (parentLegId !== undefined && sessions.tell(parentLegId, message));
    if (told.leg.state === 'hangup') sessions.end(told.leg.id);
    const delivery = isTold ? undefined : deliveryOf(told);
    if (delivery) await deliveries.enqueue([delivery]);
  };
  return bus.subscribe((events) => {
    for (const { event } of events) {
      if (!isStatusEvent(event)) continue;
      const next = (lines.get(event.legId) ?? Promise.resolve())
        .then(() => tell(event))
        .catch((error: unknown) =>
          logger.warn({ legId: event.legId, err: error }, 'an application was not told a status'),
        )
        .finally(() => {
          if (lines.get(event.legId) === next) lines.delete(event.legId);
        });
      lines.set(event.legId, next);
    }
  });
}
