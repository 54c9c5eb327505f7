import { DomainError } from '../../kernel/domain-error.ts';

export const endpointNotFound = (id: string) =>
  new DomainError('not_found', 'endpoint.not_found', `There is no device ${id}`, {
    details: { id },
  });

export const endpointInvalid = (field: string, rule: string) =>
  new DomainError('invalid', 'endpoint.invalid', `${field} ${rule}`, { details: { field } });
