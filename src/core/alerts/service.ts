import type { Actor, Reach } from '../../kernel/actor.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { AlertPage, AlertQuery, NewAlert } from './alert.ts';

/** What an account's people should look at. Kept for 30 days. */
export interface Alerts {
  /** Stored soon. Those of an account beyond 300 in a minute are only logged. */
  raise(accountId: AccountId, alert: NewAlert): void;
  /**
   * What the actor reaches.
   * @param within - a part of it, such as one account
   * @throws {DomainError} `access.forbidden` for people who do not administer
   */
  list(actor: Actor, query: AlertQuery, within?: Reach): Promise<AlertPage>;
  /** Resolves when all that was raised is stored, or was given up. */
  settled(): Promise<void>;
}
