export { createLiveQueues, type LiveQueues } from './live-queues.ts';
export {
  entryOf,
  isAbandoned,
  isFull,
  nextEntry,
  positionOf,
  type Queue,
  type QueueEntry,
  type QueueTaker,
  usualPriority,
  withEntry,
  withEntryInFront,
  withoutEntry,
  withoutTaker,
  withTaken,
  withTaker,
} from './queue.ts';
export {
  entryIsTaken,
  entryNotFound,
  queueFull,
  queueInUse,
  queueInvalid,
  queueNotFound,
  queueTaken,
  takerUnusable,
} from './queue-errors.ts';
export type {
  EntryMove,
  EntryView,
  NewQueue,
  QueueChange,
  Queues,
  QueueView,
} from './service.ts';
