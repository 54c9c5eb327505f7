import { type Selectable, sql } from 'kysely';
import type {
  NumberPattern,
  NumberStore,
  NumberTarget,
  PhoneNumber,
} from '../../core/numbers/index.ts';
import { type AccountId, type NumberId, newId } from '../../kernel/ids.ts';
import type { E164 } from '../../kernel/phone-number.ts';
import type { Db } from '../connect.ts';
import { readKey, toPage } from '../page-keys.ts';
import type { NumberRow } from '../tables.ts';

const columns = [
  'id',
  'sid',
  'account_id',
  'e164',
  'target',
  'is_pattern',
  'trunk_id',
  'created_at',
] as const;

export const numberColumns = columns;

export const toNumber = (row: Selectable<NumberRow>): PhoneNumber => ({
  id: row.id,
  sid: row.sid,
  accountId: row.account_id,
  e164: row.e164,
  target: row.target,
  trunkId: row.trunk_id ?? undefined,
  createdAt: row.created_at,
});

export const toPattern = ({ e164, ...row }: Selectable<NumberRow>): NumberPattern => {
  const { e164: _none, ...rest } = toNumber({ ...row, e164 });
  return { ...rest, pattern: e164 };
};

const json = (target: NumberTarget) => JSON.stringify(target);

const told = (
  type: 'object.created' | 'object.changed' | 'object.removed',
  accountId: AccountId,
  id: NumberId,
) => ({ type, accountId, kind: 'number', id, at: new Date() }) as const;

/** A number that is given to another account crosses them; everything else is scoped. */
export function createNumberStore(db: Db): NumberStore {
  return {
    find: (accountId, id) =>
      db.reading(accountId, async (reader) => {
        const row = await reader
          .selectFrom('numbers')
          .select(columns)
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .where('is_pattern', '=', false)
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
            .where('is_pattern', '=', false)
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
          .where('is_pattern', '=', false)
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
            is_pattern: false,
            trunk_id: number.trunkId ?? null,
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
    insertPattern: (accountId, { pattern, target, trunkId }) =>
      db.telling(accountId, async (tx, tell) => {
        const id = newId<NumberId>();
        const row = await tx
          .insertInto('numbers')
          .values({
            id,
            account_id: accountId,
            e164: pattern as E164,
            target: json(target),
            is_pattern: true,
            trunk_id: trunkId ?? null,
            created_at: new Date(),
          })
          .returning(columns)
          .executeTakeFirstOrThrow();
        tell(told('object.created', accountId, id));
        return toPattern(row);
      }),
    move: (id, from, to) =>
      db.telling(
        from,
        async (tx, tell) => {
          const { numUpdatedRows } = await tx
            .updateTable('numbers')
            .set({
              account_id: to,
              target: json({ kind: 'none' }),
              trunk_id: sql`(select t.id from trunks t where t.id = trunk_id and t.account_id <> ${from})`,
            })
            .where('id', '=', id)
            .where('account_id', '=', from)
            .executeTakeFirst();
          if (numUpdatedRows === 0n) return false;
          tell(told('object.removed', from, id));
          tell(told('object.created', to, id));
          return true;
        },
        'crossing',
      ),
  };
}
