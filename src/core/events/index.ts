export { changedAccounts } from './changed-accounts.ts';
export type { CoreEvent, StoredEvent, Watcher } from './event.ts';
export type { EventBus, EventLog } from './event-log.ts';
export type { EventWriter } from './event-writer.ts';
