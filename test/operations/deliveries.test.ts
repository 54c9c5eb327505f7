import { afterEach, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Exchange, freePort, startExchange } from '../support/exchange.ts';
import { type HookServer, saysStatus, startHookServer } from '../support/hook-server.ts';

const exchanges: Exchange[] = [];

afterEach(async () => {
  for (const exchange of exchanges.splice(0)) await exchange.stop();
});

/** An exchange that tells this address of every number that is made. */
async function startTelling(hookPort: number): Promise<Exchange> {
  const exchange = await startExchange({
    scripted: true,
    env: { TEST_HOOK_URL: `http://127.0.0.1:${hookPort}/told` },
  });
  exchanges.push(exchange);
  await eventually(() => exchange.output().includes('events are followed'));
  return exchange;
}

let numbers = 0;

/** Makes a number; its id, once it is there for good. */
async function makeNumber({ operator }: Exchange): Promise<string> {
  numbers += 1;
  const e164 = `+4930555${String(numbers).padStart(5, '0')}`;
  const made = await operator.post<{ id: string }>('/native/v1/numbers', {
    e164,
    target: { kind: 'none' },
  });
  return made.id;
}

const told = (server: HookServer): string[] =>
  server.asked.map(({ body }) => (JSON.parse(body) as { id: string }).id);

/** Without what was told twice. */
const once = (ids: readonly string[]): string[] => [...new Set(ids)];

describe('what somebody outside must hear of', () => {
  test('arrives after a restart, when the server was killed before anybody listened', async () => {
    const port = await freePort();
    const exchange = await startTelling(port);
    const ids = [await makeNumber(exchange), await makeNumber(exchange)];
    await exchange.killServer();
    const server = await startHookServer(undefined, { port });
    await exchange.startServer();
    await eventually(() => once(told(server)).length === 2, { limitMs: 20_000 });
    expect(once(told(server))).toEqual(ids);
    expect(server.asked[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('joe:the password of a hook').toString('base64')}`,
    );
  });

  test('arrives after a restart, when the server was killed while it was being told', async () => {
    const server = await startHookServer((response, _asked, count) => {
      if (count > 1) response.end();
    });
    const exchange = await startTelling(server.port);
    const ids = [await makeNumber(exchange), await makeNumber(exchange)];
    await eventually(() => server.asked.length === 1);
    await exchange.killServer();
    await exchange.startServer();
    await eventually(() => server.asked.length === 3, { limitMs: 20_000 });
    expect(told(server)).toEqual([ids[0], ...ids]);
    const keys = server.asked.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toBe(keys[1]);
  });

  test('arrives in order, every bit of it, however the server is killed in the middle', async () => {
    const server = await startHookServer();
    const exchange = await startTelling(server.port);
    const ids: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const making = (async () => {
        for (let n = 0; n < 100; n += 1) ids.push(await makeNumber(exchange));
      })().catch(() => undefined);
      await eventually(() => ids.length >= round * 20 + 10, { limitMs: 20_000 });
      await exchange.killServer();
      await making;
      await exchange.startServer();
    }
    ids.push(await makeNumber(exchange));
    const last = ids.at(-1) ?? '';
    await eventually(() => told(server).includes(last), { limitMs: 30_000 });
    const heard = once(told(server));
    expect(heard.filter((id) => ids.includes(id))).toEqual(ids);
  }, 180_000);
});

test('what was given up is seen, counted, tried again by an administrator, and never shows secrets', async () => {
  let isHealed = false;
  const server = await startHookServer((response, asked, count) =>
    saysStatus(isHealed ? 200 : 404)(response, asked, count),
  );
  const exchange = await startTelling(server.port);
  const { alice, bob, url } = exchange;
  const metric = async (name: string) => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return new RegExp(`^polyvox_${name} (\\S+)$`, 'm').exec(text)?.[1];
  };
  await makeNumber(exchange);
  const failed = await eventually(async () => {
    const { items } = await alice.get<{ items: Record<string, unknown>[] }>(
      '/native/v1/deliveries',
    );
    return items[0];
  });
  expect(failed).toEqual({
    id: expect.any(String),
    dialect: 'native',
    key: 'number',
    subject: 'object.created',
    host: `127.0.0.1:${server.port}`,
    state: 'failed',
    attempts: 1,
    lastCode: 'hook.answered',
    lastStatus: 404,
    lastAttemptAt: expect.any(String),
    createdAt: expect.any(String),
  });
  expect(await metric('deliveries_failed')).toBe('1');
  expect(await metric('deliveries_waiting')).toBe('0');
  const retry = `/native/v1/deliveries/${String(failed.id)}/retry`;
  expect((await bob.send('POST', retry)).status).toBe(403);
  isHealed = true;
  expect(await alice.send('POST', retry)).toMatchObject({
    status: 202,
    body: { id: failed.id, state: 'waiting', attempts: 0 },
  });
  await eventually(async () => (await metric('deliveries_failed')) === '0');
  await eventually(async () => (await metric('deliveries_waiting')) === '0');
  expect(told(server)).toHaveLength(2);
  expect((await alice.send('POST', retry)).status).toBe(404);
  expect(exchange.output()).not.toContain('the password of a hook');
  expect(exchange.output()).not.toContain('/told');
});
