import type { AccountId, CredentialId, UserId } from '../../kernel/ids.ts';
import type { LoginDialect } from './login.ts';

/**
 * A way to sign in. `password`: the user's own; `token`: name and secret of a personal access token;
 * `bearer`: one secret; `login`: a login of one dialect, which is no user.
 */
export type CredentialKind = 'password' | 'token' | 'bearer' | 'login';

export interface Credential {
  readonly id: CredentialId;
  readonly accountId: AccountId;
  /** Whose rights it carries; a bearer of the operator has none. */
  readonly userId: UserId | undefined;
  readonly kind: CredentialKind;
  /** Of a login: the dialect that it opens. */
  readonly dialect?: LoginDialect;
  /** What is sent as user name: e-mail, login name or token id. Lower case. */
  readonly name: string;
  /** argon2id for passwords and logins, SHA-256 for random tokens. */
  readonly secretHash: string;
  readonly scopes: 'all' | readonly string[];
  readonly operator: boolean;
  readonly createdAt: Date;
}
