import type { EventBus } from '../../../core/events/index.ts';
import type { Logger } from '../../../kernel/logger.ts';
import { isSocketUrl } from '../source/call-session.ts';
import {
  createNoticeReader,
  isNoticed,
  keyOf,
  type NoticeEvent,
  type NoticePorts,
} from '../source/room-notices.ts';
import type { AppSessions } from './create-sessions.ts';

export interface TellRoomsPorts extends NoticePorts {
  readonly bus: EventBus;
  readonly sessions: AppSessions;
  readonly logger: Logger;
}

/**
 * Tells applications that have a socket what happens in conferences and queues, and how verbs ended whose call is
 * over; in order for each conference and each leg.
 */
export function tellRooms(ports: TellRoomsPorts): () => void {
  const { bus, sessions, logger } = ports;
  const read = createNoticeReader(ports);
  const lines = new Map<string, Promise<void>>();

  const tell = async (event: NoticeEvent): Promise<void> => {
    for (const { legId, hook, message } of await read(event))
      if (isSocketUrl(hook.url)) sessions.tell(legId, message);
  };
  return bus.subscribe((events) => {
    for (const { event } of events) {
      if (!isNoticed(event)) continue;
      const key = keyOf(event);
      const next = (lines.get(key) ?? Promise.resolve())
        .then(() => tell(event))
        .catch((error: unknown) =>
          logger.warn({ key, err: error }, 'an application was not told of a room'),
        )
        .finally(() => {
          if (lines.get(key) === next) lines.delete(key);
        });
      lines.set(key, next);
    }
  });
}
