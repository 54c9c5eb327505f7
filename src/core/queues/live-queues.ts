import type { AccountId, LegId, QueueId } from '../../kernel/ids.ts';
import type { Queue } from './queue.ts';

/** The queues of this node that are not gone. Values are replaced, never changed in place. */
export interface LiveQueues {
  get(id: QueueId): Queue | undefined;
  named(accountId: AccountId, name: string): Queue | undefined;
  /** Oldest first. */
  of(accountId: AccountId): readonly Queue[];
  /** The queue in which a leg waits. */
  withEntry(legId: LegId): Queue | undefined;
  /** Changes or adds one, and has it written down. One with `endedAt` is gone. */
  put(queue: Queue): void;
  /** Takes over what was stored, without writing it again. */
  load(queues: readonly Queue[]): void;
}

const keyOf = (accountId: AccountId, name: string): string => `${accountId} ${name}`;

/** @param write - has a change written down, with everything else of this turn */
export function createLiveQueues(write: (queue: Queue) => void): LiveQueues {
  const all = new Map<QueueId, Queue>();
  const byName = new Map<string, QueueId>();
  const byLeg = new Map<LegId, QueueId>();

  const get = (id: QueueId | undefined) => (id === undefined ? undefined : all.get(id));
  const index = (queue: Queue) => {
    for (const { legId } of all.get(queue.id)?.entries ?? []) {
      if (byLeg.get(legId) === queue.id) byLeg.delete(legId);
    }
    if (queue.endedAt) {
      all.delete(queue.id);
      byName.delete(keyOf(queue.accountId, queue.name));
      return;
    }
    all.set(queue.id, queue);
    byName.set(keyOf(queue.accountId, queue.name), queue.id);
    for (const { legId } of queue.entries) byLeg.set(legId, queue.id);
  };
  return {
    get,
    named: (accountId, name) => get(byName.get(keyOf(accountId, name))),
    of: (accountId) => [...all.values()].filter((one) => one.accountId === accountId),
    withEntry: (legId) => get(byLeg.get(legId)),
    put(queue) {
      index(queue);
      write(queue);
    },
    load(queues) {
      for (const queue of queues) index(queue);
    },
  };
}
