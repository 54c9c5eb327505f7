import { describe, expect, test } from 'vitest';
import { openDatabase, type TestDatabase } from '../../test/support/database.ts';
import { migrate } from './migrate.ts';

const applied = async (database: TestDatabase): Promise<string[]> =>
  (await database.query<{ name: string }>('select name from migrations order by id')).map(
    ({ name }) => name,
  );

const tables = async (database: TestDatabase): Promise<string[]> =>
  (
    await database.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' order by 1",
    )
  ).map(({ name }) => name);

const opened = await openDatabase({ empty: true });
const together = await openDatabase({ empty: true });
const newer = await openDatabase();

describe('bringing a database to this release', () => {
  test('makes everything in an empty one, and a second time changes nothing', async () => {
    const database = opened;
    await migrate({ url: database.url });
    const first = await applied(database);
    expect(first.length).toBeGreaterThan(0);
    expect(await tables(database)).toEqual(
      expect.arrayContaining(['accounts', 'users', 'live_calls', 'cdrs', 'events']),
    );
    await migrate({ url: database.url });
    expect(await applied(database)).toEqual(first);
  });

  test('is done once when several servers start at the same time', async () => {
    const database = together;
    await Promise.all(Array.from({ length: 5 }, () => migrate({ url: database.url })));
    const names = await applied(database);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(await applied(opened));
  });

  test('refuses one that a newer release has made, and leaves it as it is', async () => {
    const database = newer;
    await database.query(
      "insert into migrations (name, run_on) values ('999999_from-the-future', now())",
    );
    const before = await applied(database);
    await expect(migrate({ url: database.url })).rejects.toMatchObject({
      code: 'store.schema_too_new',
      details: { found: '999999_from-the-future' },
    });
    expect(await applied(database)).toEqual(before);
  });
});
