import { DomainError } from '../../kernel/domain-error.ts';

export const deliveryNotFound = (id: string) =>
  new DomainError('not_found', 'delivery.not_found', `There is no failed delivery ${id}`, {
    details: { id },
  });
