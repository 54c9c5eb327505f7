import { describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../test/support/database.ts';
import { until } from '../../test/support/until.ts';
import { silentLogger } from '../kernel/logger.ts';
import { connect } from './connect.ts';
import { createJobs, type JobTasks } from './jobs.ts';

const database = await openDatabase();

const add = (name: string, seconds = 0, key: string | null = null) =>
  database.query(
    `select graphile_worker.add_job('look', json_build_object('name', $1::text), job_key := $3::text,
       run_at := now() + $2 * interval '1 second', max_attempts := 3)`,
    [name, seconds, key],
  );

/** Works on jobs until the test is over. */
async function working(look: JobTasks[string], url = database.url) {
  const db = connect(url, silentLogger);
  const jobs = createJobs(db.pool, silentLogger);
  onTestFinished(async () => {
    await jobs.stop();
    await db.close();
  });
  await jobs.start({ look });
  return jobs;
}

const nameOf = (payload: unknown) => (payload as { name: string }).name;

describe('jobs', () => {
  test('are done at once, those of later later, and those that waited first', async () => {
    await add('waited');
    const done: string[] = [];
    await working(async (payload) => void done.push(nameOf(payload)));
    await until(() => done.includes('waited'), 'the one that waited is done');
    await add('later', 1);
    await add('now');
    await until(() => done.length === 3, 'all are done');
    expect(done).toEqual(['waited', 'now', 'later']);
    await until(
      async () => (await database.query('select from graphile_worker.jobs')).length === 0,
      'none is left',
    );
  });

  test('that fail come again, and are forgotten when they have failed for good', async () => {
    let tried = 0;
    const jobs = await working(async () => {
      tried += 1;
      throw new Error('not now');
    });
    await add('failing');
    await until(() => tried === 1, 'it is tried');
    await until(
      async () =>
        (await database.query('select from graphile_worker.jobs where attempts = 1')).length === 1,
      'it waits to be tried again',
    );
    await database.query('update graphile_worker._private_jobs set attempts = max_attempts');
    await jobs.prune();
    expect(await database.query('select from graphile_worker.jobs')).toEqual([]);
  });

  test('go on when the database was away, even if that one could not be crossed out', async () => {
    const { url, cable } = await database.behindCable();
    const done: string[] = [];
    let cutting: Promise<void> | undefined;
    await working(async (payload) => {
      const name = nameOf(payload);
      if (name === 'cut') cutting ??= cable.cut();
      await cutting;
      done.push(name);
    }, url);
    await add('cut');
    await until(() => done.includes('cut'), 'the cable is cut in the middle');
    await add('meanwhile');
    await cable.restore();
    await until(() => done.includes('meanwhile'), 'work goes on', { withinMs: 60_000 });
    expect(done.filter((name) => name === 'cut')).toHaveLength(1);
  }, 120_000);

  test('that run when work is stopped are waited for', async () => {
    let isDone = false;
    let begun = false;
    let letGo: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const jobs = await working(async () => {
      begun = true;
      await held;
      isDone = true;
    });
    await add('slow');
    await until(() => begun, 'it runs');
    const stopping = jobs.stop();
    letGo();
    await stopping;
    expect(isDone).toBe(true);
  });
});
