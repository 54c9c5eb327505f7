import { DomainError } from '../../kernel/domain-error.ts';

export const postgresNotRunnable = (reason: string) =>
  new DomainError(
    'unavailable',
    'postgres.not_runnable',
    `The embedded Postgres cannot run here: ${reason}. Start Polyvox as an ordinary user, or set DATABASE_URL to a Postgres server of your own.`,
  );

export const postgresFailed = (what: string, log: string) =>
  new DomainError(
    'unavailable',
    'postgres.failed',
    `Postgres failed: ${what}. Its log is ${log}.`,
    {
      details: { log },
    },
  );

export const otherPostgresMajor = (found: string, wanted: string, folder: string) =>
  new DomainError(
    'conflict',
    'postgres.other_major',
    `${folder} was made by PostgreSQL ${found}, this Polyvox has ${wanted}. Make a backup with the Polyvox that made it and restore it into an empty folder.`,
    { details: { found, wanted } },
  );
