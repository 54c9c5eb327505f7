import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../../test/support/database.ts';
import { newAccount, newDelivery } from '../../../test/support/stored.ts';
import type { DeliveryLane, DueDelivery } from '../../core/deliveries/index.ts';
import type { CoreEvent } from '../../core/events/index.ts';
import type { AccountId, DeliveryId } from '../../kernel/ids.ts';
import { createSecretBox } from '../secret-box.ts';
import { createDeliveryStore } from './deliveries.ts';
import { createLaneStore } from './delivery-lanes.ts';

const database = await openDatabase();
const store = await database.store();
const db = database.connect();
const box = createSecretBox('a key that only the tests know, long enough');
const { enqueue, failed, retry, readOn, beginReading, count } = createDeliveryStore(db, box);
const lanes = createLaneStore(db, box, 'this node');
const otherNode = createLaneStore(db, box, 'another node');

const refused = { code: 'hook.answered', status: 404 } as const;
const page = { limit: 100, after: undefined };

let accountId: AccountId;

beforeEach(async () => {
  await database.query('delete from deliveries');
  await database.query('delete from delivery_lanes');
  await database.query('delete from graphile_worker._private_jobs');
  accountId = (await store.accounts.insert(newAccount())).id;
});

const put = (...numbers: readonly number[]) =>
  enqueue(numbers.map((n) => newDelivery(accountId, { n })));

const laneIds = async (): Promise<string[]> =>
  (await database.query<{ id: string }>('select id from delivery_lanes order by id')).map(
    ({ id }) => id,
  );

/** Alarms: which lanes are looked at, and in how many seconds. */
const alarms = async () =>
  (
    await database.query<{ key: string; seconds: number }>(
      `select key, round(extract(epoch from run_at - now()))::int as seconds
       from graphile_worker.jobs where key is not null order by key`,
    )
  ).map(({ key, seconds }) => [key.replace('delivery-lane:', ''), seconds]);

async function takeOnly(from = lanes): Promise<DeliveryLane> {
  const [id = ''] = await laneIds();
  const lane = await from.take(id);
  if (!lane) throw new Error('the lane cannot be taken');
  return lane;
}

async function firstOf(lane: DeliveryLane): Promise<DueDelivery & { readonly mark: string }> {
  const { due, mark } = await lanes.first(lane);
  if (!due || mark === undefined) throw new Error('nothing waits');
  return { ...due, mark };
}

/** Gives the first of a lane up; returns its id. */
async function failFirst(): Promise<DeliveryId> {
  const lane = await takeOnly();
  const { delivery } = await firstOf(lane);
  await lanes.giveUp(lane, delivery.id, refused);
  return delivery.id;
}

