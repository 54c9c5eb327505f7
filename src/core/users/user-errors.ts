import { DomainError } from '../../kernel/domain-error.ts';

export const userNotFound = (id: string | number) =>
  new DomainError('not_found', 'user.not_found', `There is no user ${id}`, { details: { id } });

export const userInvalid = (field: string, rule: string) =>
  new DomainError('invalid', 'user.invalid', `${field} ${rule}`, { details: { field } });
