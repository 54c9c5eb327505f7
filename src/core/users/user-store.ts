import type { AccountId, UserId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/page.ts';
import type { NewUser, User, UserChange } from './user.ts';

export interface UserStore {
  find(accountId: AccountId, id: UserId): Promise<User | undefined>;
  findBySerial(accountId: AccountId, serial: number): Promise<User | undefined>;
  list(accountId: AccountId, page: PageRequest): Promise<Page<User>>;
  all(accountId: AccountId): Promise<readonly User[]>;
  /** With its password credential, and the event, in one transaction. */
  insert(
    accountId: AccountId,
    user: Omit<NewUser, 'password'>,
    passwordHash: string,
  ): Promise<User>;
  change(
    accountId: AccountId,
    id: UserId,
    change: Omit<UserChange, 'password'>,
    passwordHash: string | undefined,
  ): Promise<User | undefined>;
  remove(accountId: AccountId, id: UserId): Promise<boolean>;
}
