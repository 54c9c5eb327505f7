import { DomainError } from '../../kernel/domain-error.ts';

export const applicationNotFound = (id: string) =>
  new DomainError('not_found', 'application.not_found', `There is no application ${id}`, {
    details: { id },
  });

export const applicationInvalid = (field: string, rule: string) =>
  new DomainError('invalid', 'application.invalid', `${field} ${rule}`, { details: { field } });

/** @param by - what leads to it */
export const applicationInUse = (by: 'numbers' | 'trunks') =>
  new DomainError('conflict', 'application.in_use', `There are ${by} that lead to it`, {
    details: { by },
  });
