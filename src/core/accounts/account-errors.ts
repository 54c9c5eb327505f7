import { DomainError } from '../../kernel/domain-error.ts';

export const accountNotFound = (id: string) =>
  new DomainError('not_found', 'account.not_found', `There is no account ${id}`, {
    details: { id },
  });

export const accountInvalid = (field: string, rule: string) =>
  new DomainError('invalid', 'account.invalid', `${field} ${rule}`, { details: { field } });

export const tokenNotFound = (id: string) =>
  new DomainError('not_found', 'token.not_found', `There is no token ${id}`, { details: { id } });

export const loginNotFound = (id: string) =>
  new DomainError('not_found', 'login.not_found', `There is no login ${id}`, { details: { id } });

export const loginInvalid = (field: string, rule: string) =>
  new DomainError('invalid', 'login.invalid', `${field} ${rule}`, { details: { field } });

export const loginTaken = (name: string) =>
  new DomainError('conflict', 'login.taken', 'Another login has this name', { details: { name } });

/** Wrong name, wrong secret or neither: the answer is the same. */
export const credentialRefused = () =>
  new DomainError('unauthenticated', 'credential.refused', 'User name or secret is wrong');

export const credentialThrottled = (seconds: number) =>
  new DomainError(
    'limited',
    'credential.throttled',
    `Too many failed attempts to sign in; try again in ${seconds} s`,
    { details: { retryAfterSeconds: seconds } },
  );
