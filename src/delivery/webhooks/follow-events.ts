import type { DeliverySource, DeliveryStore, NewDelivery } from '../../core/deliveries/index.ts';
import type { CoreEvent, EventBus, StoredEvent } from '../../core/events/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { isDomainError } from '../../kernel/domain-error.ts';
import type { Logger } from '../../kernel/logger.ts';

/** Milliseconds until reading is tried again while the database is away. */
const againMs = 1_000;

/** Milliseconds between two notes of how far was read while nothing concerned the source. */
const noteMs = 10_000;

export interface FollowPorts {
  readonly store: DeliveryStore;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Words one event; a source that fails because of a bug loses what it had to say, and nothing else. */
async function wordOne(
  source: DeliverySource,
  event: CoreEvent,
  logger: Logger,
): Promise<readonly NewDelivery[]> {
  try {
    return await source.word(event);
  } catch (error) {
    if (isDomainError(error) && error.kind === 'unavailable') throw error;
    logger.error(
      { err: error, dialect: source.dialect, event: event.type },
      'an event could not be worded and is lost to its hooks',
    );
    return [];
  }
}

/**
 * Lets a source read on whenever something was committed, on whichever node, from where it was.
 * @returns what ends it; resolves when nothing runs any more
 */
export async function followEvents(
  ports: FollowPorts,
  source: DeliverySource,
): Promise<() => Promise<void>> {
  const { store, bus, clock, logger } = ports;
  let isStopped = false;
  let wanted = false;
  let reading: Promise<void> | undefined;
  let forget = () => {};
  let forgetNote: (() => void) | undefined;

  const word = async (events: readonly CoreEvent[]): Promise<readonly NewDelivery[]> => {
    const worded: NewDelivery[] = [];
    for (const event of events) worded.push(...(await wordOne(source, event, logger)));
    return worded;
  };
  const readAll = async (): Promise<void> => {
    while (wanted && !isStopped) {
      wanted = false;
      try {
        if ((await store.readOn(source.dialect, word)) > 0) wanted = true;
      } catch (error) {
        logger.warn({ err: error, dialect: source.dialect }, 'events could not be worded yet');
        forget = clock.wakeAt(new Date(clock.now().getTime() + againMs), wake);
      }
    }
    reading = undefined;
  };
  const wake = (): void => {
    forgetNote?.();
    forgetNote = undefined;
    wanted = true;
    if (!isStopped) reading ??= readAll();
  };
  /** Reads on at once if something concerns the source; if not, some time, lest a start has much to read. */
  const hear = (events: readonly StoredEvent[]): void => {
    if (events.some(({ event }) => source.concerns(event))) return wake();
    forgetNote ??= clock.wakeAt(new Date(clock.now().getTime() + noteMs), wake);
  };
  await store.beginReading(source.dialect);
  const unsubscribe = bus.subscribe(hear);
  wake();
  return async () => {
    isStopped = true;
    unsubscribe();
    forget();
    forgetNote?.();
    await reading;
  };
}
