import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../test/support/database.ts';
import { storedAccount } from '../../test/support/stored.ts';
import type { AccountId } from '../kernel/ids.ts';
import type { Tx } from './connect.ts';

const database = await openDatabase();
const db = database.connect();
const store = await database.store();

/** Tables in which every row belongs to an account. */
const walled = (
  await database.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'account_id' order by 1`,
  )
).map(({ name }) => name);

/** Whose rows a transaction sees in a table, without any condition of the query. */
const ownersSeen = async (tx: Tx, table: string): Promise<AccountId[]> => {
  const { rows } = await sql<{
    account_id: AccountId;
  }>`select distinct account_id from ${sql.table(table)}`.execute(tx);
  return rows.map(({ account_id }) => account_id);
};

/** The same through a read. */
const ownersRead = (accountId: AccountId, table: string, at = db): Promise<AccountId[]> =>
  at.reading(accountId, async (reader) => {
    const rows = await reader
      .selectFrom(table as 'users')
      .select('account_id')
      .distinct()
      .execute();
    return rows.map(({ account_id }) => account_id);
  });

/** One row in every walled table, for an account. */
async function oneOfEverything() {
  const stored = await storedAccount(store);
  const { account, user, endpoint } = stored;
  const id = account.id;
  await store.sessions.create({
    idHash: `hash of ${id}`,
    actor: {
      accountId: id,
      userId: user.id,
      admin: false,
      operator: false,
      scopes: 'all',
      credentialId: undefined,
      dialect: 'mikopbx',
    },
    expiresAt: new Date(Date.now() + 60_000),
  });
  await store.idempotency.begin(id, 'key', 'hash');
  await store.apiKeys.insert({
    accountId: id,
    scope: 'account',
    token: randomUUID(),
    expiresAt: undefined,
  });
  await store.deliveries.enqueue([
    {
      accountId: id,
      dialect: 'native',
      key: 'a leg',
      subject: 'leg.ended',
      request: { url: 'https://hooks.example/', method: 'POST', payload: {}, userAgent: 'test' },
    },
  ]);
  await database.query('insert into operators (account_id) values ($1)', [id]);
  await store.profiles.ensure(id, 'a secret');
  await store.limits.put(id, 'device', 1);
  await database.query(
    `insert into alerts (id, account_id, at, kind, message) values (gen_random_uuid(), $1, now(), 'no-carrier', '')`,
    [id],
  );
  await database.query(`insert into live_calls values (gen_random_uuid(), $1, '{}')`, [id]);
  await database.query(
    `insert into live_legs values (gen_random_uuid(), $1, gen_random_uuid(), '{}')`,
    [id],
  );
  await database.query(
    `insert into cdrs (leg_id, call_id, account_id, root_leg_id, direction, role, number, name, dialled, started_at, ended_at, duration_seconds, cause)
     values (gen_random_uuid(), gen_random_uuid(), $1, gen_random_uuid(), 'inbound', 'caller', '', '', '', now(), now(), 0, 'normal')`,
    [id],
  );
  await database.query(
    `insert into history (account_id, call_id, user_id, direction, status, from_number, from_name, to_number, to_name, endpoint_id, started_at, ended_at, duration_seconds)
     values ($1, gen_random_uuid(), $2, 'incoming', 'missed', '', '', '', '', $3, now(), now(), 0)`,
    [id, user.id, endpoint.id],
  );
  await database.query(
    `insert into recordings (id, account_id, call_id, leg_id, started_by, state, started_at)
     values (gen_random_uuid(), $1, gen_random_uuid(), gen_random_uuid(), '{}', 'running', now())`,
    [id],
  );
  for (const table of ['conferences', 'queues'])
    await database.query(`insert into ${table} values (gen_random_uuid(), $1, 'support', '{}')`, [
      id,
    ]);
  return stored;
}

const own = await oneOfEverything();
const other = await oneOfEverything();

describe('the walls of the database', () => {
  test('stand around every table whose rows belong to an account', async () => {
    const open = await database.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname = any($1) and not c.relrowsecurity`,
      [walled],
    );
    expect(walled.length).toBeGreaterThanOrEqual(13);
    expect(open).toEqual([]);
  });

  test.each(walled)(
    'a query of %s without a condition sees the own account alone',
    async (table) => {
      const everyone = await database.query<{ count: string }>(
        `select count(distinct account_id) as count from ${table}`,
      );
      expect(Number(everyone[0]?.count)).toBeGreaterThanOrEqual(2);
      const seen = await db.tenant(own.account.id, (tx) => ownersSeen(tx, table));
      expect(seen).toEqual([own.account.id]);
      expect(await ownersRead(own.account.id, table)).toEqual([own.account.id]);
    },
  );

  test('an account sees no other account', async () => {
    const seen = await db.tenant(own.account.id, (tx) =>
      tx.selectFrom('accounts').select('id').execute(),
    );
    expect(seen).toEqual([{ id: own.account.id }]);
  });

  test('rows of another account are neither changed nor removed, even when they are named', async () => {
    await db.tenant(own.account.id, async (tx) => {
      const changed = await tx
        .updateTable('users')
        .set({ first_name: 'Mallory' })
        .where('id', '=', other.user.id)
        .executeTakeFirst();
      expect(changed.numUpdatedRows).toBe(0n);
      const removed = await tx
        .deleteFrom('users')
        .where('id', '=', other.user.id)
        .executeTakeFirst();
      expect(removed.numDeletedRows).toBe(0n);
    });
    expect(await store.users.find(other.account.id, other.user.id)).toEqual(other.user);
  });

  test('a row cannot be put into another account, nor moved there', async () => {
    await expect(
      db.tenant(own.account.id, (tx) =>
        tx
          .insertInto('idempotency_keys')
          .values({
            account_id: other.account.id,
            key: 'planted',
            request_hash: '',
            status: null,
            body: null,
          })
          .execute(),
      ),
    ).rejects.toThrow(/row-level security/);
    await expect(
      db.tenant(own.account.id, (tx) =>
        tx
          .updateTable('users')
          .set({ account_id: other.account.id })
          .where('id', '=', own.user.id)
          .execute(),
      ),
    ).rejects.toThrow(/row-level security/);
  });

  test('a transaction that names no account sees nothing', async () => {
    const client = await db.pool.connect();
    try {
      await client.query('begin; set local role polyvox_app');
      for (const table of walled) {
        expect((await client.query(`select 1 from ${table}`)).rowCount, table).toBe(0);
      }
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  test('a connection that was used for one account keeps nothing of it', async () => {
    const single = database.connect();
    await single.tenant(own.account.id, (tx) => ownersSeen(tx, 'users'));
    const seen = await single.tenant(other.account.id, (tx) => ownersSeen(tx, 'users'));
    expect(seen).toEqual([other.account.id]);
    expect(single.pool.totalCount).toBe(1);
    const left = await single.pool.query<{ name: string }>(
      "select current_user as name, current_setting('polyvox.account', true) as account",
    );
    expect(left.rows).toMatchObject([{ name: 'polyvox', account: '' }]);
  });

  test('reads of two accounts that share connections never see each other', async () => {
    const accounts = Array.from({ length: 200 }, (_, at) => (at % 3 ? own : other).account.id);
    const seen = await Promise.all(accounts.map((id) => ownersRead(id, 'users')));
    expect(seen).toEqual(accounts.map((id) => [id]));
  });

  test('a read leaves nothing on its connection, whether it goes well or not', async () => {
    const single = database.connect();
    const session = async () => {
      const { rows } = await single.pool.query<{ name: string }>(
        "select current_user as name, current_setting('polyvox.account', true) as account",
      );
      return rows[0];
    };
    await ownersRead(own.account.id, 'users', single);
    expect(single.pool.totalCount).toBe(1);
    expect(await session()).toEqual({ name: 'polyvox', account: '' });
    await expect(ownersRead(own.account.id, 'nowhere', single)).rejects.toThrow(/nowhere/);
    await expect(ownersRead("' or true; --" as AccountId, 'users', single)).rejects.toThrow(/uuid/);
    expect(single.pool.totalCount).toBe(0);
    expect(await ownersRead(other.account.id, 'users', single)).toEqual([other.account.id]);
    expect(await session()).toEqual({ name: 'polyvox', account: '' });
  });

  test('what is no id never reaches the wall', () => {
    const hostile = "' or true; --" as AccountId;
    expect(() => db.tenant(hostile, (tx) => ownersSeen(tx, 'users'))).toThrow(TypeError);
  });

  test('queries that cross accounts see all of them', async () => {
    const seen = await db.crossing((tx) => ownersSeen(tx, 'users'));
    expect(seen).toEqual(expect.arrayContaining([own.account.id, other.account.id]));
  });
});

describe('a transaction', () => {
  test('that fails changes nothing and tells nothing', async () => {
    const before = await store.events.bounds(own.account.id);
    await expect(
      db.telling(own.account.id, async (tx, tell) => {
        await tx.deleteFrom('numbers').where('account_id', '=', own.account.id).execute();
        tell({
          type: 'object.removed',
          accountId: own.account.id,
          kind: 'number',
          id: own.number.id,
          at: new Date(),
        });
        throw new Error('the power went');
      }),
    ).rejects.toThrow('the power went');
    expect(await store.numbers.find(own.account.id, own.number.id)).toEqual(own.number);
    expect(await store.events.bounds(own.account.id)).toEqual(before);
  });

  test('on a database that is away is an outage, and the next one after its return is none', async () => {
    const { url, cable } = await database.behindCable();
    const far = await database.store(url);
    expect(await far.users.all(own.account.id)).toHaveLength(1);
    await cable.cut();
    await expect(far.users.all(own.account.id)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'store.unavailable',
    });
    await expect(far.ping()).rejects.toMatchObject({ code: 'store.unavailable' });
    await cable.restore();
    expect(await far.users.all(own.account.id)).toHaveLength(1);
    expect(await far.ping()).toMatch(/^18\./);
  });
});
