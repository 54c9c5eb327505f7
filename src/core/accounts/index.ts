export type { Account, AccountChange, NewAccount } from './account.ts';
export { firstOperatorId, hasOwnDomain, placeholderDomain } from './account.ts';
export { accountNotFound, credentialRefused } from './account-errors.ts';
export type { AccountStore, CredentialStore } from './account-store.ts';
export { type AccountPorts, createAccounts } from './create-accounts.ts';
export { type AuthenticationPorts, createAuthentication } from './create-authentication.ts';
export {
  createDemo,
  createFirstAccount,
  type DemoStores,
  demo,
  isUnfinishedDemo,
} from './create-demo.ts';
export { createLogins, type LoginPorts } from './create-logins.ts';
export type { Credential, CredentialKind } from './credential.ts';
export { refuseKnownPasswords } from './known-passwords.ts';
export type { Login, LoginDialect } from './login.ts';
export type { PasswordHasher } from './password-hasher.ts';
export type { Accounts, Authentication, Logins, SignInSource } from './service.ts';
export type { Session, SessionStore } from './session-store.ts';
export type { Throttle } from './throttle.ts';
