import { DomainError } from '../../kernel/domain-error.ts';

export const queueNotFound = (queue: string) =>
  new DomainError('not_found', 'queue.not_found', `There is no queue ${queue}`, {
    details: { queue: queue.slice(0, 128) },
  });

export const entryNotFound = (legId: string) =>
  new DomainError(
    'not_found',
    'queue.entry_not_found',
    `The leg ${legId} does not wait in this queue`,
    { details: { legId } },
  );

export const queueTaken = (name: string) =>
  new DomainError('conflict', 'queue.taken', 'There is a queue of this name', {
    details: { name },
  });

export const queueInvalid = (field: string, rule: string) =>
  new DomainError('invalid', 'queue.invalid', `${field} ${rule}`, { details: { field } });

export const queueInUse = (name: string, length: number) =>
  new DomainError('conflict', 'queue.in_use', `${length} legs wait in the queue`, {
    details: { name, length },
  });

export const queueFull = (name: string) =>
  new DomainError('conflict', 'queue.full', 'As many legs wait in the queue as it may hold', {
    details: { name },
  });

/** Somebody is about to be joined with the leg: it cannot be moved or given to somebody else. */
export const entryIsTaken = (legId: string) =>
  new DomainError('conflict', 'queue.entry_taken', 'Somebody takes the leg at this moment', {
    details: { legId },
  });

/** Whom an entry shall be joined with is no leg of the account that is up and led by a program. */
export const takerUnusable = (legId: string) =>
  new DomainError(
    'conflict',
    'queue.taker_unusable',
    `The leg ${legId} is not answered, or takes part in somebody else’s call`,
    { details: { legId } },
  );
