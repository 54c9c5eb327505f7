import type { DialectName } from '../../kernel/actor.ts';
import type { AccountId, CredentialId, Sid, UserId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/page.ts';
import type { Account, AccountChange, NewAccount } from './account.ts';
import type { Credential } from './credential.ts';

export interface AccountStore {
  find(id: AccountId): Promise<Account | undefined>;
  findBySid(sid: Sid): Promise<Account | undefined>;
  findDefault(): Promise<Account | undefined>;
  /** Customers; what operators keep for themselves is no tenant. */
  list(page: PageRequest): Promise<Page<Account>>;
  /** Every customer; there are thousands at most. */
  all(): Promise<readonly Account[]>;
  insert(account: NewAccount): Promise<Account>;
  change(id: AccountId, change: AccountChange): Promise<Account | undefined>;
  /** With everything that belongs to it, its events too: that it is gone, the default account is told. */
  remove(id: AccountId): Promise<boolean>;
}

/** Across accounts by nature: signing in finds the account. */
export interface CredentialStore {
  /** By the name that was sent: e-mail, login name or token id, in lower case. */
  findByName(kind: 'password' | 'token', name: string): Promise<readonly Credential[]>;
  findLogin(dialect: DialectName, name: string): Promise<Credential | undefined>;
  findBySecretHash(hash: string): Promise<Credential | undefined>;
  insert(credential: Omit<Credential, 'id' | 'createdAt'>): Promise<Credential>;
  list(accountId: AccountId, userId: UserId | undefined): Promise<readonly Credential[]>;
  remove(accountId: AccountId, id: CredentialId): Promise<boolean>;
}
