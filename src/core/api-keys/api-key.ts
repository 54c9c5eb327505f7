import type { AccountId, CredentialId, Sid } from '../../kernel/ids.ts';

/** How far a key reaches: everything, what an operator owns, or one account. */
export type ApiKeyScope = 'installation' | 'operator' | 'account';

/** A bearer token of programs. It may be shown again to whoever may use it. */
export interface ApiKey {
  readonly id: CredentialId;
  readonly sid: Sid;
  /** Whose it is; keys of the installation are the first operator's. */
  readonly accountId: AccountId;
  readonly scope: ApiKeyScope;
  readonly token: string;
  readonly expiresAt: Date | undefined;
  readonly lastUsedAt: Date | undefined;
  readonly createdAt: Date;
}

export type NewApiKey = Pick<ApiKey, 'accountId' | 'scope' | 'token' | 'expiresAt'>;

/** A key that has run out is no key any more. */
export const isExpired = ({ expiresAt }: Pick<ApiKey, 'expiresAt'>, now: Date): boolean =>
  expiresAt !== undefined && expiresAt.getTime() <= now.getTime();
