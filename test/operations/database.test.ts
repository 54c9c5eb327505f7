import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Phone } from '../../src/phones/index.ts';
import { eventually } from '../support/eventually.ts';
import { type Exchange, freePort, startExchange } from '../support/exchange.ts';
import { hears, hearsSomethingElse } from '../support/hearing.ts';
import { runningCalls } from '../support/running-legs.ts';
import { type OwnPostgres, startOwnPostgres } from './own-postgres.ts';
import { root, runningOf, runToEnd } from './running.ts';
import { type Server, startServer } from './server.ts';

const secretKey = 'a key of 32 characters, or longer';

/** How long a database is away. */
const awayMs = 10_000;

interface Cdr {
  readonly callId: string;
  readonly cause: string;
  readonly endedAt: string;
}

let postgres: OwnPostgres;

beforeAll(async () => {
  postgres = await startOwnPostgres();
});

afterAll(() => postgres.remove());

const migrations = readdirSync(join(root, 'src/store/migrations')).length;

describe('a database of the operator’s own', () => {
  const folders: string[] = [];
  const servers: Server[] = [];

  const start = async (env: Readonly<Record<string, string>>): Promise<Server> => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'polyvox-'));
    folders.push(dataFolder);
    const server = await startServer({
      dataFolder,
      env: { POLYVOX_SECRET_KEY: secretKey, ...env },
    });
    servers.push(server);
    return server;
  };

  afterAll(async () => {
    for (const { child, ended } of servers) {
      child.kill('SIGTERM');
      await ended;
    }
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });

  test('is used instead of one under the data folder, which then holds no key', async () => {
    const url = await postgres.newDatabase();
    const server = await start({
      DATABASE_URL: url,
      POLYVOX_COUNTRY: 'AT',
      POLYVOX_TIMEZONE: 'Europe/Vienna',
    });
    await server.ready();
    expect(runningOf(server.dataFolder)).toEqual(['engine', 'keeper']);
    expect(readdirSync(server.dataFolder)).not.toContain('postgres');
    expect(readdirSync(server.dataFolder)).not.toContain('secret.key');
    const accounts = await postgres.query(
      url,
      "select name, country, time_zone from accounts where kind = 'customer'",
    );
    expect(accounts).toEqual([{ name: 'Demo', country: 'AT', time_zone: 'Europe/Vienna' }]);
  });

  test('needs a key of the operator’s own', async () => {
    const { code, output } = await runToEnd(['src/main.ts'], {
      DATABASE_URL: await postgres.newDatabase(),
      POLYVOX_DATA: join(tmpdir(), 'polyvox-never-made'),
      POLYVOX_SIP_PORT: String(await freePort()),
      POLYVOX_PORT: '0',
    });
    expect(code).toBe(1);
    expect(output).toContain('POLYVOX_SECRET_KEY must be set together with DATABASE_URL');
  });

  test('is brought to the present schema once, by one of two servers that start together', async () => {
    const url = await postgres.newDatabase();
    const two = await Promise.all([start({ DATABASE_URL: url }), start({ DATABASE_URL: url })]);
    await Promise.all(two.map((server) => server.ready()));
    const applied = await postgres.query<{ name: string }>(url, 'select name from migrations');
    expect(applied.map(({ name }) => name)).toHaveLength(migrations);
    expect(new Set(applied.map(({ name }) => name)).size).toBe(migrations);
    const people = await postgres.query<{ login: string }>(url, 'select login from users');
    expect(people.map(({ login }) => login).sort()).toEqual(['alice', 'bob']);
  });
});

/** How a database can be away, and come back. */
const ways: readonly (readonly [string, () => unknown, () => unknown])[] = [
  ['has ended', () => postgres.end(), () => postgres.start()],
  ['does not answer', () => postgres.freeze(), () => postgres.thaw()],
];

