import type { Selectable } from 'kysely';
import type { Credential, CredentialStore } from '../../core/accounts/index.ts';
import { type CredentialId, newId } from '../../kernel/ids.ts';
import type { Db } from '../connect.ts';
import type { CredentialRow } from '../tables.ts';

const columns = [
  'id',
  'account_id',
  'user_id',
  'kind',
  'name',
  'secret_hash',
  'scopes',
  'operator',
  'created_at',
] as const;

const toCredential = (row: Selectable<CredentialRow>): Credential => ({
  id: row.id,
  accountId: row.account_id,
  userId: row.user_id ?? undefined,
  kind: row.kind,
  name: row.name,
  secretHash: row.secret_hash,
  scopes: row.scopes ?? 'all',
  operator: row.operator,
  createdAt: row.created_at,
});

/** Signing in finds the account, so its queries cross accounts; the others are scoped. */
export function createCredentialStore(db: Db): CredentialStore {
  return {
    findByName: (kind, name) =>
      db.crossing(async (tx) =>
        (
          await tx
            .selectFrom('credentials')
            .select(columns)
            .where('kind', '=', kind)
            .where('name', '=', name)
            .execute()
        ).map(toCredential),
      ),
    findBySecretHash: (hash) =>
      db.crossing(async (tx) => {
        const row = await tx
          .selectFrom('credentials')
          .select(columns)
          .where('secret_hash', '=', hash)
          .where('kind', 'in', ['token', 'bearer'])
          .executeTakeFirst();
        return row && toCredential(row);
      }),
    insert: (credential) =>
      db.tenant(credential.accountId, async (tx) => {
        const row = await tx
          .insertInto('credentials')
          .values({
            id: newId<CredentialId>(),
            account_id: credential.accountId,
            user_id: credential.userId ?? null,
            kind: credential.kind,
            name: credential.name,
            secret_hash: credential.secretHash,
            scopes: credential.scopes === 'all' ? null : [...credential.scopes],
            operator: credential.operator,
            created_at: new Date(),
          })
          .returning(columns)
          .executeTakeFirstOrThrow();
        return toCredential(row);
      }),
    list: (accountId, userId) =>
      db.reading(accountId, async (reader) =>
        (
          await reader
            .selectFrom('credentials')
            .select(columns)
            .where('account_id', '=', accountId)
            .$if(userId !== undefined, (query) => query.where('user_id', '=', userId ?? null))
            .orderBy('created_at')
            .execute()
        ).map(toCredential),
      ),
    remove: (accountId, id) =>
      db.tenant(accountId, async (tx) => {
        const { numDeletedRows } = await tx
          .deleteFrom('credentials')
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),
    changePassword: (accountId, userId, secretHash) =>
      db.tenant(accountId, async (tx) => {
        await tx
          .updateTable('credentials')
          .set({ secret_hash: secretHash })
          .where('account_id', '=', accountId)
          .where('user_id', '=', userId)
          .where('kind', '=', 'password')
          .execute();
      }),
  };
}
