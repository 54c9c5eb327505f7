import type { AccountId } from '../../kernel/ids.ts';
import type { Limit, LimitCategory } from './limit.ts';

export interface LimitStore {
  list(accountId: AccountId, category: LimitCategory | undefined): Promise<readonly Limit[]>;
  /** A new one, or the known one with another quantity. */
  put(accountId: AccountId, category: LimitCategory, quantity: number): Promise<Limit>;
  remove(accountId: AccountId, category: LimitCategory | undefined): Promise<readonly Limit[]>;
}
