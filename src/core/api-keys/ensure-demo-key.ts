import type { Account } from '../accounts/index.ts';
import type { ApiKey } from './api-key.ts';
import type { ApiKeyStore } from './api-key-store.ts';

/**
 * Gives the demo account a key, unless it has one.
 * @param token - what this installation would like the key to be
 * @returns the key of that token; `undefined` if people have put others in its place
 */
export async function ensureDemoKey(
  store: ApiKeyStore,
  account: Account,
  token: string,
): Promise<ApiKey | undefined> {
  const known = await store.ofAccount(account.id);
  if (known.length > 0) return known.find((key) => key.token === token);
  return store.insert({ accountId: account.id, scope: 'account', token, expiresAt: undefined });
}
