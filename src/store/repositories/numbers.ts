import { type Selectable, sql } from 'kysely';
import type { NumberStore, NumberTarget, PhoneNumber } from '../../core/numbers/index.ts';
import { type AccountId, type NumberId, newId } from '../../kernel/ids.ts';
import type { Db } from '../connect.ts';
import { readKey, toPage } from '../page-keys.ts';
import type { NumberRow } from '../tables.ts';

const columns = ['id', 'sid', 'account_id', 'e164', 'target', 'created_at'] as const;

export const numberColumns = columns;

export const toNumber = (row: Selectable<NumberRow>): PhoneNumber => ({
  id: row.id,
  sid: row.sid,
  accountId: row.account_id,
  e164: row.e164,
  target: row.target,
  createdAt: row.created_at,
});

const json = (target: NumberTarget) => JSON.stringify(target);

const told = (
  type: 'object.created' | 'object.changed' | 'object.removed',
  accountId: AccountId,
  id: NumberId,
) => ({ type, accountId, kind: 'number', id, at: new Date() }) as const;

export function createNumberStore(db: Db): NumberStore {
  return {
    find: (accountId, id) =>
      db.reading(accountId, async (reader) => {
        const row = await reader
          .selectFrom('numbers')
          .select(columns)
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst();
        return row && toNumber(row);
      }),
    all: (accountId) =>
      db.reading(accountId, async (reader) =>
        (
          await reader
            .selectFrom('numbers')
            .select(columns)
            .where('account_id', '=', accountId)
            .orderBy('created_at')
            .orderBy('id')
            .execute()
        ).map(toNumber),
      ),
    ofUser: (accountId, userId) =>
      db.reading(accountId, async (reader) =>
        (
          await reader
            .selectFrom('numbers')
            .select(columns)
            .where('account_id', '=', accountId)
            .where(sql<string>`target->>'userId'`, '=', userId)
            .orderBy('created_at')
            .orderBy('id')
            .execute()
        ).map(toNumber),
      ),
    list: (accountId, { limit, after }) =>
      db.reading(accountId, async (reader) => {
        const key = readKey(after);
        const rows = await reader
          .selectFrom('numbers')
          .select(columns)
          .where('account_id', '=', accountId)
          .$if(key !== undefined, (query) =>
            query.where((is) =>
              is(
                is.refTuple('created_at', 'id'),
                '>',
                is.tuple(key?.at as Date, key?.id as NumberId),
              ),
            ),
          )
          .orderBy('created_at')
          .orderBy('id')
          .limit(limit + 1)
          .execute();
        return toPage(rows, limit, toNumber, (row) => ({ at: row.created_at, id: row.id }));
      }),
    insert: (accountId, number) =>
      db.telling(accountId, async (tx, tell) => {
        const id = newId<NumberId>();
        const row = await tx
          .insertInto('numbers')
          .values({
            id,
            account_id: accountId,
            e164: number.e164,
            target: json(number.target),
            created_at: new Date(),
          })
          .returning(columns)
          .executeTakeFirstOrThrow();
        tell(told('object.created', accountId, id));
        return toNumber(row);
      }),
    change: (accountId, id, target) =>
      db.telling(accountId, async (tx, tell) => {
        const row = await tx
          .updateTable('numbers')
          .set({ target: json(target) })
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .returning(columns)
          .executeTakeFirst();
        if (row) tell(told('object.changed', accountId, id));
        return row && toNumber(row);
      }),
    remove: (accountId, id) =>
      db.telling(accountId, async (tx, tell) => {
        const { numDeletedRows } = await tx
          .deleteFrom('numbers')
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst();
        if (numDeletedRows > 0n) tell(told('object.removed', accountId, id));
        return numDeletedRows > 0n;
      }),
  };
}