describe('deliveries that are put in', () => {
  test('come out in the order in which they were, with everything they are to say', async () => {
    await put(1, 2);
    await put(3);
    const lane = await takeOnly();
    expect(lane.accountId).toBe(accountId);
    for (const n of [1, 2, 3]) {
      const { delivery, request, ageMs } = await firstOf(lane);
      expect(request).toEqual(newDelivery(accountId, { n }).request);
      expect(delivery).toMatchObject({
        accountId,
        dialect: 'native',
        key: 'a leg',
        subject: 'leg.ended',
        host: 'hooks.example',
        state: 'waiting',
        attempts: 0,
        lastFailure: undefined,
      });
      expect(ageMs).toBeLessThan(20_000);
      expect(await lanes.arrived(lane, delivery.id)).toBe(true);
    }
    expect(await lanes.first(lane)).toMatchObject({ due: undefined, mark: '3' });
    expect(await count()).toEqual({ waiting: 0, failed: 0 });
  });

  test('wake their lane once, and lanes of other keys and accounts apart', async () => {
    const other = (await store.accounts.insert(newAccount())).id;
    await put(1, 2, 3);
    await put(4);
    await enqueue([newDelivery(accountId, { key: 'b' }), newDelivery(other)]);
    const ids = await laneIds();
    expect(ids).toHaveLength(3);
    expect((await alarms()).map(([id]) => id).sort()).toEqual(ids.sort());
  });

  test('are sealed: neither credentials nor words nor the path can be read in the database', async () => {
    await enqueue([
      newDelivery(accountId, {
        request: {
          url: 'https://joe:hidden@hooks.example/hidden',
          password: 'hidden',
          payload: { pin: 'hidden' },
          headers: { cookie: 'hidden' },
        },
      }),
    ]);
    const rows = await database.query('select * from deliveries');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('hidden');
  });

  test('are all there or none', async () => {
    const long = newDelivery(accountId, { key: 'k'.repeat(201) });
    await expect(enqueue([newDelivery(accountId), long])).rejects.toThrow();
    expect(await count()).toEqual({ waiting: 0, failed: 0 });
    expect(await laneIds()).toEqual([]);
    expect(await alarms()).toEqual([]);
  });

  test('for an account that is gone are left out, the others are not', async () => {
    await enqueue([newDelivery(randomUUID() as AccountId), newDelivery(accountId)]);
    expect(await count()).toEqual({ waiting: 1, failed: 0 });
  });

  test('go with their account', async () => {
    await put(1);
    await store.accounts.remove(accountId);
    expect(await count()).toEqual({ waiting: 0, failed: 0 });
    expect(await laneIds()).toEqual([]);
  });

  test('by many at once, into few lanes, are all there and in order of commit', async () => {
    const put20 = (m: number) =>
      enqueue(
        Array.from({ length: 20 }, (_, n) =>
          newDelivery(accountId, { key: `key ${(n * 7 + m) % 5}`, n: m * 20 + n }),
        ),
      );
    await Promise.all(Array.from({ length: 20 }, (_, m) => put20(m)));
    expect(await count()).toEqual({ waiting: 400, failed: 0 });
    expect(await laneIds()).toHaveLength(5);
  });
});

