import type { Account } from '../../../core/accounts/index.ts';
import type { ApiKey } from '../../../core/api-keys/index.ts';
import { presentDate } from './dates.ts';

/** A key of an account or provider, with its whole token. */
export const presentApiKey = (key: ApiKey, owner: Account) => ({
  api_key_sid: key.sid,
  token: key.token,
  account_sid: key.scope === 'account' ? owner.sid : null,
  service_provider_sid: key.scope === 'operator' ? owner.sid : null,
  expires_at: key.expiresAt ? presentDate(key.expiresAt) : null,
  last_used: key.lastUsedAt ? presentDate(key.lastUsedAt) : null,
  created_at: presentDate(key.createdAt),
});
