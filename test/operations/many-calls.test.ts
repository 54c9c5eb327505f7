import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccount, type TestAccount } from '../support/accounts.ts';
import { eventually } from '../support/eventually.ts';
import { type Exchange, freePort, startExchange } from '../support/exchange.ts';
import {
  type CallsEnd,
  callFromProvider,
  type Provider,
  startProvider,
} from '../support/provider.ts';
import type { SeenCall } from '../support/running-legs.ts';
import { quiet } from '../support/sipgate.ts';

const [comesFrom, goesTo] = ['127.0.0.2', '127.0.0.3'];
const ownNumber = '+4922188880001';
const calls = 20;

let exchange: Exchange;
let acme: TestAccount;
let callee: Provider;

beforeAll(async () => {
  exchange = await startExchange();
  acme = await createAccount(exchange, { name: 'acme' });
  callee = await startProvider(join(exchange.dataFolder, 'callee'), goesTo, await freePort());
  const trunk = (host: string, port: number, prefixes: readonly string[]) =>
    acme.api.post('/native/v1/trunks', {
      name: host,
      kind: 'ip',
      host,
      port,
      inboundAddresses: [host],
      prefixes,
    });
  await trunk(comesFrom, 5060, ['+1']);
  await trunk(goesTo, callee.port, ['+49']);
  await acme.api.post('/native/v1/numbers', {
    e164: ownNumber,
    target: { kind: 'dial', dialled: '022177770000' },
  });
});
afterAll(async () => {
  await callee?.stop();
  await exchange?.stop();
});

/** Calls whose two legs are both up. */
const talking = async (): Promise<readonly SeenCall[]> => {
  const { items } = await acme.api.get<{ items: readonly SeenCall[] }>('/native/v1/calls');
  return items.filter(({ legs }) => legs.filter((leg) => leg.state === 'answered').length === 2);
};

/** Waits until all twenty talk; says what became of them if they do not, with the words of SIPp and server. */
const allTalk = async (over: Promise<CallsEnd>, limitMs = 20_000): Promise<readonly SeenCall[]> => {
  let seen: readonly SeenCall[] = [];
  let end: CallsEnd | undefined;
  void over.then((result) => {
    end = result;
  });
  return eventually(
    async () => {
      seen = await talking();
      return seen.length === calls ? seen : end && Promise.reject(new Error(end.output));
    },
    {
      limitMs,
      because: () => `${seen.length} of ${calls} calls talk\n${exchange.output().slice(-3_000)}`,
    },
  );
};

const finishedLegs = async (): Promise<number> =>
  (await acme.api.get<{ items: unknown[] }>('/native/v1/cdrs?limit=1000')).items.length;

const startTwenty = async (talkMs: number): Promise<CallsEnd> =>
  callFromProvider({
    folder: join(exchange.dataFolder, `calls-${Date.now()}`),
    host: comesFrom,
    port: await freePort(),
    target: { host: '127.0.0.1', port: exchange.sipPort },
    number: ownNumber,
    talkMs,
    calls,
  });

describe(`${calls} calls run`, () => {
  test('and the server is killed: none drops, all are seen and steered within 5 s, all get records', async () => {
    const before = await finishedLegs();
    const over = startTwenty(12_000);
    await allTalk(over);
    await exchange.killServer();
    const since = Date.now();
    await exchange.startServer();
    const running = await allTalk(over);
    expect(Date.now() - since).toBeLessThan(5_000);
    const first = running[0];
    await acme.api.post(`/native/v1/calls/${first?.id}/hold`, { on: true });
    await acme.api.post(`/native/v1/calls/${first?.id}/hold`, { on: false });
    expect(await over).toMatchObject({ code: 0 });
    await quiet(acme.api);
    await eventually(async () => (await finishedLegs()) === before + 2 * calls);
  });

  test('and the database is away for a while: no call drops, requests fail clearly or wait, nothing is lost', async () => {
    const before = await finishedLegs();
    const over = startTwenty(10_000);
    await allTalk(over);
    process.kill(exchange.pidOf('postgres'), 'SIGQUIT');
    expect([200, 503]).toContain((await acme.api.send('GET', '/native/v1/users')).status);
    expect((await acme.api.send('GET', '/native/v1/calls')).status).toBeLessThanOrEqual(503);
    expect(await over).toMatchObject({ code: 0 });
    await eventually(async () => (await acme.api.send('GET', '/native/v1/users')).status === 200, {
      limitMs: 20_000,
    });
    await quiet(acme.api);
    await eventually(async () => (await finishedLegs()) === before + 2 * calls, {
      limitMs: 20_000,
    });
  });
});