describe('a lane', () => {
  test('is held by one node at a time', async () => {
    await put(1);
    const [id = ''] = await laneIds();
    const taken = await Promise.all([lanes.take(id), otherNode.take(id)]);
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  test('whose node is silent for a minute goes to another, and the first one is told so', async () => {
    await put(1);
    const lane = await takeOnly();
    const { delivery } = await firstOf(lane);
    expect(await otherNode.take(lane.id)).toBeUndefined();
    await database.query("update delivery_lanes set held_until = now() - interval '1 second'");
    expect(await otherNode.take(lane.id)).toEqual(lane);
    expect(await lanes.first(lane)).toEqual({ due: undefined, mark: undefined });
    expect(await lanes.giveUp(lane, delivery.id, refused)).toBe(false);
    expect(await lanes.arrived(lane, delivery.id)).toBe(false);
  });

  test('that is empty ends', async () => {
    await put(1);
    const lane = await takeOnly();
    const { delivery, mark } = await firstOf(lane);
    await lanes.arrived(lane, delivery.id);
    expect(await lanes.close(lane, mark)).toBe(true);
    expect(await laneIds()).toEqual([]);
  });

  test('into which something is put while it would end does not', async () => {
    await put(1);
    const lane = await takeOnly();
    const { delivery } = await firstOf(lane);
    await lanes.arrived(lane, delivery.id);
    const { due, mark = '' } = await lanes.first(lane);
    expect(due).toBeUndefined();
    await put(2);
    expect(await lanes.close(lane, mark)).toBe(false);
    expect((await firstOf(lane)).request.payload).toEqual({ n: 2 });
  });

  test('that ends in the middle of somebody putting something in begins anew with it', async () => {
    for (let round = 0; round < 20; round += 1) {
      await put(1);
      const lane = await takeOnly();
      const { delivery } = await firstOf(lane);
      await lanes.arrived(lane, delivery.id);
      const { mark = '' } = await lanes.first(lane);
      await database.query('delete from graphile_worker._private_jobs');
      const [closed] = await Promise.all([lanes.close(lane, mark), put(2)]);
      const waiting = closed ? await takeOnly() : lane;
      expect((await firstOf(waiting)).request.payload).toEqual({ n: 2 });
      if (closed) expect(await alarms()).toHaveLength(1);
      await database.query('delete from delivery_lanes; delete from deliveries');
    }
  });

  test('that is postponed is woken later and cannot be taken before', async () => {
    await put(1, 2);
    const lane = await takeOnly();
    const { delivery } = await firstOf(lane);
    await lanes.postpone(lane, 60_000, { id: delivery.id, failure: refused });
    expect(await lanes.take(lane.id)).toBeUndefined();
    expect(await alarms()).toEqual([[lane.id, 60]]);
    await put(3);
    expect(await alarms()).toEqual([[lane.id, 60]]);
    await database.query("update delivery_lanes set due_at = now() - interval '1 second'");
    const again = await firstOf(await takeOnly());
    expect(again.delivery).toMatchObject({ id: delivery.id, attempts: 1, lastFailure: refused });
    expect(again.delivery.lastAttemptAt).toBeInstanceOf(Date);
  });

  test('that is postponed by us counts no attempt', async () => {
    await put(1);
    const lane = await takeOnly();
    await lanes.postpone(lane, 0);
    expect((await firstOf(await takeOnly())).delivery.attempts).toBe(0);
  });

  test('goes on behind what was given up', async () => {
    await put(1, 2);
    await failFirst();
    const { request } = await firstOf(await takeOnly());
    expect(request.payload).toEqual({ n: 2 });
    expect(await count()).toEqual({ waiting: 1, failed: 1 });
  });

  describe('whose alarm was lost', () => {
    const loseAlarms = () => database.query('delete from graphile_worker._private_jobs');

    test('is woken when it is late enough', async () => {
      await put(1);
      await loseAlarms();
      await lanes.wakeOverdue(30_000, []);
      expect(await alarms()).toEqual([]);
      await database.query("update delivery_lanes set due_at = now() - interval '31 seconds'");
      await lanes.wakeOverdue(30_000, []);
      expect(await alarms()).toHaveLength(1);
    });

    test('is woken if this node holds it and does not work on it, and anybody may take it', async () => {
      await put(1);
      const lane = await takeOnly();
      await loseAlarms();
      await lanes.wakeOverdue(0, [lane.id]);
      await otherNode.wakeOverdue(0, []);
      expect(await alarms()).toEqual([]);
      await lanes.wakeOverdue(0, []);
      expect(await alarms()).toHaveLength(1);
      expect(await otherNode.take(lane.id)).toEqual(lane);
    });

    test('is woken if another node held it and is gone for a minute', async () => {
      await put(1);
      await takeOnly();
      await loseAlarms();
      await database.query("update delivery_lanes set held_until = now() - interval '1 second'");
      await otherNode.wakeOverdue(0, []);
      expect(await alarms()).toHaveLength(1);
    });
  });
});

describe('failed deliveries', () => {
  test('are listed newest first, page by page, for their account alone', async () => {
    const other = (await store.accounts.insert(newAccount())).id;
    await enqueue([newDelivery(other)]);
    await failFirst();
    await database.query('delete from delivery_lanes');
    const ids: DeliveryId[] = [];
    for (let n = 0; n < 5; n += 1) {
      await put(n);
      ids.unshift(await failFirst());
      await database.query('delete from delivery_lanes');
    }
    await put(6);
    const first = await failed(accountId, { limit: 3, after: undefined });
    const second = await failed(accountId, { limit: 3, after: first.next });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
    expect(second.next).toBeUndefined();
    expect(first.items[0]).toMatchObject({ state: 'failed', attempts: 1, lastFailure: refused });
    expect((await failed(other, page)).items).toHaveLength(1);
  });

  test('can be wanted again, before what was put in after them, and are looked at now', async () => {
    await put(1, 2);
    const id = await failFirst();
    const lane = await takeOnly();
    await lanes.postpone(lane, 600_000);
    expect(await retry(accountId, id)).toMatchObject({ id, state: 'waiting', attempts: 0 });
    expect(await alarms()).toEqual([[lane.id, 0]]);
    expect((await firstOf(await takeOnly())).delivery.id).toBe(id);
    expect((await failed(accountId, page)).items).toEqual([]);
  });

  test('whose lane has ended get a new one', async () => {
    await put(1);
    const id = await failFirst();
    await database.query('delete from delivery_lanes');
    await database.query('delete from graphile_worker._private_jobs');
    await retry(accountId, id);
    expect(await alarms()).toHaveLength(1);
    expect((await firstOf(await takeOnly())).delivery.id).toBe(id);
  });

  test('of others, those that wait, and those that are not there cannot', async () => {
    const other = (await store.accounts.insert(newAccount())).id;
    await put(1);
    const waiting = await firstOf(await takeOnly());
    expect(await retry(accountId, waiting.delivery.id)).toBeUndefined();
    const id = await failFirst();
    expect(await retry(other, id)).toBeUndefined();
    expect(await retry(accountId, randomUUID() as DeliveryId)).toBeUndefined();
    expect((await failed(accountId, page)).items).toHaveLength(1);
  });

  test('are forgotten after a week', async () => {
    await put(1, 2);
    await failFirst();
    await database.query("update deliveries set last_attempt_at = now() - interval '8 days'");
    await store.prune();
    expect(await count()).toEqual({ waiting: 1, failed: 0 });
  });
});

describe('a reader of events', () => {
  const event = (callId: string): CoreEvent => ({
    type: 'call.started',
    accountId,
    at: new Date(),
    callId: callId as never,
    from: '201',
    to: '202',
  });
  const tell = (...calls: readonly string[]) => store.eventWriter.write(calls.map(event));
  /** Reads on once; returns what was handed on. */
  const read = async (reader: 'jambonz' | 'sipgate' = 'jambonz'): Promise<string[]> => {
    const heard: string[] = [];
    await readOn(reader, async (events) => {
      heard.push(...events.flatMap((told) => (told.type === 'call.started' ? told.callId : [])));
      return [];
    });
    return heard;
  };

  beforeEach(() => database.query('delete from event_readers'));

  test('begins with what comes, and goes on where it was', async () => {
    await tell('before');
    await beginReading('jambonz');
    await tell('a', 'b');
    await beginReading('jambonz');
    expect(await read()).toEqual(['a', 'b']);
    await tell('c');
    expect(await read()).toEqual(['c']);
    expect(await read()).toEqual([]);
  });

  test('that is not known reads nothing; each has its own place', async () => {
    await beginReading('jambonz');
    await tell('a');
    expect(await read('sipgate')).toEqual([]);
    await beginReading('sipgate');
    await tell('b');
    expect(await read('sipgate')).toEqual(['b']);
    expect(await read()).toEqual(['a', 'b']);
  });

  test('stores its deliveries with its place, or neither', async () => {
    await beginReading('jambonz');
    await tell('a');
    const failing = readOn('jambonz', async () => {
      throw new Error('half way');
    });
    await expect(failing).rejects.toThrow('half way');
    const refusing = readOn('jambonz', async () => [
      newDelivery(accountId),
      newDelivery(accountId, { key: '' }),
    ]);
    await expect(refusing).rejects.toThrow();
    expect(await count()).toEqual({ waiting: 0, failed: 0 });
    expect(await readOn('jambonz', async () => [newDelivery(accountId)])).toBe(1);
    expect(await count()).toEqual({ waiting: 1, failed: 0 });
    expect(await read()).toEqual([]);
  });

  test('is one at a time, on however many nodes', async () => {
    await beginReading('jambonz');
    await tell('a');
    let letGo: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const first = await new Promise<{ readonly read: Promise<number> }>((begun) => {
      const reading = readOn('jambonz', async () => {
        begun({ read: reading });
        await held;
        return [];
      });
    });
    expect(await read()).toEqual([]);
    letGo();
    expect(await first.read).toBe(1);
    expect(await read()).toEqual([]);
  });
});