describe.each(ways)(
  'a database that %s for ten seconds, during five calls',
  (_how, leave, comeBack) => {
    let exchange: Exchange;

    beforeAll(async () => {
      exchange = await startExchange({
        env: { DATABASE_URL: await postgres.newDatabase(), POLYVOX_SECRET_KEY: secretKey },
      });
    });

    let isAway = false;

    afterAll(async () => {
      if (isAway) await comeBack();
      await exchange.stop();
    });

    let people = 0;
    const addPerson = async (): Promise<{ status: number; login: string }> => {
      people += 1;
      const login = `person-${people}`;
      const body = {
        login,
        email: `${login}@demo.invalid`,
        firstName: 'A',
        lastName: 'Person',
        password: 'a long enough password',
      };
      const { status } = await exchange.operator.send('POST', '/native/v1/users', { body });
      return { status, login };
    };
    const statusOf = async (page: string) => (await fetch(`${exchange.url}${page}`)).status;
    const callIds = async () => (await runningCalls(exchange)).map(({ id }) => id);
    /** The call of a phone. */
    const callOf = async (phone: Phone): Promise<string> => {
      const calls = await runningCalls(exchange);
      const found = calls.find(({ legs }) => legs.some(({ number }) => number === phone.username));
      if (!found) throw new Error(`phone ${phone.username} has no call`);
      return found.id;
    };
    const echoPhone = async (username: string): Promise<Phone> => {
      await exchange.operator.post('/native/v1/endpoints', {
        username,
        secret: 'polyvox-demo-sip',
      });
      const phone = await exchange.phone(username, 1600);
      await phone.dial('*43');
      await phone.next('CALL_ESTABLISHED');
      await hears(phone, 1600);
      return phone;
    };

    test('requests wait or are refused, no call drops, nothing acknowledged or that happened is lost', async () => {
      const [alice, bob] = [await exchange.phone('201', 440), await exchange.phone('202', 1000)];
      await alice.dial('202');
      await bob.next('CALL_INCOMING');
      await bob.answer();
      await Promise.all([hears(alice, 1000), hears(bob, 440)]);
      const [leaver, ended, held, stayer] = await Promise.all(
        ['301', '302', '303', '304'].map(echoPhone),
      );
      if (!leaver || !ended || !held || !stayer) throw new Error('there are no five calls');
      const talk = await callOf(alice);
      const five = await callIds();
      expect(five).toHaveLength(5);
      const answers = [await addPerson()];
      expect(answers[0]?.status).toBe(201);
      const [leaverId, endedId, heldId] = [
        await callOf(leaver),
        await callOf(ended),
        await callOf(held),
      ];

      const away = Date.now();
      await leave();
      isAway = true;
      // One phone hangs up, one call is ended, one is held, and one is begun.
      await leaver.hangUp();
      const hangingUp = exchange.operator.send('DELETE', `/native/v1/calls/${endedId}`);
      await ended.next('CALL_CLOSED');
      expect((await hangingUp).status).toBe(204);
      const holding = exchange.operator.send('POST', `/native/v1/calls/${heldId}/hold`, {
        body: { on: true },
      });
      await hearsSomethingElse(held, 1600);
      await leaver.dial('*43');
      await eventually(async () => (await statusOf('/readyz')) === 503);
      while (Date.now() - away < awayMs) {
        const answer = await addPerson();
        expect(answer.status).toBe(503);
        answers.push(answer);
        const stranger = await exchange.bob.send('GET', '/v2/history');
        expect(stranger.status).toBe(503);
        await Promise.all([hears(alice, 1000), hears(bob, 440), hears(stayer, 1600)]);
      }
      expect(await callIds()).toEqual(expect.arrayContaining([talk, heldId]));
      expect(await statusOf('/healthz')).toBe(200);
      await comeBack();
      isAway = false;
      const back = Date.now();
      await eventually(async () => (await statusOf('/readyz')) === 200);

      expect((await holding).status).toBe(204);
      await leaver.next('CALL_ESTABLISHED');
      await Promise.all([hears(alice, 1000), hears(bob, 440), hears(stayer, 1600)]);
      answers.push(await addPerson());
      const { items } = await exchange.operator.get<{ items: { login: string }[] }>(
        '/native/v1/users?limit=1000',
      );
      const acknowledged = answers.filter(({ status }) => status === 201);
      expect(acknowledged).toHaveLength(2);
      expect(items.map(({ login }) => login)).toEqual(
        expect.arrayContaining(acknowledged.map(({ login }) => login)),
      );
      expect((await exchange.bob.send('GET', '/v2/history')).status).toBe(200);

      const six = [...five, await callOf(leaver)];
      await Promise.all([alice, leaver, held, stayer].map((phone) => phone.hangUp()));
      const records = await eventually(async () => {
        const found = await exchange.operator.get<{ items: Cdr[] }>('/native/v1/cdrs?limit=1000');
        return found.items.length >= 12 && found.items;
      });
      const byCall = Map.groupBy(records, ({ callId }) => callId);
      expect([...byCall.keys()].sort()).toEqual([...six].sort());
      for (const legs of byCall.values())
        expect(legs).toMatchObject([{ cause: 'normal' }, { cause: 'normal' }]);
      for (const callId of [leaverId, endedId]) {
        for (const { endedAt } of byCall.get(callId) ?? []) {
          expect(Date.parse(endedAt)).toBeGreaterThanOrEqual(away);
          expect(Date.parse(endedAt)).toBeLessThan(back);
        }
      }
    });
  },
);

test('the embedded database is away no longer than it takes to start it again', async () => {
  const own = await startExchange();
  try {
    const before = own.pidOf('postgres');
    process.kill(before, 'SIGINT');
    const after = await eventually(() => {
      const pid = own.pidOf('postgres');
      return pid !== before && pid;
    });
    expect(after).not.toBe(before);
    await eventually(async () => (await fetch(`${own.url}/readyz`)).status === 200);
    expect((await own.operator.send('GET', '/native/v1/users')).status).toBe(200);
  } finally {
    await own.stop();
  }
});
