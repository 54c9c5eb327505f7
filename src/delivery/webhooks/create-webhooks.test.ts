import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../test/support/database.ts';
import {
  type HookAnswering,
  type HookServer,
  saysStatus,
  startHookServer,
} from '../../../test/support/hook-server.ts';
import { newAccount, newDelivery } from '../../../test/support/stored.ts';
import { until } from '../../../test/support/until.ts';
import type { DeliverySource, NewDelivery } from '../../core/deliveries/index.ts';
import { systemClock } from '../../kernel/clock.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/logger.ts';
import { createStore, type Store } from '../../store/index.ts';
import { createHookClient } from '../hooks/create-hook-client.ts';
import { createTargetGuard } from '../target-guard.ts';
import { createWebhooks } from './create-webhooks.ts';

const database = await openDatabase();
const store = await database.store();

let accountId: AccountId;

beforeEach(async () => {
  await database.query('delete from deliveries');
  await database.query('delete from delivery_lanes');
  await database.query('delete from event_readers');
  await database.query('delete from graphile_worker._private_jobs');
  accountId = (await store.accounts.insert(newAccount())).id;
});

/** A node with everything that delivers, until the test is over or it is stopped. */
async function startNode({ url = database.url, node = `${randomUUID()}` } = {}) {
  const own = await createStore({
    url,
    node,
    secretKey: 'a key that only the tests know, long enough',
    logger: silentLogger,
  });
  const hooks = createHookClient({
    guard: createTargetGuard({ allow: ['127.0.0.1'], ownPorts: () => [] }),
    clock: systemClock,
    logger: silentLogger,
  });
  const webhooks = createWebhooks({
    store: own.deliveries,
    lanes: own.deliveryLanes,
    bus: own.bus,
    clock: systemClock,
    logger: silentLogger,
    random: () => 0.5,
    hooks,
  });
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await webhooks.stop();
    await own.jobs.stop();
    await hooks.close();
    await own.close();
  };
  const stopOnce = () => {
    stopping ??= stop();
    return stopping;
  };
  onTestFinished(stopOnce);
  await webhooks.start();
  await own.jobs.start({ deliver: (payload) => webhooks.wake(payload) });
  return { store: own, follow: webhooks.follow, stop: stopOnce };
}

const to = (server: HookServer, n: number, key = 'a leg'): NewDelivery =>
  newDelivery(accountId, { n, key, request: { url: server.url } });

const numbers = (server: HookServer): number[] =>
  server.asked.map(({ body }) => (JSON.parse(body) as { n: number }).n);

const arrived = (server: HookServer, count: number, withinMs = 20_000) =>
  until(() => server.asked.length >= count, `${count} arrive`, { withinMs });

const nothingWaits = (own: Store = store) =>
  until(async () => (await own.deliveries.count()).waiting === 0, 'nothing waits any more', {
    withinMs: 20_000,
  });

const failedOnes = async () =>
  (await store.deliveries.failed(accountId, { limit: 100, after: undefined })).items;

const answeringInTurn = (...statuses: readonly number[]): HookAnswering => {
  let count = 0;
  return (response, asked) => {
    saysStatus(statuses[count] ?? 200)(response, asked, count);
    count += 1;
  };
};

