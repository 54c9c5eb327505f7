import type { AccountId } from '../../kernel/ids.ts';
import type { CoreEvent } from './event.ts';

/** The accounts whose things were made, changed or removed, or that are gone themselves. */
export const changedAccounts = (events: readonly CoreEvent[]): ReadonlySet<AccountId> =>
  new Set(
    events.flatMap((event) => {
      if (
        event.type !== 'object.created' &&
        event.type !== 'object.changed' &&
        event.type !== 'object.removed'
      )
        return [];
      return event.kind === 'account' ? [event.id as AccountId] : [event.accountId];
    }),
  );
