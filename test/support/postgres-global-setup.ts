import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { silentLogger } from '../../src/kernel/logger.ts';
import { silentProgress } from '../../src/kernel/progress.ts';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/store/embedded-postgres/index.ts';
import { migrate } from '../../src/store/index.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with the address of the template database; the first who asks has it made. */
    postgresDoor: string;
  }
}

const guardianFile = fileURLToPath(new URL('./postgres-guardian.ts', import.meta.url));

/** What a test database may lose in a power cut, for speed. */
const forgetfulness = ['fsync = off', 'synchronous_commit = off', 'full_page_writes = off'];

interface Server {
  readonly postgres: EmbeddedPostgres;
  readonly guardian: ChildProcess;
}

/** A server in a folder of its own, guarded before it starts, with one database that is migrated. */
async function start(): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'polyvox-tests-'));
  const guardian = spawn(process.execPath, [guardianFile, folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  try {
    const postgres = await startEmbeddedPostgres({
      dataFolder: folder,
      runFolder: join(folder, 'run'),
      progress: silentProgress,
      logger: silentLogger,
    });
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    for (const setting of forgetfulness) await client.query(`alter system set ${setting}`);
    await client.query('select pg_reload_conf()');
    await client.end();
    await migrate({ url: postgres.url });
    return { postgres, guardian };
  } catch (error) {
    guardian.stdin?.end();
    throw error;
  }
}

/** The guardian ends the server; the run waits for it. */
async function end({ postgres, guardian }: Server): Promise<void> {
  postgres.leave();
  const gone = new Promise((resolve) => guardian.once('exit', resolve));
  guardian.stdin?.end();
  await gone;
}

/** One database server for the whole run, started when the first test file wants it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<Server> | undefined;
  const door = createServer((_request, answer) => {
    starting ??= start();
    starting.then(
      ({ postgres }) => answer.end(postgres.url),
      (error: Error) => answer.writeHead(500).end(error.message),
    );
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  project.provide('postgresDoor', `http://127.0.0.1:${(door.address() as AddressInfo).port}/`);
  return async () => {
    door.closeAllConnections();
    door.close();
    const server = await starting?.catch(() => undefined);
    if (server) await end(server);
  };
}
