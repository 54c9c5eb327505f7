import type { AccountId, LegId, QueueId } from '../../kernel/ids.ts';
import type { Json } from '../../kernel/json.ts';

/** Lower is served first. */
export const usualPriority = 999;

/** A leg that waits in a queue. */
export interface QueueEntry {
  readonly legId: LegId;
  readonly priority: number;
  /** When it began to wait, in this queue or in one that it was moved from. */
  readonly joinedAt: Date;
  /** Who is about to be joined with it; it keeps its place until that has happened. */
  readonly takenBy: LegId | undefined;
}

/** A leg that waits for entries to take. */
export interface QueueTaker {
  readonly legId: LegId;
  readonly since: Date;
}

/** Where legs of one account wait, in order, until somebody takes them. */
export interface Queue {
  readonly id: QueueId;
  readonly accountId: AccountId;
  /** Unique within the account. */
  readonly name: string;
  /** Made ahead: it stays when nobody waits in it. */
  readonly reserved: boolean;
  /** Further legs are refused. */
  readonly maxLength: number | undefined;
  /** What its maker keeps with it, in that one's own words. */
  readonly notes: Json | undefined;
  readonly createdAt: Date;
  /** When it is gone for good. */
  readonly endedAt: Date | undefined;
  /** In the order in which they are served. */
  readonly entries: readonly QueueEntry[];
  /** In the order in which they came. */
  readonly takers: readonly QueueTaker[];
}

export const entryOf = (queue: Queue, legId: LegId): QueueEntry | undefined =>
  queue.entries.find((entry) => entry.legId === legId);

/** Place of a leg that waits, from 0; -1 if it does not wait here. */
export const positionOf = ({ entries }: Queue, legId: LegId): number =>
  entries.findIndex((entry) => entry.legId === legId);

/** The entry that is served next. */
export const nextEntry = ({ entries }: Queue): QueueEntry | undefined =>
  entries.find(({ takenBy }) => takenBy === undefined);

export const isFull = ({ entries, maxLength }: Queue): boolean =>
  maxLength !== undefined && entries.length >= maxLength;

/** The queue with an entry behind those that are served before it, whoever waits longer first. */
export function withEntry(queue: Queue, entry: QueueEntry): Queue {
  const others = withoutEntry(queue, entry.legId).entries;
  const at = others.findIndex(
    ({ priority, joinedAt }) =>
      priority > entry.priority || (priority === entry.priority && joinedAt > entry.joinedAt),
  );
  const place = at < 0 ? others.length : at;
  return { ...queue, entries: [...others.slice(0, place), entry, ...others.slice(place)] };
}

export const withoutEntry = (queue: Queue, legId: LegId): Queue => ({
  ...queue,
  entries: queue.entries.filter((entry) => entry.legId !== legId),
});

/** The queue with an entry before all others, among the first in priority. */
export function withEntryInFront(queue: Queue, legId: LegId): Queue {
  const entry = entryOf(queue, legId);
  if (!entry) return queue;
  const others = withoutEntry(queue, legId).entries;
  const priority = Math.min(entry.priority, others[0]?.priority ?? entry.priority);
  return { ...queue, entries: [{ ...entry, priority }, ...others] };
}

/** The queue with one entry marked as taken by somebody, or as free again. */
export const withTaken = (queue: Queue, legId: LegId, takenBy: LegId | undefined): Queue => ({
  ...queue,
  entries: queue.entries.map((entry) => (entry.legId === legId ? { ...entry, takenBy } : entry)),
});

export const withTaker = (queue: Queue, taker: QueueTaker): Queue => ({
  ...queue,
  takers: [...queue.takers.filter(({ legId }) => legId !== taker.legId), taker],
});

export const withoutTaker = (queue: Queue, legId: LegId): Queue => ({
  ...queue,
  takers: queue.takers.filter((taker) => taker.legId !== legId),
});

/** Whether nothing keeps a queue that was made by its first use. */
export const isAbandoned = ({ reserved, entries, takers }: Queue): boolean =>
  !reserved && entries.length === 0 && takers.length === 0;
