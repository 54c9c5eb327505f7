import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import type { Logger } from '../../kernel/logger.ts';
import type { Progress } from '../../kernel/progress.ts';
import { type DetachedProcess, startDetached } from '../../processes/index.ts';
import { loadPassword, postgresUser } from './data-folder.ts';
import { postgresFailed } from './postgres-errors.ts';
import { postgresProgram } from './programs.ts';

export interface EmbeddedPostgresOptions {
  /** `POLYVOX_DATA`, absolute. */
  readonly dataFolder: string;
  readonly runFolder: string;
  readonly progress: Progress;
  readonly logger: Logger;
}

/** A server that answers. */
export interface RunningServer {
  readonly server: DetachedProcess;
  readonly port: number;
}

export const logFileOf = ({ dataFolder }: EmbeddedPostgresOptions): string =>
  join(dataFolder, 'log', 'postgres.log');

export const processName = 'postgres';
const readyWithinMs = 60_000;
const lookEveryMs = 25;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

export const urlOf = (port: number, password: string): string =>
  `postgres://${postgresUser}:${password}@127.0.0.1:${port}/polyvox`;

export const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

/** Code of a wrong password. @see PostgreSQL 18, appendix A */
const wrongPassword = '28P01';

/** Whether a server answers, and to our password. `starting` while it cannot be told yet. */
export async function look(
  port: number,
  password: string,
): Promise<'ready' | 'starting' | 'refused'> {
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
  } catch (error) {
    return (error as { code?: string }).code === wrongPassword ? 'refused' : 'starting';
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Waits for a server that was just started. @throws {DomainError} `postgres.failed` */
export async function untilReady(
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
    const found = await look(port, password);
    if (found === 'ready') return;
    if (found === 'refused')
      throw postgresFailed('the password in postgres.secret is not the one it was made with', log);
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

/** Starts a server on a data folder that is there, and waits until it answers. */
export async function startServer(
  options: EmbeddedPostgresOptions,
  wantedPort?: number,
): Promise<RunningServer> {
  const logFile = logFileOf(options);
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
