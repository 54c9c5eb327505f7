import type { AccountId, NumberId, UserId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/page.ts';
import type { NewNumber, NumberTarget, PhoneNumber } from './number.ts';
import type { NewNumberPattern, NumberPattern } from './number-pattern.ts';

export interface NumberStore {
  find(accountId: AccountId, id: NumberId): Promise<PhoneNumber | undefined>;
  list(accountId: AccountId, page: PageRequest): Promise<Page<PhoneNumber>>;
  ofUser(accountId: AccountId, userId: UserId): Promise<readonly PhoneNumber[]>;
  all(accountId: AccountId): Promise<readonly PhoneNumber[]>;
  insert(accountId: AccountId, number: NewNumber): Promise<PhoneNumber>;
  change(
    accountId: AccountId,
    id: NumberId,
    target: NumberTarget,
  ): Promise<PhoneNumber | undefined>;
  remove(accountId: AccountId, id: NumberId): Promise<boolean>;
  insertPattern(accountId: AccountId, pattern: NewNumberPattern): Promise<NumberPattern>;
  /** Gives a number or pattern to another account, where it leads nowhere yet. Crosses accounts. */
  move(id: NumberId, from: AccountId, to: AccountId): Promise<boolean>;
}
