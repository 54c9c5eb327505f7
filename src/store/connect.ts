import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { CoreEvent } from '../core/events/index.ts';
import type { AccountId } from '../kernel/ids.ts';
import { isUuid } from '../kernel/ids.ts';
import type { Logger } from '../kernel/logger.ts';
import { translatePostgresError } from './postgres-errors.ts';
import type { Tables } from './tables.ts';
import { toJson } from './to-json.ts';
import { createWalledReads, type Reader } from './walled-reads.ts';

/** Inside a transaction. */
export type Tx = Kysely<Tables>;

/** Milliseconds that a statement, and getting a connection, may take. */
const statementLimitMs = 5_000;
const connectLimitMs = 5_000;

export interface Db {
  readonly pool: pg.Pool;
  /** A transaction that sees one account. */
  tenant<T>(accountId: AccountId, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Reads of one account, each statement for itself and in one round trip. */
  reading<T>(accountId: AccountId, work: (reader: Reader) => Promise<T>): Promise<T>;
  /** A transaction that sees every account. Only the repositories in `cross-account.ts` use it. */
  crossing<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Hears of the events of `telling` once they are committed, before its result is handed out. */
  onCommit(listener: (events: readonly CoreEvent[]) => void): void;
  /** A transaction that stores events with its rows. */
  telling<T>(
    accountId: AccountId,
    work: (tx: Tx, tell: (event: CoreEvent) => void) => Promise<T>,
    role?: 'tenant' | 'crossing',
  ): Promise<T>;
  /** Whether a process of the database serves one of our connections. */
  isOwn(processId: number): boolean;
  ping(): Promise<string>;
  close(): Promise<void>;
}

/** The lock that writers of events take, so that positions grow in the order of commits. */
export const eventLock = 7301;

/** What wakes the readers of events on every node. */
export const eventChannel = 'polyvox_events';

export function connect(url: string, logger: Logger): Db {
  pg.types.setTypeParser(pg.types.builtins.INT8, (text) => text);
  const pool = new pg.Pool({
    connectionString: url,
    max: 20,
    connectionTimeoutMillis: connectLimitMs,
    query_timeout: statementLimitMs,
    statement_timeout: statementLimitMs,
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'polyvox',
    keepAlive: true,
  });
  // A connection that breaks while a query runs tells the query; it must not end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', (error) => {
    if (!pool.ending) logger.warn({ err: error.message }, 'a database connection was lost');
  });
  const ownProcesses = new Set<number>();
  const processOf = (client: pg.PoolClient) =>
    (client as unknown as { readonly processID: number }).processID;
  pool.on('connect', (client) => ownProcesses.add(processOf(client)));
  pool.on('remove', (client) => ownProcesses.delete(processOf(client)));
  const listeners: ((events: readonly CoreEvent[]) => void)[] = [];

  /** One transaction; the wall is set up in the same round trip that begins it. */
  const transaction = async <T>(
    wall: string,
    work: (tx: Tx) => Promise<{ readonly result: T; readonly events: readonly CoreEvent[] }>,
  ): Promise<T> => {
    let client: pg.PoolClient | undefined;
    let broken: Error | undefined;
    try {
      client = await pool.connect();
      const own = client;
      await own.query(`begin; ${wall}`);
      const { result, events } = await work(onClient(own));
      await commitWith(own, events);
      return result;
    } catch (error) {
      if (client) {
        broken = await client.query('rollback').then(
          () => undefined,
          (failure: Error) => failure,
        );
      }
      throw translatePostgresError(error);
    } finally {
      client?.release(broken);
    }
  };
  const quietly =
    <T>(work: (tx: Tx) => Promise<T>) =>
    async (tx: Tx) => ({ result: await work(tx), events: [] });
  const tenantWall = (accountId: AccountId): string => {
    if (!isUuid(accountId)) throw new TypeError('not an account id');
    return `set local role polyvox_app; select set_config('polyvox.account', '${accountId}', true)`;
  };
  const readerOf = createWalledReads(pool);
  const crossingWall = 'set local role polyvox_crossing';
  return {
    pool,
    tenant: (accountId, work) => transaction(tenantWall(accountId), quietly(work)),
    async reading(accountId, work) {
      try {
        return await work(readerOf(accountId));
      } catch (error) {
        throw translatePostgresError(error);
      }
    },
    crossing: (work) => transaction(crossingWall, quietly(work)),
    onCommit: (listener) => void listeners.push(listener),
    async telling(accountId, work, role = 'tenant') {
      const wall = role === 'tenant' ? tenantWall(accountId) : crossingWall;
      const events: CoreEvent[] = [];
      const told = await transaction(wall, async (tx) => ({
        result: await work(tx, (event) => events.push(event)),
        events,
      }));
      if (events.length > 0) for (const listener of listeners) listener(events);
      return told;
    },
    isOwn: (processId) => ownProcesses.has(processId),
    async ping() {
      try {
        const { rows } = await pool.query<{ version: string }>(
          "select current_setting('server_version') as version",
        );
        return rows[0]?.version ?? '';
      } catch (error) {
        throw translatePostgresError(error);
      }
    },
    close: () => pool.end(),
  };
}

/** Kysely on each connection of the pool, made once. */
const builders = new WeakMap<pg.PoolClient, Kysely<Tables>>();

/** Kysely on one connection that is in a transaction already. */
function onClient(client: pg.PoolClient): Kysely<Tables> {
  const known = builders.get(client);
  if (known) return known;
  const query: pg.PoolClient['query'] = client.query.bind(client);
  const borrowed = { query, release: () => undefined } as pg.PoolClient;
  const single = { connect: async () => borrowed, end: async () => undefined };
  const builder = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: single }) });
  builders.set(client, builder);
  return builder;
}

/**
 * Appends events, wakes their readers and commits, all in one round trip: the lock that keeps positions in the
 * order of commits is held no longer than that. Events of an account that was removed meanwhile are left out.
 */
export async function commitWith(
  client: pg.ClientBase,
  events: readonly CoreEvent[],
): Promise<void> {
  if (events.length === 0) return void (await client.query('commit'));
  const rows = events.map((event) => ({
    account_id: event.accountId,
    at: event.at,
    type: event.type,
    body: event,
  }));
  await client.query(
    `select pg_advisory_xact_lock(${eventLock});
     insert into events (account_id, at, type, body)
     select e.account_id, e.at, e.type, e.body
     from rows from (jsonb_to_recordset(${client.escapeLiteral(toJson(rows))}::jsonb) as (account_id uuid, at timestamptz, type text, body jsonb))
       with ordinality as e(account_id, at, type, body, n)
     where exists (select from accounts where accounts.id = e.account_id)
     order by e.n;
     notify ${eventChannel};
     commit`,
  );
}
