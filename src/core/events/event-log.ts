import type { AccountId } from '../../kernel/ids.ts';
import type { CoreEvent, StoredEvent } from './event.ts';

/** Committed events, kept for 7 days. */
export interface EventLog {
  /** Up to `limit` events of an account after a position, oldest first. */
  after(accountId: AccountId, position: number, limit: number): Promise<readonly StoredEvent[]>;
  /** The oldest position that is kept and the newest that was written; 0 when there is none. */
  bounds(accountId: AccountId): Promise<{ readonly oldest: number; readonly newest: number }>;
}

/** Tells listeners in this process of every event that was committed, in order, whichever node wrote it. */
export interface EventBus {
  subscribe(listener: (events: readonly StoredEvent[]) => void): () => void;
  /**
   * Hears of things that this process changed (`object.…`) once that is committed and before whoever changed
   * them goes on. They come by `subscribe` too, as do those that other nodes changed.
   */
  onChange(listener: (events: readonly CoreEvent[]) => void): void;
}
