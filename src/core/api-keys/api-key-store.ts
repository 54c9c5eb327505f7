import type { AccountId, CredentialId, Sid } from '../../kernel/ids.ts';
import type { Account } from '../accounts/index.ts';
import type { ApiKey, NewApiKey } from './api-key.ts';

/** Across accounts by nature: a token finds its account. */
export interface ApiKeyStore {
  /** A key by its token, and the account it belongs to. */
  findByToken(
    token: string,
  ): Promise<{ readonly key: ApiKey; readonly account: Account } | undefined>;
  findBySid(sid: Sid): Promise<{ readonly key: ApiKey; readonly account: Account } | undefined>;
  /** Keys of one account, oldest first. */
  ofAccount(accountId: AccountId): Promise<readonly ApiKey[]>;
  insert(key: NewApiKey): Promise<ApiKey>;
  remove(accountId: AccountId, id: CredentialId): Promise<boolean>;
  markUsed(accountId: AccountId, id: CredentialId, at: Date): Promise<void>;
}
