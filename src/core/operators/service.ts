import type { Actor } from '../../kernel/actor.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { NewOperator, Operator, OperatorChange } from './operator.ts';

/** Owners of accounts. The installation makes and removes them; one changes itself. */
export interface Operators {
  /** What the actor may manage: all, itself, or none. */
  list(actor: Actor): Promise<readonly Operator[]>;
  /** Also for accounts of the operator. @throws {DomainError} `operator.not_found` */
  get(actor: Actor, id: AccountId): Promise<Operator>;
  /** @throws {DomainError} `account.taken` (conflict) for a known name or domain */
  create(actor: Actor, operator: NewOperator): Promise<Operator>;
  change(actor: Actor, id: AccountId, change: OperatorChange): Promise<Operator>;
  /** @throws {DomainError} `operator.in_use` (conflict) */
  remove(actor: Actor, id: AccountId): Promise<void>;
}
