import { DomainError } from '../../kernel/domain-error.ts';

export const numberNotFound = (id: string) =>
  new DomainError('not_found', 'number.not_found', `There is no number ${id}`, { details: { id } });

export const numberInvalid = (field: string, rule: string) =>
  new DomainError('invalid', 'number.invalid', `${field} ${rule}`, { details: { field } });
