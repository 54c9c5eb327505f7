import type { AccountId, Sid } from '../../kernel/ids.ts';
import type { NewOperator, Operator, OperatorChange } from './operator.ts';

/** Owners of accounts cross accounts by nature. */
export interface OperatorStore {
  all(): Promise<readonly Operator[]>;
  find(id: AccountId): Promise<Operator | undefined>;
  insert(
    operator: NewOperator & { readonly sid: Sid; readonly sipDomain: string },
  ): Promise<Operator>;
  change(id: AccountId, change: OperatorChange): Promise<Operator | undefined>;
  /** Only one without accounts and people. @returns whether it was there, or is in use */
  remove(id: AccountId): Promise<boolean | 'in_use'>;
}
