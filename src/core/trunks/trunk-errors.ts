import { DomainError } from '../../kernel/domain-error.ts';

export const trunkNotFound = (id: string) =>
  new DomainError('not_found', 'trunk.not_found', `There is no trunk ${id}`, { details: { id } });

export const gatewayNotFound = (id: string) =>
  new DomainError('not_found', 'trunk.gateway_not_found', `There is no gateway ${id}`, {
    details: { id },
  });

export const trunkInvalid = (field: string, rule: string) =>
  new DomainError('invalid', 'trunk.invalid', `${field} ${rule}`, { details: { field } });
