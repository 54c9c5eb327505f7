import type { Selectable } from 'kysely';
import type { ApiKey, ApiKeyStore } from '../../core/api-keys/index.ts';
import { type CredentialId, newId, tokenHash } from '../../kernel/ids.ts';
import type { Db } from '../connect.ts';
import type { SecretBox } from '../secret-box.ts';
import type { ApiKeyRow } from '../tables.ts';
import { accountColumns, toAccount } from './accounts.ts';

const columns = [
  'id',
  'sid',
  'account_id',
  'scope',
  'token_hash',
  'token_encrypted',
  'expires_at',
  'last_used_at',
  'created_at',
] as const;

const sealedFor = (id: CredentialId) => `api_keys/${id}`;

/** A token finds its account, so looking one up crosses accounts; the rest is scoped. */
export function createApiKeyStore(db: Db, box: SecretBox): ApiKeyStore {
  const toApiKey = (row: Selectable<ApiKeyRow>): ApiKey => ({
    id: row.id,
    sid: row.sid,
    accountId: row.account_id,
    scope: row.scope,
    token: box.open(row.token_encrypted, sealedFor(row.id)),
    expiresAt: row.expires_at ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
    createdAt: row.created_at,
  });
  const findBy = (column: 'token_hash' | 'sid', value: string) =>
    db.crossing(async (tx) => {
      const row = await tx
        .selectFrom('api_keys')
        .select(columns)
        .where(column, '=', value as never)
        .executeTakeFirst();
      if (!row) return undefined;
      const account = await tx
        .selectFrom('accounts')
        .select(accountColumns)
        .where('id', '=', row.account_id)
        .executeTakeFirstOrThrow();
      return { key: toApiKey(row), account: toAccount(account) };
    });
  return {
    findByToken: (token) => findBy('token_hash', tokenHash(token)),
    findBySid: (sid) => findBy('sid', sid),
    ofAccount: (accountId) =>
      db.reading(accountId, async (reader) =>
        (
          await reader
            .selectFrom('api_keys')
            .select(columns)
            .where('account_id', '=', accountId)
            .orderBy('created_at')
            .orderBy('id')
            .execute()
        ).map(toApiKey),
      ),
    insert: (key) =>
      db.tenant(key.accountId, async (tx) => {
        const id = newId<CredentialId>();
        const row = await tx
          .insertInto('api_keys')
          .values({
            id,
            account_id: key.accountId,
            scope: key.scope,
            token_hash: tokenHash(key.token),
            token_encrypted: box.seal(key.token, sealedFor(id)),
            expires_at: key.expiresAt ?? null,
            last_used_at: null,
            created_at: new Date(),
          })
          .returning(columns)
          .executeTakeFirstOrThrow();
        return toApiKey(row);
      }),
    remove: (accountId, id) =>
      db.tenant(accountId, async (tx) => {
        const { numDeletedRows } = await tx
          .deleteFrom('api_keys')
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),
    markUsed: (accountId, id, at) =>
      db.tenant(accountId, async (tx) => {
        await tx
          .updateTable('api_keys')
          .set({ last_used_at: at })
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .execute();
      }),
  };
}
