import { type LegId, newId, type QueueId } from '../../kernel/ids.ts';
import { type Leg, secondsBetween } from '../calls/index.ts';
import type { CoreEvent } from '../events/index.ts';
import {
  entryOf,
  isAbandoned,
  nextEntry,
  positionOf,
  type Queue,
  type QueueEntry,
  withEntry,
  withoutEntry,
} from '../queues/index.ts';
import { about } from './leg-events.ts';
import type { Stage } from './stage.ts';

/** What is needed to change a queue, by an instruction or from outside. */
export type LinePorts = Pick<Stage, 'live' | 'clock' | 'inform'>;

export type LeftQueueBecause = Extract<CoreEvent, { type: 'queue.left' }>['reason'];

/** A queue of a name, that is made if there is none. */
export const queueFor = (ports: LinePorts, leg: Leg, name: string): Queue =>
  ports.live.queues.named(leg.accountId, name) ?? {
    id: newId<QueueId>(),
    accountId: leg.accountId,
    name,
    reserved: false,
    maxLength: undefined,
    notes: undefined,
    createdAt: ports.clock.now(),
    endedAt: undefined,
    entries: [],
    takers: [],
  };

/** Writes a queue down; one that was made by its first use goes with its last one. */
export const putQueue = (ports: LinePorts, queue: Queue): void =>
  ports.live.queues.put(isAbandoned(queue) ? { ...queue, endedAt: ports.clock.now() } : queue);

const aboutQueue = (queue: Queue, leg: Leg, at: Date) => ({
  ...about(leg, at),
  queueId: queue.id,
  queueName: queue.name,
  length: queue.entries.length,
});

export const tellQueued = (ports: LinePorts, queue: Queue, leg: Leg, entry: QueueEntry): void =>
  ports.live.tell({
    ...aboutQueue(queue, leg, ports.clock.now()),
    type: 'queue.joined',
    position: positionOf(queue, leg.id),
    priority: entry.priority,
  });

/** @param queue - without the entry */
export function tellUnqueued(
  ports: LinePorts,
  queue: Queue,
  leg: Leg,
  entry: QueueEntry,
  why: { readonly reason: LeftQueueBecause; readonly takenBy?: LegId | undefined },
): void {
  const at = ports.clock.now();
  ports.live.tell({
    ...aboutQueue(queue, leg, at),
    type: 'queue.left',
    reason: why.reason,
    waitedSeconds: secondsBetween(entry.joinedAt, at),
    takenBy: why.takenBy,
  });
}

/** A leg begins to wait. */
export function applyQueued(ports: LinePorts, before: Queue, leg: Leg, entry: QueueEntry): void {
  const queue = withEntry(before, entry);
  putQueue(ports, queue);
  tellQueued(ports, queue, leg, entry);
}

/** Offers whoever waits to those who take, as long as both are there. */
export function offer(ports: LinePorts, queueId: QueueId): void {
  const queue = ports.live.queues.get(queueId);
  for (const { legId } of queue?.takers ?? []) {
    const now = ports.live.queues.get(queueId);
    if (!now || !nextEntry(now)) return;
    ports.inform(legId, { type: 'queue', change: 'offered' });
  }
}

/** A leg waits no longer. */
export function applyUnqueued(
  ports: LinePorts,
  leg: Leg,
  reason: LeftQueueBecause,
  takenBy?: LegId,
): void {
  const before = ports.live.queues.withEntry(leg.id);
  const entry = before && entryOf(before, leg.id);
  if (!entry) return;
  const queue = withoutEntry(before, leg.id);
  putQueue(ports, queue);
  tellUnqueued(ports, queue, leg, entry, { reason, takenBy });
}
