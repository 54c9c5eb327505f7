import type { Reach } from '../../kernel/actor.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Alert, AlertPage, AlertQuery } from './alert.ts';

export interface AlertStore {
  /** Alerts of one account, with an event for each. */
  put(accountId: AccountId, alerts: readonly Alert[]): Promise<void>;
  /** Those that lie within every one of these. */
  list(reaches: readonly Reach[], query: AlertQuery): Promise<AlertPage>;
}
