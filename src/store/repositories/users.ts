import type { Selectable } from 'kysely';
import type { User, UserStore } from '../../core/users/index.ts';
import { type AccountId, type CredentialId, newId, type UserId } from '../../kernel/ids.ts';
import type { Db, Tx } from '../connect.ts';
import { readKey, toPage } from '../page-keys.ts';
import type { UserRow } from '../tables.ts';
import { nextSerial } from './serials.ts';

const columns = [
  'id',
  'sid',
  'account_id',
  'serial',
  'email',
  'login',
  'first_name',
  'last_name',
  'admin',
  'extension',
  'time_zone',
  'language',
  'busy_on_busy',
  'created_at',
] as const;

export const userColumns = columns;

export const toUser = (row: Selectable<UserRow>): User => ({
  id: row.id,
  sid: row.sid,
  accountId: row.account_id,
  serial: row.serial,
  email: row.email,
  login: row.login,
  firstName: row.first_name,
  lastName: row.last_name,
  admin: row.admin,
  extension: row.extension ?? undefined,
  timeZone: row.time_zone ?? undefined,
  language: row.language ?? undefined,
  busyOnBusy: row.busy_on_busy,
  createdAt: row.created_at,
});

type Names = { readonly email?: string; readonly login?: string };

/** A user signs in with e-mail and login name: a password credential for each. */
async function writePasswords(
  tx: Tx,
  accountId: AccountId,
  userId: UserId,
  names: Names,
  hash: string,
): Promise<void> {
  const all = new Set(
    [names.email, names.login].flatMap((name) => (name ? [name.toLowerCase()] : [])),
  );
  for (const name of all) {
    await tx
      .insertInto('credentials')
      .values({
        id: newId<CredentialId>(),
        account_id: accountId,
        user_id: userId,
        kind: 'password',
        name,
        secret_hash: hash,
        scopes: null,
        operator: false,
        created_at: new Date(),
      })
      .execute();
  }
}

async function changePasswords(
  tx: Tx,
  accountId: AccountId,
  user: User,
  hash: string | undefined,
): Promise<void> {
  const known = await tx
    .deleteFrom('credentials')
    .where('account_id', '=', accountId)
    .where('user_id', '=', user.id)
    .where('kind', '=', 'password')
    .returning('secret_hash')
    .execute();
  const secret = hash ?? known[0]?.secret_hash;
  if (secret) await writePasswords(tx, accountId, user.id, user, secret);
}

const told = (
  type: 'object.created' | 'object.changed' | 'object.removed',
  accountId: AccountId,
  id: UserId,
) => ({ type, accountId, kind: 'user', id, at: new Date() }) as const;

export function createUserStore(db: Db): UserStore {
  return {
    find: (accountId, id) =>
      db.reading(accountId, async (reader) => {
        const row = await reader
          .selectFrom('users')
          .select(columns)
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst();
        return row && toUser(row);
      }),
    findBySerial: (accountId, serial) =>
      db.reading(accountId, async (reader) => {
        const row = await reader
          .selectFrom('users')
          .select(columns)
          .where('account_id', '=', accountId)
          .where('serial', '=', serial)
          .executeTakeFirst();
        return row && toUser(row);
      }),
    all: (accountId) =>
      db.reading(accountId, async (reader) =>
        (
          await reader
            .selectFrom('users')
            .select(columns)
            .where('account_id', '=', accountId)
            .orderBy('serial')
            .execute()
        ).map(toUser),
      ),
    list: (accountId, { limit, after }) =>
      db.reading(accountId, async (reader) => {
        const key = readKey(after);
        const rows = await reader
          .selectFrom('users')
          .select(columns)
          .where('account_id', '=', accountId)
          .$if(key !== undefined, (query) =>
            query.where((is) =>
              is(
                is.refTuple('created_at', 'id'),
                '>',
                is.tuple(key?.at as Date, key?.id as UserId),
              ),
            ),
          )
          .orderBy('created_at')
          .orderBy('id')
          .limit(limit + 1)
          .execute();
        return toPage(rows, limit, toUser, (row) => ({ at: row.created_at, id: row.id }));
      }),
    insert: (accountId, user, passwordHash) =>
      db.telling(accountId, async (tx, tell) => {
        const id = newId<UserId>();
        const row = await tx
          .insertInto('users')
          .values({
            id,
            account_id: accountId,
            serial: await nextSerial(tx, accountId, 'next_user_serial'),
            email: user.email,
            login: user.login,
            first_name: user.firstName,
            last_name: user.lastName,
            admin: user.admin,
            extension: user.extension ?? null,
            time_zone: user.timeZone ?? null,
            language: user.language ?? null,
            created_at: new Date(),
          })
          .returning(columns)
          .executeTakeFirstOrThrow();
        await writePasswords(tx, accountId, id, user, passwordHash);
        tell(told('object.created', accountId, id));
        return toUser(row);
      }),
    change: (accountId, id, change, passwordHash) =>
      db.telling(accountId, async (tx, tell) => {
        const row = await tx
          .updateTable('users')
          .set({
            id,
            ...(change.email !== undefined && { email: change.email }),
            ...(change.login !== undefined && { login: change.login }),
            ...(change.firstName !== undefined && { first_name: change.firstName }),
            ...(change.lastName !== undefined && { last_name: change.lastName }),
            ...(change.admin !== undefined && { admin: change.admin }),
            ...('extension' in change && { extension: change.extension ?? null }),
            ...('timeZone' in change && { time_zone: change.timeZone ?? null }),
            ...('language' in change && { language: change.language ?? null }),
            ...(change.busyOnBusy !== undefined && { busy_on_busy: change.busyOnBusy }),
          })
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .returning(columns)
          .executeTakeFirst();
        if (!row) return undefined;
        const user = toUser(row);
        if (passwordHash || change.email !== undefined || change.login !== undefined) {
          await changePasswords(tx, accountId, user, passwordHash);
        }
        tell(told('object.changed', accountId, id));
        return user;
      }),
    remove: (accountId, id) =>
      db.telling(accountId, async (tx, tell) => {
        const { numDeletedRows } = await tx
          .deleteFrom('users')
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst();
        if (numDeletedRows > 0n) tell(told('object.removed', accountId, id));
        return numDeletedRows > 0n;
      }),
  };
}
