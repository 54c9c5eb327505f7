import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg from 'pg';
import { type Logger, silentLogger } from '../kernel/logger.ts';
import { migrateJobs } from './jobs.ts';
import { schemaTooNew } from './postgres-errors.ts';

const folder = fileURLToPath(new URL('./migrations', import.meta.url));
const table = 'migrations';

/** Refuses a database that knows more migrations than this release. */
async function refuseNewer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string | null }>(
    `select to_regclass('public.${table}')::text as name`,
  );
  if (!rows[0]?.name) return;
  const known = new Set((await readdir(folder)).map((file) => file.replace(/\.sql$/, '')));
  const applied = await client.query<{ name: string }>(`select name from ${table} order by id`);
  const newer = applied.rows.find(({ name }) => !known.has(name));
  if (newer) throw schemaTooNew(newer.name);
}

/**
 * Brings a database to this release's schema. Several servers may do it at once: one works, the others wait.
 * @throws {DomainError} `store.schema_too_new` (conflict)
 */
export async function migrate({
  url,
  logger = silentLogger,
}: {
  readonly url: string;
  readonly logger?: Logger;
}): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(7300)');
    await refuseNewer(client);
    await runner({
      dbClient: client,
      dir: folder,
      direction: 'up',
      migrationsTable: table,
      noLock: true,
      checkOrder: true,
      logger: {
        debug: () => undefined,
        info: (message) => logger.debug({}, String(message)),
        warn: (message) => logger.warn({}, String(message)),
        error: (message) => logger.error({}, String(message)),
      },
    });
    const pool = new pg.Pool({ connectionString: url, max: 1 });
    pool.on('error', () => undefined);
    pool.on('connect', (own) => own.on('error', () => undefined));
    await migrateJobs(pool, logger).finally(() => pool.end());
  } finally {
    await client.end();
  }
}
