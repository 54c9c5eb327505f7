import { type Selectable, sql } from 'kysely';
import {
  type Account,
  type AccountChange,
  type AccountStore,
  firstOperatorId,
} from '../../core/accounts/index.ts';
import { digestOf } from '../../core/endpoints/index.ts';
import { type AccountId, newId } from '../../kernel/ids.ts';
import type { Db, Tx } from '../connect.ts';
import { readKey, toPage } from '../page-keys.ts';
import type { SecretBox } from '../secret-box.ts';
import type { AccountRow } from '../tables.ts';
import { endpointSeal } from './endpoints.ts';

const columns = [
  'id',
  'sid',
  'kind',
  'operator_id',
  'serial',
  'name',
  'sip_domain',
  'country',
  'area_code',
  'time_zone',
  'language',
  'max_concurrent_calls',
  'active',
  'is_default',
  'is_demo',
  'created_at',
] as const;

type Row = Pick<Selectable<AccountRow>, (typeof columns)[number]>;

export const toAccount = (row: Row): Account => ({
  id: row.id,
  sid: row.sid,
  kind: row.kind,
  operatorId: row.operator_id ?? undefined,
  serial: row.serial,
  name: row.name,
  sipDomain: row.sip_domain,
  country: row.country,
  areaCode: row.area_code,
  timeZone: row.time_zone,
  language: row.language,
  maxConcurrentCalls: row.max_concurrent_calls,
  active: row.active,
  isDefault: row.is_default,
  isDemo: row.is_demo,
  createdAt: row.created_at,
});

export const accountColumns = columns;

const toRow = (account: AccountChange) => ({
  ...(account.active !== undefined && { active: account.active }),
  ...(account.name !== undefined && { name: account.name }),
  ...(account.sipDomain !== undefined && { sip_domain: account.sipDomain }),
  ...(account.country !== undefined && { country: account.country }),
  ...(account.areaCode !== undefined && { area_code: account.areaCode }),
  ...(account.timeZone !== undefined && { time_zone: account.timeZone }),
  ...(account.language !== undefined && { language: account.language }),
  ...(account.maxConcurrentCalls !== undefined && {
    max_concurrent_calls: account.maxConcurrentCalls,
  }),
});

/** The lock of whoever gives the next account its number. */
const serialLock = 7302;

/** Devices prove their passwords together with the domain: another one needs other digests. */
async function proveAnew(tx: Tx, box: SecretBox, id: AccountId, realm: string): Promise<void> {
  const endpoints = await tx
    .selectFrom('endpoints')
    .select(['id', 'username', 'secret_encrypted'])
    .where('account_id', '=', id)
    .execute();
  for (const endpoint of endpoints) {
    const secret = box.open(endpoint.secret_encrypted, endpointSeal(endpoint.id));
    await tx
      .updateTable('endpoints')
      .set({ ha1: digestOf(endpoint.username, realm, secret) })
      .where('id', '=', endpoint.id)
      .execute();
  }
}

/** Tenants cross accounts by nature: only the operator's use cases reach this. */
export function createAccountStore(db: Db, box: SecretBox): AccountStore {
  const changed = (id: AccountId, type: 'object.created' | 'object.changed' | 'object.removed') =>
    ({ type, accountId: id, kind: 'account', id, at: new Date() }) as const;
  return {
    find: (id) =>
      db.crossing(async (tx) => {
        const row = await tx
          .selectFrom('accounts')
          .select(columns)
          .where('id', '=', id)
          .executeTakeFirst();
        return row && toAccount(row);
      }),
    findBySid: (sid) =>
      db.crossing(async (tx) => {
        const row = await tx
          .selectFrom('accounts')
          .select(columns)
          .where('sid', '=', sid)
          .executeTakeFirst();
        return row && toAccount(row);
      }),
    findDefault: () =>
      db.crossing(async (tx) => {
        const row = await tx
          .selectFrom('accounts')
          .select(columns)
          .where('is_default', '=', true)
          .executeTakeFirst();
        return row && toAccount(row);
      }),
    all: () =>
      db.crossing(async (tx) =>
        (
          await tx
            .selectFrom('accounts')
            .select(columns)
            .where('kind', '=', 'customer')
            .orderBy('serial')
            .execute()
        ).map(toAccount),
      ),
    list: ({ limit, after }) =>
      db.crossing(async (tx) => {
        const key = readKey(after);
        const rows = await tx
          .selectFrom('accounts')
          .select(columns)
          .where('kind', '=', 'customer')
          .$if(key !== undefined, (query) =>
            query.where((is) =>
              is(
                is.refTuple('created_at', 'id'),
                '>',
                is.tuple(key?.at as Date, key?.id as AccountId),
              ),
            ),
          )
          .orderBy('created_at')
          .orderBy('id')
          .limit(limit + 1)
          .execute();
        return toPage(rows, limit, toAccount, (row) => ({ at: row.created_at, id: row.id }));
      }),
    insert(account) {
      const id = newId<AccountId>();
      return db.telling(
        id,
        async (tx, tell) => {
          await sql`select pg_advisory_xact_lock(${serialLock})`.execute(tx);
          const { next } = await tx
            .selectFrom('accounts')
            .select((is) => is.fn.coalesce(is(is.fn.max('serial'), '+', 1), is.lit(0)).as('next'))
            .executeTakeFirstOrThrow();
          const row = await tx
            .insertInto('accounts')
            .values({
              id,
              ...(account.sid && { sid: account.sid }),
              serial: Number(next),
              name: account.name,
              sip_domain: account.sipDomain,
              country: account.country,
              area_code: account.areaCode,
              time_zone: account.timeZone,
              language: account.language,
              max_concurrent_calls: account.maxConcurrentCalls,
              is_default: account.isDefault,
              is_demo: account.isDemo,
              operator_id: account.operatorId ?? firstOperatorId,
              created_at: new Date(),
            })
            .returning(columns)
            .executeTakeFirstOrThrow();
          tell(changed(id, 'object.created'));
          return toAccount(row);
        },
        'crossing',
      );
    },
    change: (id, change) =>
      db.telling(
        id,
        async (tx, tell) => {
          const row = await tx
            .updateTable('accounts')
            .set({ ...toRow(change), id })
            .where('id', '=', id)
            .returning(columns)
            .executeTakeFirst();
          if (row && change.sipDomain !== undefined) await proveAnew(tx, box, id, row.sip_domain);
          if (row) tell(changed(id, 'object.changed'));
          return row && toAccount(row);
        },
        'crossing',
      ),
    remove: (id) =>
      db.telling(
        id,
        async (tx, tell) => {
          const { numDeletedRows } = await tx
            .deleteFrom('accounts')
            .where('id', '=', id)
            .executeTakeFirst();
          const hears = await tx
            .selectFrom('accounts')
            .select('id')
            .where('is_default', '=', true)
            .executeTakeFirst();
          if (numDeletedRows > 0n && hears)
            tell({ ...changed(id, 'object.removed'), accountId: hears.id });
          return numDeletedRows > 0n;
        },
        'crossing',
      ),
  };
}
