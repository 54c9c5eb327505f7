import type { Account, Credential, Login } from '../../../core/accounts/index.ts';
import type { User } from '../../../core/users/index.ts';

export const presentAccount = (account: Account) => ({
  ...account,
  createdAt: account.createdAt.toISOString(),
});

export const presentUser = (user: User) => ({
  id: user.id,
  serial: user.serial,
  email: user.email,
  login: user.login,
  firstName: user.firstName,
  lastName: user.lastName,
  admin: user.admin,
  extension: user.extension ?? null,
  timeZone: user.timeZone ?? null,
  language: user.language ?? null,
  busyOnBusy: user.busyOnBusy,
  createdAt: user.createdAt.toISOString(),
});

export const presentLogin = ({ id, dialect, name, createdAt }: Login) => ({
  id,
  dialect,
  name,
  createdAt: createdAt.toISOString(),
});

export const presentToken = (token: Credential) => ({
  id: token.id,
  name: token.name,
  scopes: token.scopes === 'all' ? ('all' as const) : [...token.scopes],
  createdAt: token.createdAt.toISOString(),
});
