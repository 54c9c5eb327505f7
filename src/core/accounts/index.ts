export type { Account, AccountChange, NewAccount } from './account.ts';
export type { AccountStore, CredentialStore } from './account-store.ts';
export type { Credential, CredentialKind } from './credential.ts';
export type { Accounts, Authentication, SignInSource } from './service.ts';
export type { Session, SessionStore } from './session-store.ts';
