import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { silentLogger } from '../../src/kernel/logger.ts';
import { connect, type Db } from '../../src/store/connect.ts';
import { createStore, type Store } from '../../src/store/index.ts';
import { createTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** A database of one test file. */
export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  /** Runs SQL as the owner, outside of every wall. */
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** The same database at the end of a cable that can be cut. */
  behindCable(): Promise<{ readonly url: string; readonly cable: TcpProxy }>;
  /** A connection of its own, closed with the database. */
  connect(url?: string): Db;
  /** A whole store, closed with the database. */
  store(url?: string): Promise<Store>;
}

/** Seals what the tests store. */
export const secretKey = 'a key that only the tests know, long enough';

async function templateUrl(): Promise<string> {
  const answer = await fetch(inject('postgresDoor'));
  const text = await answer.text();
  if (!answer.ok) throw new Error(`there is no database for tests: ${text}`);
  return text;
}

const withDatabase = (url: string, name: string): string => url.replace(/[^/]*$/, name);

async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * A database for this test file, dropped after it: a clone of the migrated template, or an empty one.
 * To be awaited at the top of the file.
 */
export async function openDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const template = await templateUrl();
  const owner = withDatabase(template, 'postgres');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = withDatabase(template, name);
  const source = empty ? 'template0' : (template.split('/').at(-1) ?? '');
  await asOwner(owner, (client) => client.query(`create database ${name} template ${source}`));
  const closing: (() => Promise<unknown>)[] = [];

  afterAll(async () => {
    for (const close of closing.toReversed()) await close().catch(() => undefined);
    await asOwner(owner, (client) => client.query(`drop database ${name} with (force)`));
  });
  return {
    name,
    url,
    query: <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) =>
      asOwner(url, async (client) => (await client.query<Row>(sql, values)).rows),
    async behindCable() {
      const cable = await createTcpProxy(Number(new URL(url).port));
      closing.push(() => cable.close());
      const cabled = new URL(url);
      cabled.port = String(cable.port);
      return { url: cabled.href, cable };
    },
    connect(ownUrl = url) {
      const db = connect(ownUrl, silentLogger);
      closing.push(() => db.close());
      return db;
    },
    async store(ownUrl = url) {
      const store = await createStore({ url: ownUrl, secretKey, logger: silentLogger });
      closing.push(() => store.close());
      return store;
    },
  };
}
