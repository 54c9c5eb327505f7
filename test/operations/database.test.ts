import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Exchange, freePort, startExchange } from '../support/exchange.ts';
import { type OwnPostgres, startOwnPostgres } from './own-postgres.ts';
import { root, runningOf, runToEnd } from './running.ts';
import { type Server, startServer } from './server.ts';

const secretKey = 'a key of 32 characters, or longer';

/** How long a database is away. */
const awayMs = 10_000;

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
    const accounts = await postgres.query(url, 'select name, country, time_zone from accounts');
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

describe('a database that is away for ten seconds', () => {
  let exchange: Exchange;

  beforeAll(async () => {
    exchange = await startExchange({
      env: { DATABASE_URL: await postgres.newDatabase(), POLYVOX_SECRET_KEY: secretKey },
    });
  });

  afterAll(() => exchange.stop());

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
  const runningCalls = async () =>
    (await exchange.operator.get<{ items: { id: string }[] }>('/native/v1/calls')).items;

  test('makes requests wait or answer 503; the call goes on, and nothing acknowledged is lost', async () => {
    const phone = await exchange.phone('201', 440);
    const answers = [await addPerson()];
    expect(answers[0]?.status).toBe(201);
    await phone.dial('*43');
    await phone.next('CALL_ESTABLISHED');
    const [call] = await eventually(async () => {
      const calls = await runningCalls();
      return calls.length === 1 && calls;
    });

    const since = performance.now();
    await postgres.end();
    await eventually(async () => (await fetch(`${exchange.url}/readyz`)).status === 503);
    while (performance.now() - since < awayMs) {
      const answer = await addPerson();
      expect(answer.status).toBe(503);
      answers.push(answer);
      expect((await runningCalls()).map(({ id }) => id)).toEqual([call?.id]);
    }
    expect((await fetch(`${exchange.url}/healthz`)).status).toBe(200);
    await phone.hangUp();
    await postgres.start();
    await eventually(async () => (await fetch(`${exchange.url}/readyz`)).status === 200);

    answers.push(await addPerson());
    const { items } = await exchange.operator.get<{ items: { login: string }[] }>(
      '/native/v1/users?limit=1000',
    );
    const acknowledged = answers.filter(({ status }) => status === 201);
    expect(acknowledged).toHaveLength(2);
    expect(items.map(({ login }) => login)).toEqual(
      expect.arrayContaining(acknowledged.map(({ login }) => login)),
    );
    const { items: history } = await eventually(async () => {
      const found = await exchange.alice.get<{ items: { callId: string }[] }>('/v2/history');
      return found.items.length > 0 && found;
    });
    const asSipgateWritesIt = call?.id.replaceAll('-', '').toUpperCase();
    expect(history.map(({ callId }) => callId)).toContain(asSipgateWritesIt);
  });

  test('is away no longer than it takes to start it again, if it is the embedded one', async () => {
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
});
