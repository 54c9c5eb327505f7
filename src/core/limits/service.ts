import type { Actor } from '../../kernel/actor.ts';
import type { Account } from '../accounts/index.ts';
import type { Limit, LimitCategory } from './limit.ts';

/** Limits of an account or operator. They are set from above: an account by its operator, an operator by the installation. */
export interface Limits {
  of(actor: Actor, account: Account, category?: LimitCategory): Promise<readonly Limit[]>;
  /** @throws {DomainError} `access.forbidden` for whoever is to be limited */
  set(
    actor: Actor,
    account: Account,
    limit: { readonly category: LimitCategory; readonly quantity: number },
  ): Promise<Limit>;
  /** Back to what holds without. */
  remove(actor: Actor, account: Account, category?: LimitCategory): Promise<void>;
}
