import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../test/support/database.ts';
import { aCall, aLeg, secondsInto } from '../../test/support/legs.ts';
import { newNumber, storedAccount } from '../../test/support/stored.ts';
import { type Cdr, emptyEntry } from '../core/calls/index.ts';
import { type AccountId, newId } from '../kernel/ids.ts';
import type { Page, PageRequest } from '../kernel/page.ts';
import { readKey, writeKey } from './page-keys.ts';

const database = await openDatabase();
const store = await database.store();

/** Every page of a list, one after the other. */
async function pages<Item>(
  list: (page: PageRequest) => Promise<Page<Item>>,
  limit: number,
): Promise<Item[][]> {
  const all: Item[][] = [];
  let after: string | undefined;
  do {
    const { items, next } = await list({ limit, after });
    all.push([...items]);
    after = next;
  } while (after !== undefined);
  return all;
}

/** Numbers of one account; several share an instant of creation, as bulk imports do. */
async function manyNumbers(count: number): Promise<{ id: AccountId; ids: string[] }> {
  const { account } = await storedAccount(store);
  for (let at = 1; at < count; at += 1) await store.numbers.insert(account.id, newNumber());
  await database.query(
    `update numbers set created_at = date_trunc('second', created_at) where account_id = $1`,
    [account.id],
  );
  const all = await store.numbers.all(account.id);
  return { id: account.id, ids: all.map(({ id }) => id) };
}

describe('a list that is read page by page', () => {
  test('has every item once, in one order, whatever fits on a page', async () => {
    const { id, ids } = await manyNumbers(12);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 15 }), async (limit) => {
        const read = await pages((page) => store.numbers.list(id, page), limit);
        expect(read.flat().map((number) => number.id)).toEqual(ids);
        for (const page of read.slice(0, -1)) expect(page).toHaveLength(limit);
        expect(read.at(-1)?.length).toBeGreaterThan(0);
      }),
      { numRuns: 15 },
    );
  });

  test('neither skips nor repeats when items come and go meanwhile', async () => {
    const { id, ids } = await manyNumbers(9);
    const first = await store.numbers.list(id, { limit: 3, after: undefined });
    const [gone, ...stay] = ids.slice(1, 3);
    await store.numbers.remove(id, gone as never);
    await store.numbers.remove(id, ids[5] as never);
    const added = await store.numbers.insert(id, newNumber());
    const rest = await pages(
      ({ limit, after }) => store.numbers.list(id, { limit, after: after ?? first.next }),
      2,
    );
    const expected = [...ids.slice(3, 5), ...ids.slice(6), added.id];
    expect(rest.flat().map((number) => number.id)).toEqual(expected);
    expect(stay).toHaveLength(1);
  });

  test('of records of calls has the newest first', async () => {
    const { account } = await storedAccount(store);
    const call = aCall({ accountId: account.id });
    const made = Array.from({ length: 7 }, (_, at): Cdr => {
      const startedAt = secondsInto(call, Math.floor(at / 2));
      const leg = aLeg(call, { startedAt });
      return {
        legId: leg.id,
        sid: leg.sid,
        callId: call.id,
        accountId: account.id,
        parentLegId: undefined,
        rootLegId: leg.id,
        direction: leg.direction,
        role: leg.role,
        userId: undefined,
        endpointId: undefined,
        trunkId: undefined,
        number: '',
        name: '',
        dialled: '',
        startedAt,
        ringingAt: undefined,
        answeredAt: undefined,
        endedAt: startedAt,
        durationSeconds: 0,
        cause: 'normal',
        sipStatus: undefined,
        endedBy: 'party',
        source: undefined,
        tag: undefined,
      };
    });
    await store.journal.write({ ...emptyEntry, cdrs: made });
    const whole = await store.history.cdrs(account.id, { limit: 100, after: undefined });
    expect(whole.items).toHaveLength(7);
    const instants = whole.items.map(({ startedAt }) => startedAt.getTime());
    expect(instants).toEqual([...instants].sort((a, b) => b - a));
    for (const limit of [1, 2, 3, 7]) {
      const read = await pages((page) => store.history.cdrs(account.id, page), limit);
      expect(read.flat()).toEqual(whole.items);
    }
  });

  test('shows nothing of another account, even with its cursor', async () => {
    const [one, two] = [await manyNumbers(3), await manyNumbers(3)];
    const { next } = await store.numbers.list(one.id, { limit: 1, after: undefined });
    const { items } = await store.numbers.list(two.id, { limit: 10, after: next });
    expect(items.every(({ accountId }) => accountId === two.id)).toBe(true);
  });

  test('that is empty is one empty page', async () => {
    const nobody = newId<AccountId>();
    expect(await store.numbers.list(nobody, { limit: 5, after: undefined })).toEqual({
      items: [],
      next: undefined,
    });
  });
});

describe('a cursor', () => {
  test('leads back to where it came from', () => {
    const instants = fc.date({
      min: new Date(0),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.uuid(), (at, id) => {
        expect(readKey(writeKey({ at, id }))).toEqual({ at, id });
      }),
    );
  });

  test('that no list has given is refused, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        expect(() => readKey(text)).toThrow(expect.objectContaining({ code: 'page.bad_cursor' }));
      }),
    );
  });
});
