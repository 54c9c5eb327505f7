import { sql } from 'kysely';
import type { NewOperator, Operator, OperatorStore } from '../../core/operators/index.ts';
import { type AccountId, newId } from '../../kernel/ids.ts';
import type { Db, Tx } from '../connect.ts';
import { readHook, writeHook } from '../hook-column.ts';
import type { SecretBox } from '../secret-box.ts';
import { accountColumns, toAccount } from './accounts.ts';

const sealedFor = (id: AccountId) => `operators/${id}/registration_hook`;

/** The lock of whoever gives the next operator its number. */
const serialLock = 7303;

/** What the account of an operator has; it makes no calls itself. */
const usual = {
  kind: 'operator',
  country: 'DE',
  area_code: '',
  time_zone: 'Europe/Berlin',
  language: 'en',
  max_concurrent_calls: 10_000,
  is_default: false,
  is_demo: false,
} as const;

const told = (id: AccountId, type: 'object.created' | 'object.changed') =>
  ({ type, accountId: id, kind: 'account', id, at: new Date() }) as const;

const ownColumns = ['description', 'root_domain', 'ms_teams_fqdn', 'registration_hook'] as const;

/** Owners of accounts cross accounts by nature: an account of theirs is none of a customer. */
export function createOperatorStore(db: Db, box: SecretBox): OperatorStore {
  const read = async (tx: Tx, only: AccountId | undefined): Promise<readonly Operator[]> => {
    const accounts = await tx
      .selectFrom('accounts')
      .select(accountColumns)
      .where('kind', '=', 'operator')
      .$if(only !== undefined, (query) => query.where('id', '=', only as AccountId))
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    const rows = await tx
      .selectFrom('operators')
      .select(['account_id', ...ownColumns])
      .$if(only !== undefined, (query) => query.where('account_id', '=', only as AccountId))
      .execute();
    return accounts.map((account) => {
      const row = rows.find(({ account_id: id }) => id === account.id);
      return {
        account: toAccount(account),
        name: account.name,
        description: row?.description ?? undefined,
        rootDomain: row?.root_domain ?? undefined,
        msTeamsFqdn: row?.ms_teams_fqdn ?? undefined,
        registrationHook: readHook(box, row?.registration_hook ?? null, sealedFor(account.id)),
      };
    });
  };
  const readOne = async (tx: Tx, id: AccountId) => (await read(tx, id))[0];
  const toRow = (id: AccountId, change: Partial<NewOperator>) => ({
    ...('description' in change && { description: change.description ?? null }),
    ...('rootDomain' in change && { root_domain: change.rootDomain ?? null }),
    ...('msTeamsFqdn' in change && { ms_teams_fqdn: change.msTeamsFqdn ?? null }),
    ...('registrationHook' in change && {
      registration_hook: writeHook(box, change.registrationHook, sealedFor(id)),
    }),
  });
  return {
    all: () => db.crossing((tx) => read(tx, undefined)),
    find: (id) => db.crossing((tx) => readOne(tx, id)),
    insert({ sid, sipDomain, ...operator }) {
      const id = newId<AccountId>();
      return db.telling(
        id,
        async (tx, tell) => {
          await sql`select pg_advisory_xact_lock(${serialLock})`.execute(tx);
          const { next } = await tx
            .selectFrom('accounts')
            .select((is) => is(is.fn.min('serial'), '-', 1).as('next'))
            .where('kind', '=', 'operator')
            .executeTakeFirstOrThrow();
          await tx
            .insertInto('accounts')
            .values({
              ...usual,
              id,
              sid,
              serial: Number(next),
              name: operator.name,
              sip_domain: sipDomain,
              created_at: new Date(),
            })
            .execute();
          await tx
            .insertInto('operators')
            .values({ account_id: id, ...toRow(id, operator) })
            .execute();
          tell(told(id, 'object.created'));
          return (await readOne(tx, id)) as Operator;
        },
        'crossing',
      );
    },
    change: (id, change) =>
      db.telling(
        id,
        async (tx, tell) => {
          const known = await tx
            .updateTable('accounts')
            .set({ id, ...(change.name !== undefined && { name: change.name }) })
            .where('id', '=', id)
            .where('kind', '=', 'operator')
            .returning('id')
            .executeTakeFirst();
          if (!known) return undefined;
          await tx
            .updateTable('operators')
            .set({ account_id: id, ...toRow(id, change) })
            .where('account_id', '=', id)
            .execute();
          tell(told(id, 'object.changed'));
          return readOne(tx, id);
        },
        'crossing',
      ),
    remove: (id) =>
      db.crossing(async (tx) => {
        const account = await tx
          .selectFrom('accounts')
          .select('id')
          .where('operator_id', '=', id)
          .executeTakeFirst();
        const user = await tx
          .selectFrom('users')
          .select('id')
          .where('account_id', '=', id)
          .executeTakeFirst();
        if (account || user) return 'in_use';
        const { numDeletedRows } = await tx
          .deleteFrom('accounts')
          .where('id', '=', id)
          .where('kind', '=', 'operator')
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),
  };
}
