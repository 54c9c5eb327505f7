import { Logger as JobLogger, type Runner, run, runMigrations } from 'graphile-worker';
import type pg from 'pg';
import type { Logger } from '../kernel/logger.ts';

/** What is done with a job, by its name. What it throws lets the job come again, three times at most. */
export type JobTasks = Readonly<Record<string, (payload: unknown) => Promise<void>>>;

/** Work that survives the server: jobs wait in Postgres, in a schema of their own. */
export interface Jobs {
  /** Begins to work, and goes on until it is stopped, whatever happens to the database meanwhile. */
  start(tasks: JobTasks): Promise<void>;
  /** Begins no more jobs, and waits for those that run. */
  stop(): Promise<void>;
  /** Forgets jobs that have failed for good. */
  prune(): Promise<void>;
}

/** Jobs that run at once. They only wake others, so few are enough. */
const concurrentJobs = 4;

/** Milliseconds between two looks for jobs whose time has come; new ones are told of at once. */
const pollMs = 1_000;

/** Milliseconds until working begins anew after it broke down. */
const againMs = 1_000;

/** The library's own log, quieter: what it did is no news, and errors are tried again. */
const loggerOf = (logger: Logger) =>
  new JobLogger(() => (level, message) => {
    if (/^(error|warning)$/.test(level)) logger.warn({ jobs: message }, 'about jobs');
    else logger.debug({ jobs: message }, 'about jobs');
  });

/** Brings the schema of the jobs to this release's. */
export const migrateJobs = (pool: pg.Pool, logger: Logger): Promise<void> =>
  runMigrations({ pgPool: pool, logger: loggerOf(logger) });

export function createJobs(pool: pg.Pool, logger: Logger): Jobs {
  let runner: Runner | undefined;
  let again: NodeJS.Timeout | undefined;
  let isStopped = false;

  const begin = async (tasks: JobTasks): Promise<void> => {
    runner = await run({
      pgPool: pool,
      logger: loggerOf(logger),
      noHandleSignals: true,
      parsedCronItems: [],
      pollInterval: pollMs,
      concurrency: concurrentJobs,
      // In batches, though without delay: else one that cannot be crossed out is a rejection nobody handles.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      taskList: { ...tasks },
    });
    if (isStopped) return runner.stop();
    void runner.promise.catch(() => undefined).then(() => comeBack(tasks));
  };
  const comeBack = (tasks: JobTasks): void => {
    if (isStopped) return;
    logger.warn({}, 'work on jobs has broken off and begins anew');
    again = setTimeout(() => void begin(tasks).catch(() => comeBack(tasks)), againMs);
  };
  return {
    start: begin,
    async stop() {
      isStopped = true;
      clearTimeout(again);
      await runner?.stop().catch(() => undefined);
    },
    async prune() {
      await pool.query(
        `select graphile_worker.complete_jobs(array(
           select id from graphile_worker.jobs where attempts >= max_attempts and locked_at is null))`,
      );
    },
  };
}
