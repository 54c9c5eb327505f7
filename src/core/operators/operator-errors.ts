import { DomainError } from '../../kernel/domain-error.ts';

export const operatorNotFound = (id: string) =>
  new DomainError('not_found', 'operator.not_found', `There is no operator ${id}`, {
    details: { id },
  });

export const operatorInvalid = (field: string, rule: string) =>
  new DomainError('invalid', 'operator.invalid', `${field} ${rule}`, { details: { field } });

export const operatorInUse = () =>
  new DomainError('conflict', 'operator.in_use', 'It owns accounts, or people sign in there');
