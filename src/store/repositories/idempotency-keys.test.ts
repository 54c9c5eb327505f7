import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../test/support/database.ts';
import { storedAccount } from '../../../test/support/stored.ts';

const database = await openDatabase();
const store = await database.store();
const keys = store.idempotency;

describe('a request that is sent again', () => {
  test('is new the first time, running until it is answered, then answered the same', async () => {
    const { account } = await storedAccount(store);
    expect(await keys.begin(account.id, 'k1', 'h1')).toEqual({ state: 'new' });
    expect(await keys.begin(account.id, 'k1', 'h1')).toEqual({ state: 'running' });
    await keys.finish(account.id, 'k1', 201, { id: '42', list: [1, null] });
    expect(await keys.begin(account.id, 'k1', 'h1')).toEqual({
      state: 'done',
      status: 201,
      body: { id: '42', list: [1, null] },
    });
  });

  test('with the key of another request is a mismatch, before and after the answer', async () => {
    const { account } = await storedAccount(store);
    await keys.begin(account.id, 'k1', 'h1');
    expect(await keys.begin(account.id, 'k1', 'h2')).toEqual({ state: 'mismatch' });
    await keys.finish(account.id, 'k1', 200, null);
    expect(await keys.begin(account.id, 'k1', 'h2')).toEqual({ state: 'mismatch' });
  });

  test('may be tried again when it failed', async () => {
    const { account } = await storedAccount(store);
    await keys.begin(account.id, 'k1', 'h1');
    await keys.forget(account.id, 'k1');
    expect(await keys.begin(account.id, 'k1', 'h1')).toEqual({ state: 'new' });
  });

  test('many times at once is new for exactly one', async () => {
    const { account } = await storedAccount(store);
    const states = await Promise.all(
      Array.from({ length: 10 }, () => keys.begin(account.id, 'k1', 'h1')),
    );
    expect(states.filter(({ state }) => state === 'new')).toHaveLength(1);
    expect(states.filter(({ state }) => state === 'running')).toHaveLength(9);
  });

  test('by another account is another request', async () => {
    const [one, two] = [await storedAccount(store), await storedAccount(store)];
    await keys.begin(one.account.id, 'k1', 'h1');
    await keys.finish(one.account.id, 'k1', 200, 'secret');
    expect(await keys.begin(two.account.id, 'k1', 'h1')).toEqual({ state: 'new' });
  });

  test('without an answer to repeat is answered with nothing', async () => {
    const { account } = await storedAccount(store);
    await keys.begin(account.id, 'k1', 'h1');
    await keys.finish(account.id, 'k1', 204, undefined);
    expect(await keys.begin(account.id, 'k1', 'h1')).toEqual({
      state: 'done',
      status: 204,
      body: null,
    });
  });

  test('is kept so that whoever reads the database sees neither the answer nor what was asked', async () => {
    const { account } = await storedAccount(store);
    await keys.begin(account.id, 'k1', 'the hash of a guessable request');
    await keys.finish(account.id, 'k1', 201, { secret: 'open sesame' });
    const rows = await database.query<{ all: string }>(
      'select row_to_json(k)::text as all from idempotency_keys k where account_id = $1',
      [account.id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.all).not.toContain('sesame');
    expect(rows[0]?.all).not.toContain('guessable');
  });

  test('after a day is new', async () => {
    const { account } = await storedAccount(store);
    await keys.begin(account.id, 'k1', 'h1');
    await keys.finish(account.id, 'k1', 200, null);
    await database.query("update idempotency_keys set created_at = now() - interval '25 hours'");
    await store.prune();
    expect(await keys.begin(account.id, 'k1', 'h1')).toEqual({ state: 'new' });
  });
});
