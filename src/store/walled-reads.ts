import { hash } from 'node:crypto';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { AccountId } from '../kernel/ids.ts';
import type { Tables } from './tables.ts';

/** Reads of one account; each statement is a transaction of its own. */
export type Reader = Pick<Kysely<Tables>, 'selectFrom'>;

/** The parts of a query of `pg` that are called while it runs. */
interface RunningQuery {
  submit(connection: pg.Connection): Error | null;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: pg.Connection): void;
}
const RunningQuery = pg.Query as unknown as new (config: pg.QueryConfig) => RunningQuery;

const wall =
  "select set_config('role', 'polyvox_app', true), set_config('polyvox.account', $1, true)";
const wallName = 'polyvox_wall';

/** Connections on which the wall is prepared. */
const walledConnections = new WeakSet<pg.Connection>();

/**
 * A statement that leaves together with the wall before it: one write, one answer, and one transaction, since
 * nothing but the last message ends it. @see PostgreSQL 18, 54.2.3 (extended query), 54.2.4 (pipelining)
 */
class WalledQuery extends RunningQuery {
  readonly #accountId: AccountId;
  #isBehindWall = false;

  constructor(accountId: AccountId, config: pg.QueryConfig) {
    super(config);
    this.#accountId = accountId;
  }

  override submit(connection: pg.Connection): Error | null {
    connection.stream.cork();
    try {
      if (!walledConnections.has(connection)) {
        connection.parse({ name: wallName, text: wall, types: [] }, true);
        walledConnections.add(connection);
      }
      connection.bind({ statement: wallName, values: [this.#accountId] }, true);
      connection.execute({}, true);
      return super.submit(connection);
    } finally {
      connection.stream.uncork();
    }
  }

  override handleDataRow(message: unknown): void {
    if (this.#isBehindWall) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: pg.Connection): void {
    if (this.#isBehindWall) super.handleCommandComplete(message, connection);
    this.#isBehindWall = true;
  }
}

/** Statements that each connection prepares under a name, and accounts whose reader is kept, at most. */
const mostNames = 200;
const mostReaders = 1_000;

/**
 * Reads behind the wall of an account, in one round trip each. A connection on which one failed is not used
 * again, so that nobody has to know how far it came.
 */
export function createWalledReads(pool: pg.Pool): (accountId: AccountId) => Reader {
  const names = new Map<string, string>();
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known || names.size >= mostNames) return known;
    const name = `polyvox_${hash('sha256', text).slice(0, 32)}`;
    names.set(text, name);
    return name;
  };
  const ask = (accountId: AccountId, text: string, values: readonly unknown[]) =>
    new Promise<pg.QueryResult>((resolve, reject) => {
      const query = new WalledQuery(accountId, { name: nameOf(text), text, values: [...values] });
      pool.query(query as never, [], (error: Error | undefined, result) =>
        error ? reject(error) : resolve(result),
      );
    });
  const readers = new Map<AccountId, Reader>();
  return (accountId) => {
    const known = readers.get(accountId);
    if (known) return known;
    const query = (text: string, values: readonly unknown[] = []) => ask(accountId, text, values);
    const client = { query, release: () => undefined };
    const reader = new Kysely<Tables>({
      dialect: new PostgresDialect({
        pool: { connect: async () => client, end: async () => undefined } as never,
      }),
    });
    if (readers.size >= mostReaders) readers.clear();
    readers.set(accountId, reader);
    return reader;
  };
}
