import type { Selectable } from 'kysely';
import type { Credential, CredentialStore, LoginDialect } from '../../core/accounts/index.ts';
import type { CoreEvent } from '../../core/events/index.ts';
import { type CredentialId, newId } from '../../kernel/ids.ts';
import type { Db } from '../connect.ts';
import type { CredentialRow } from '../tables.ts';

const columns = [
  'id',
  'account_id',
  'user_id',
  'kind',
  'dialect',
  'name',
  'secret_hash',
  'scopes',
  'operator',
  'created_at',
] as const;

/** Tokens and logins are things that people make and remove; passwords belong to users, who are told of. */
const told = (
  type: 'object.created' | 'object.removed',
  { id, kind, accountId }: Pick<Credential, 'id' | 'kind' | 'accountId'>,
): readonly CoreEvent[] =>
  kind === 'token' || kind === 'login' ? [{ type, accountId, kind, id, at: new Date() }] : [];

const toCredential = (row: Selectable<CredentialRow>): Credential => ({
  id: row.id,
  accountId: row.account_id,
  userId: row.user_id ?? undefined,
  kind: row.kind,
  ...(row.dialect && { dialect: row.dialect }),
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
    findLogin: (dialect, name) =>
      db.crossing(async (tx) => {
        const row = await tx
          .selectFrom('credentials')
          .select(columns)
          .where('kind', '=', 'login')
          .where('dialect', '=', dialect as LoginDialect)
          .where('name', '=', name)
          .executeTakeFirst();
        return row && toCredential(row);
      }),
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
      db.telling(credential.accountId, async (tx, tell) => {
        const row = await tx
          .insertInto('credentials')
          .values({
            id: newId<CredentialId>(),
            account_id: credential.accountId,
            user_id: credential.userId ?? null,
            kind: credential.kind,
            dialect: credential.dialect ?? null,
            name: credential.name,
            secret_hash: credential.secretHash,
            scopes: credential.scopes === 'all' ? null : [...credential.scopes],
            operator: credential.operator,
            created_at: new Date(),
          })
          .returning(columns)
          .executeTakeFirstOrThrow();
        const made = toCredential(row);
        for (const event of told('object.created', made)) tell(event);
        return made;
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
      db.telling(accountId, async (tx, tell) => {
        const row = await tx
          .deleteFrom('credentials')
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .returning(columns)
          .executeTakeFirst();
        if (!row) return false;
        for (const event of told('object.removed', toCredential(row))) tell(event);
        return true;
      }),
  };
}
