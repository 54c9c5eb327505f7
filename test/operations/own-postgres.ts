import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { silentLogger } from '../../src/kernel/logger.ts';
import { silentProgress } from '../../src/kernel/progress.ts';
import { ensureDataFolder } from '../../src/store/embedded-postgres/data-folder.ts';
import {
  type RunningServer,
  startServer,
} from '../../src/store/embedded-postgres/server-process.ts';

/** A Postgres server that no Polyvox has started: an operator's own. */
export interface OwnPostgres {
  /** For `DATABASE_URL`: a new, empty database each time. */
  newDatabase(): Promise<string>;
  query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]>;
  /** Ends the server; what was committed stays. */
  end(): Promise<void>;
  /** Starts it again where it was. */
  start(): Promise<void>;
  /** It stays there, but does not move: nobody gets an answer. */
  freeze(): void;
  thaw(): void;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'polyvox-own-postgres-'));
  const runFolder = join(dataFolder, 'run');
  const options = { dataFolder, runFolder, progress: silentProgress, logger: silentLogger };
  await ensureDataFolder(dataFolder, join(dataFolder, 'log'));
  let running: RunningServer = await startServer(options);
  const { port } = running;
  const password = readFileSync(join(dataFolder, 'postgres.secret'), 'utf8');
  const urlOf = (name: string) => `postgres://polyvox:${password}@127.0.0.1:${port}/${name}`;
  let databases = 0;

  const query: OwnPostgres['query'] = async <Row extends pg.QueryResultRow>(
    url: string,
    sql: string,
  ) => {
    const client = new pg.Client(url);
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  /** The server and every process that it has made. */
  const everyProcess = (): number[] => {
    const { pid } = running.server;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return [pid, ...children.split(' ').filter(Boolean).map(Number)];
  };
  const send = (signal: NodeJS.Signals): void => {
    for (const pid of everyProcess()) process.kill(pid, signal);
  };
  const end = () => running.server.stop({ signal: 'SIGINT' });
  return {
    query,
    end,
    async newDatabase() {
      databases += 1;
      const name = `exchange_${databases}`;
      await query(urlOf('postgres'), `create database ${name}`);
      return urlOf(name);
    },
    async start() {
      running = await startServer(options, port);
    },
    freeze: () => send('SIGSTOP'),
    thaw: () => send('SIGCONT'),
    async remove() {
      await end();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
