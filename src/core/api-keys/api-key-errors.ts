import { DomainError } from '../../kernel/domain-error.ts';

export const apiKeyNotFound = (sid: string) =>
  new DomainError('not_found', 'api_key.not_found', `There is no key ${sid}`, { details: { sid } });

export const apiKeyForeign = () =>
  new DomainError('forbidden', 'api_key.foreign', 'The key belongs to somebody else');

/** Somebody asked for a key that reaches further than, or elsewhere than, the own one. */
export const apiKeyTooMighty = (own: 'account' | 'operator', asked: 'installation' | 'foreign') =>
  new DomainError(
    'forbidden',
    'api_key.too_mighty',
    'A key can only be made for what one may manage oneself',
    { details: { own, asked } },
  );

export const apiKeyInvalid = (field: string, rule: string) =>
  new DomainError('invalid', 'api_key.invalid', `${field} ${rule}`, { details: { field } });
