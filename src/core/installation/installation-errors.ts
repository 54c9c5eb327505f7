import { DomainError } from '../../kernel/domain-error.ts';

export const sipAddressNotFound = (sid: string) =>
  new DomainError('not_found', 'installation.address_not_found', `There is no SIP address ${sid}`, {
    details: { sid },
  });

export const installationInvalid = (field: string, rule: string) =>
  new DomainError('invalid', 'installation.invalid', `${field} ${rule}`, { details: { field } });
