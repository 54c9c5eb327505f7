import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import type { Logger } from '../../kernel/logger.ts';
import type { Progress } from '../../kernel/progress.ts';
import { type DetachedProcess, findDetached, startDetached } from '../../processes/index.ts';
import { ensureDataFolder, loadPassword, postgresUser } from './data-folder.ts';
import { postgresFailed } from './postgres-errors.ts';
import { postgresProgram } from './programs.ts';

export interface EmbeddedPostgres {
  /** For `DATABASE_URL`. */
  readonly url: string;
  /** Whether it ran before this server. */
  readonly adopted: boolean;
  /** Ends the server. Connections are closed, what was committed stays. */
  stop(): Promise<void>;
  /** Stops watching; the server goes on. */
  leave(): void;
}

export interface EmbeddedPostgresOptions {
  /** `POLYVOX_DATA`, absolute. */
  readonly dataFolder: string;
  readonly runFolder: string;
  readonly progress: Progress;
  readonly logger: Logger;
}

const processName = 'postgres';
const readyWithinMs = 60_000;
const lookEveryMs = 25;
const backoffMs = { least: 200, most: 10_000 };

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const urlOf = (port: number, password: string): string =>
  `postgres://${postgresUser}:${password}@127.0.0.1:${port}/polyvox`;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether a server answers with our password. `starting` while it cannot be told yet. */
async function look(port: number, password: string): Promise<'ready' | 'starting'> {
  const client = new pg.Client({
    connectionString: urlOf(port, password).replace(/polyvox$/, 'postgres'),
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'polyvox'");
    if (!rowCount) await client.query('create database polyvox');
    return 'ready';
  } catch {
    return 'starting';
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function untilReady(
  server: DetachedProcess,
  port: number,
  password: string,
  log: string,
): Promise<void> {
  let ended = false;
  void server.gone.then(() => {
    ended = true;
  });
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline) {
    if ((await look(port, password)) === 'ready') return;
    if (ended) throw postgresFailed('it ended while starting', log);
    await wait(lookEveryMs);
  }
  throw postgresFailed(`it was not ready within ${readyWithinMs / 1000} s`, log);
}

/**
 * A lock file that a killed server left keeps a new one from starting if its process number was given to
 * somebody else meanwhile. It is removed unless that process really is a Postgres of this folder.
 */
function removeStaleLock(folder: string): void {
  const path = join(folder, 'postmaster.pid');
  if (!existsSync(path)) return;
  const pid = readFileSync(path, 'utf8').split('\n')[0]?.trim() ?? '';
  let command = '';
  try {
    command = readFileSync(`/proc/${Number(pid)}/cmdline`, 'utf8');
  } catch {
    // There is no such process.
  }
  if (!command.includes(folder)) rmSync(path, { force: true });
}

async function startServer(options: EmbeddedPostgresOptions, logFile: string, wantedPort?: number) {
  const folder = join(options.dataFolder, 'postgres');
  removeStaleLock(folder);
  const port = wantedPort ?? (await freePort());
  const { command, args } = await postgresProgram('postgres');
  const server = await startDetached(options.runFolder, processName, {
    command,
    args: [...args, '-D', folder, '-p', String(port)],
    logFile,
    notes: { port: String(port) },
  });
  await untilReady(server, port, loadPassword(options.dataFolder), logFile);
  return { server, port };
}

/** Starts a Postgres server under the data folder, or takes over the one that runs there. */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { dataFolder, runFolder, progress, logger } = options;
  const logFile = join(dataFolder, 'log', 'postgres.log');
  const running = findDetached(runFolder, processName);
  const password = loadPassword(dataFolder);
  const runningPort = Number(running?.notes.port ?? 0);
  const adopted = running && (await look(runningPort, password)) === 'ready' ? running : undefined;
  if (running && !adopted) await running.stop({ signal: 'SIGINT' });

  const start = async () => {
    const step = progress.step('Starting Postgres');
    try {
      const { made } = await ensureDataFolder(dataFolder, logFile);
      const started = await startServer(options, logFile);
      step.done(made ? 'with a new, empty database' : undefined);
      return started;
    } catch (error) {
      step.fail((error as Error).message);
      throw error;
    }
  };
  const first = adopted ? { server: adopted, port: runningPort } : await start();
  let { server } = first;
  const { port } = first;
  let watching = true;
  let waitMs = backoffMs.least;
  const watch = (): void => {
    void server.gone.then(async () => {
      while (watching) {
        logger.error({ againInMs: waitMs }, 'Postgres ended; it is started again');
        await wait(waitMs);
        waitMs = Math.min(waitMs * 2, backoffMs.most);
        try {
          ({ server } = await startServer(options, logFile, port));
          waitMs = backoffMs.least;
          return watch();
        } catch (error) {
          logger.error({ err: error }, 'Postgres could not be started');
        }
      }
    });
  };
  watch();
  return {
    url: urlOf(port, password),
    adopted: adopted !== undefined,
    leave() {
      watching = false;
    },
    async stop() {
      watching = false;
      await server.stop({ signal: 'SIGINT', graceMs: 15_000 });
    },
  };
}
