import type { AccountId, CredentialId } from '../../kernel/ids.ts';

/** Dialects that know logins which are no users. */
export type LoginDialect = 'mikopbx';

/** The name that leads to the local account, with the operator's password; no account can have it. */
export const operatorLogin = 'admin';

/** A name and a password that open one dialect for an account. */
export interface Login {
  readonly id: CredentialId;
  readonly accountId: AccountId;
  readonly dialect: LoginDialect;
  /** Lower case; taken once in a dialect. */
  readonly name: string;
  readonly createdAt: Date;
}