describe('deliveries', () => {
  test('arrive, each with a key of its own by which it is known again', async () => {
    const server = await startHookServer();
    await startNode();
    await store.deliveries.enqueue([1, 2, 3].map((n) => to(server, n)));
    await arrived(server, 3);
    await nothingWaits();
    expect(numbers(server)).toEqual([1, 2, 3]);
    const keys = server.asked.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(3);
    expect(server.asked[0]).toMatchObject({
      method: 'POST',
      body: '{"n":1}',
      headers: { 'user-agent': 'polyvox', 'content-type': 'application/json' },
    });
    await until(
      async () => (await database.query('select from delivery_lanes')).length === 0,
      'the lane has ended',
    );
  });

  test('whose hook fails come again, and what follows waits: order is kept', async () => {
    const server = await startHookServer(answeringInTurn(200, 503, 500));
    await startNode();
    await store.deliveries.enqueue([1, 2, 3].map((n) => to(server, n)));
    await arrived(server, 4);
    await store.deliveries.enqueue([to(server, 4)]);
    await arrived(server, 6);
    await nothingWaits();
    expect(numbers(server)).toEqual([1, 2, 2, 2, 3, 4]);
    const keys = server.asked.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys.slice(1, 4)).size).toBe(1);
  });

  test('of other keys do not wait for one that fails', async () => {
    const failing = await startHookServer(saysStatus(503));
    const server = await startHookServer();
    await startNode();
    await store.deliveries.enqueue([to(failing, 1), to(server, 2)]);
    await store.deliveries.enqueue([to(server, 3, 'another leg')]);
    await arrived(server, 1);
    expect(numbers(server)).toEqual([3]);
  });

  test('that cannot arrive are given up and seen; those behind them arrive', async () => {
    const gone = await startHookServer(saysStatus(410));
    const server = await startHookServer();
    await startNode();
    await store.deliveries.enqueue([
      to(gone, 1),
      newDelivery(accountId, { request: { url: 'http://10.0.0.1/' } }),
      newDelivery(accountId, { request: { url: 'no address' } }),
      newDelivery(accountId, { request: { url: server.url, headers: { 'bad header': '' } } }),
      to(server, 2),
    ]);
    await arrived(server, 1);
    expect(gone.asked).toHaveLength(1);
    expect((await failedOnes()).map(({ lastFailure }) => lastFailure).reverse()).toEqual([
      { code: 'hook.answered', status: 410 },
      { code: 'hook.target_refused', status: undefined },
      { code: 'hook.target_refused', status: undefined },
      { code: 'internal', status: undefined },
    ]);
  });

  test('are given up after an hour of failures', async () => {
    const server = await startHookServer(saysStatus(503));
    await startNode();
    await store.deliveries.enqueue([to(server, 1)]);
    await arrived(server, 1);
    await database.query("update deliveries set wanted_at = now() - interval '61 minutes'");
    await nothingWaits();
    expect(await failedOnes()).toMatchObject([
      { attempts: 2, lastFailure: { code: 'hook.answered', status: 503 } },
    ]);
  });

  test('that were given up arrive when they are wanted again', async () => {
    const server = await startHookServer(answeringInTurn(404));
    await startNode();
    await store.deliveries.enqueue([to(server, 1)]);
    const [failed] = await until(async () => {
      const items = await failedOnes();
      return items.length > 0 && items;
    }, 'it is given up');
    await store.deliveries.retry(accountId, failed?.id as never);
    await arrived(server, 2);
    await nothingWaits();
    expect(await failedOnes()).toEqual([]);
  });

  test('have arrived when they are accepted, whatever is answered besides', async () => {
    const server = await startHookServer((response, _asked, count) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      if (count === 1) response.end('{"not json');
      else if (count === 2) response.end('x'.repeat(1_000_000));
      else response.end();
    });
    await startNode();
    await store.deliveries.enqueue([1, 2, 3].map((n) => to(server, n)));
    await arrived(server, 3);
    await nothingWaits();
    expect(numbers(server)).toEqual([1, 2, 3]);
  });

  test('of an account with many slow hooks do not hold up those of another', async () => {
    const slow = await startHookServer(() => undefined);
    const server = await startHookServer();
    const other = (await store.accounts.insert(newAccount())).id;
    await startNode();
    await store.deliveries.enqueue(Array.from({ length: 200 }, (_, n) => to(slow, n, `leg ${n}`)));
    await until(() => slow.asked.length >= 16, 'the slow ones are under way');
    await store.deliveries.enqueue([newDelivery(other, { request: { url: server.url } })]);
    await arrived(server, 1);
    expect(slow.asked.length).toBe(16);
  });

  test('by hundreds arrive all, in order for each key', async () => {
    const server = await startHookServer();
    await startNode();
    const all = Array.from({ length: 600 }, (_, n) => to(server, n, `leg ${n % 30}`));
    for (let at = 0; at < all.length; at += 50)
      await store.deliveries.enqueue(all.slice(at, at + 50));
    await arrived(server, 600, 60_000);
    await nothingWaits();
    const heard = numbers(server);
    expect(new Set(heard).size).toBe(600);
    for (let leg = 0; leg < 30; leg += 1) {
      const own = heard.filter((n) => n % 30 === leg);
      expect(own).toEqual([...own].sort((a, b) => a - b));
    }
  }, 90_000);
});

describe('a server that ends', () => {
  test('in the middle of a delivery leaves it to the next one', async () => {
    const server = await startHookServer((response, _asked, count) => {
      if (count > 1) response.end();
    });
    const first = await startNode({ node: 'one' });
    await store.deliveries.enqueue([to(server, 1), to(server, 2)]);
    await arrived(server, 1);
    await first.stop();
    await startNode({ node: 'one' });
    await arrived(server, 3);
    expect(numbers(server)).toEqual([1, 1, 2]);
  });

  test('without a word, holding a lane, finds it again when it comes back', async () => {
    const server = await startHookServer();
    await store.deliveries.enqueue([to(server, 1)]);
    // What a killed server leaves: its lane held, and the alarm locked by somebody who is gone.
    await database.query(
      "update delivery_lanes set held_by = 'one', held_until = now() + interval '1 minute'",
    );
    await database.query(
      "update graphile_worker._private_jobs set locked_at = now(), locked_by = 'gone', attempts = 1",
    );
    await startNode({ node: 'another' });
    await startNode({ node: 'one' });
    await arrived(server, 1);
    await nothingWaits();
    expect(numbers(server)).toEqual([1]);
  });

  test('is none of two that deliver together: everything arrives once', async () => {
    const server = await startHookServer();
    await Promise.all([startNode(), startNode()]);
    await store.deliveries.enqueue(
      Array.from({ length: 100 }, (_, n) => to(server, n, `leg ${n % 10}`)),
    );
    await arrived(server, 100, 40_000);
    await nothingWaits();
    expect(new Set(numbers(server)).size).toBe(100);
    expect(server.asked).toHaveLength(100);
  }, 60_000);
});

