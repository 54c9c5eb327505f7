import type { AccountId } from './ids.ts';

/** What is known of a request that may come twice. */
export type IdempotencyState =
  | { readonly state: 'new' }
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly status: number; readonly body: unknown }
  /** The key was used for another request. */
  | { readonly state: 'mismatch' };

/** Remembers answers for a day, so that a request which is sent again is not done again. */
export interface IdempotencyStore {
  begin(accountId: AccountId, key: string, requestHash: string): Promise<IdempotencyState>;
  finish(accountId: AccountId, key: string, status: number, body: unknown): Promise<void>;
  /** The request failed in a way that may succeed later. */
  forget(accountId: AccountId, key: string): Promise<void>;
}