test('a database that is away delays deliveries and loses none', async () => {
  const { url, cable } = await database.behindCable();
  let cutting: Promise<void> | undefined;
  const server = await startHookServer((response) => {
    cutting ??= cable.cut();
    void cutting.then(() => response.end());
  });
  await startNode({ url, node: 'one' });
  await store.deliveries.enqueue([to(server, 1), to(server, 2)]);
  await arrived(server, 1);
  await cutting;
  await cable.restore();
  // What it could not cross out is told again when the lane is found late.
  await database.query("update delivery_lanes set due_at = now() - interval '1 minute'");
  await arrived(server, 3, 60_000);
  expect(numbers(server)).toEqual([1, 1, 2]);
}, 90_000);

describe('a source that words events', () => {
  const sourceFor = (server: HookServer): DeliverySource => ({
    dialect: 'jambonz',
    concerns: ({ type }) => type === 'call.started',
    word(event) {
      if (event.type !== 'call.started' || event.accountId !== accountId) return [];
      if (event.from === 'bug') throw new TypeError('a bug');
      return [
        {
          ...newDelivery(accountId, { key: event.callId }),
          dialect: 'jambonz',
          request: {
            url: server.url,
            method: 'POST',
            payload: { n: Number(event.to) },
            userAgent: 'jambonz',
            signed: true,
          },
        },
      ];
    },
    signing: async (of) => (body, atSeconds) => ({ 'x-proof': `${of} ${body} ${atSeconds}` }),
  });
  const happens = (n: number, from = '201') =>
    store.eventWriter.write([
      {
        type: 'call.started',
        accountId,
        at: new Date(),
        callId: 'a call' as never,
        from,
        to: String(n),
      },
    ]);

  test('tells of what happens, with its proof, in order', async () => {
    const server = await startHookServer();
    const node = await startNode();
    await happens(0);
    await node.follow(sourceFor(server));
    for (const n of [1, 2, 3]) await happens(n);
    await arrived(server, 3);
    expect(numbers(server)).toEqual([1, 2, 3]);
    expect(server.asked[0]?.headers['x-proof']).toMatch(
      new RegExp(`^${accountId} \\{"n":1\\} \\d{10}$`),
    );
  });

  test('hears after a restart of what happened meanwhile', async () => {
    const server = await startHookServer();
    const first = await startNode();
    await first.follow(sourceFor(server));
    await happens(1);
    await arrived(server, 1);
    await nothingWaits();
    await first.stop();
    for (const n of [2, 3]) await happens(n);
    const second = await startNode();
    await second.follow(sourceFor(server));
    await happens(4);
    await arrived(server, 4);
    expect(numbers(server)).toEqual([1, 2, 3, 4]);
  });

  test('is waited for by what it must prove', async () => {
    const server = await startHookServer();
    const first = await startNode();
    await store.deliveries.enqueue(
      (await sourceFor(server).word({
        type: 'call.started',
        accountId,
        at: new Date(),
        callId: 'a call' as never,
        from: '201',
        to: '1',
      })) as NewDelivery[],
    );
    await until(
      async () =>
        (await database.query('select from delivery_lanes where due_at > now()')).length === 1,
      'it is put off',
    );
    expect(server.asked).toHaveLength(0);
    await first.follow(sourceFor(server));
    await arrived(server, 1);
    expect(server.asked[0]?.headers).toHaveProperty('x-proof');
  });

  test('that stumbles over an event goes on behind it', async () => {
    const server = await startHookServer();
    const node = await startNode();
    await node.follow(sourceFor(server));
    await happens(1, 'bug');
    await happens(2);
    await arrived(server, 1);
    expect(numbers(server)).toEqual([2]);
  });

  test('hears of every attempt that failed', async () => {
    const server = await startHookServer(answeringInTurn(503, 404));
    const node = await startNode();
    const failures: unknown[] = [];
    await node.follow({
      ...sourceFor(server),
      failed: ({ attempts }, failure, isGivenUp) =>
        void failures.push({ attempts, ...failure, isGivenUp }),
    });
    await happens(1);
    await until(() => failures.length === 2, 'both are heard of');
    expect(failures).toEqual([
      { attempts: 0, code: 'hook.answered', status: 503, isGivenUp: false },
      { attempts: 1, code: 'hook.answered', status: 404, isGivenUp: true },
    ]);
  });

  test('is followed once', async () => {
    const server = await startHookServer();
    const node = await startNode();
    await node.follow(sourceFor(server));
    await expect(node.follow(sourceFor(server))).rejects.toThrow(TypeError);
  });
});
