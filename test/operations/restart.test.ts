import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { pidOf, processesWith, runningOf, runToEnd } from './running.ts';
import { appears, type Server, startServer } from './server.ts';

/** Milliseconds in which a server must be ready that finds everything there. */
const soonMs = 6_000;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'polyvox-'));
});

afterEach(async () => {
  await runToEnd(['src/cli/commands/stop.ts'], { POLYVOX_DATA: folder });
  await rm(folder, { recursive: true, force: true });
});

const start = (): Promise<Server> => startServer({ dataFolder: folder });

async function kill(server: Server): Promise<void> {
  server.child.kill('SIGKILL');
  await server.ended;
}

/** Everybody of the demo who has a phone. */
async function demoUsers(server: Server): Promise<string[]> {
  const operator = server.operator();
  const { items: users } = await operator.get<{ items: { id: string; login: string }[] }>(
    '/native/v1/users',
  );
  const { items: phones } = await operator.get<{ items: { userId: string }[] }>(
    '/native/v1/endpoints',
  );
  return users
    .filter(({ id }) => phones.some(({ userId }) => userId === id))
    .map(({ login }) => login)
    .sort();
}

describe('a server that was killed', () => {
  test('leaves engine and database, which the next one takes over within seconds', async () => {
    const first = await start();
    await first.ready();
    const before = [pidOf(folder, 'engine'), pidOf(folder, 'postgres')];
    await kill(first);
    expect(runningOf(folder)).toEqual(['engine', 'postgres', 'keeper']);
    const second = await startServer({ dataFolder: folder, env: portsOf(first) });
    expect(await second.ready()).toBeLessThan(soonMs);
    expect([pidOf(folder, 'engine'), pidOf(folder, 'postgres')]).toEqual(before);
    expect(await demoUsers(second)).toEqual(['alice', 'bob']);
  });

  test('is no obstacle, whenever in its first start it was killed', async () => {
    const whileMaking = await start();
    await appears(join(folder, 'postgres.new'));
    await kill(whileMaking);
    const whileStarting = await start();
    await appears(join(folder, 'postgres', 'postmaster.pid'));
    await kill(whileStarting);
    const whileCompleting = await start();
    await appears(join(folder, 'engine', 'run', 'asterisk.ctl'));
    await kill(whileCompleting);
    const last = await startServer({ dataFolder: folder, env: portsOf(whileCompleting) });
    await last.ready();
    expect(await demoUsers(last)).toEqual(['alice', 'bob']);
  });

  test('has its engine started anew when the next one is to listen somewhere else', async () => {
    const first = await start();
    await first.ready();
    const before = pidOf(folder, 'engine');
    await kill(first);
    const second = await start();
    await second.ready();
    expect(pidOf(folder, 'engine')).not.toBe(before);
    expect(second.output()).toContain('the engine ran with other settings');
  });
});

describe('what a power cut leaves', () => {
  test('a half-made database, and files of another process: nothing keeps the next start', async () => {
    await mkdir(join(folder, 'postgres.new', 'base'), { recursive: true });
    await mkdir(join(folder, 'postgres', 'base'), { recursive: true });
    await writeFile(join(folder, 'server.lock'), '{"pid":1,"startTime":"0"}');
    await mkdir(join(folder, 'run'));
    await writeFile(join(folder, 'run', 'postgres.json'), '{"pid":');
    await writeFile(join(folder, 'run', 'engine.json'), '{"pid":1,"startTime":"0","notes":{}}');
    const server = await start();
    await server.ready();
    expect(existsSync(join(folder, 'postgres.new'))).toBe(false);
    expect(await demoUsers(server)).toEqual(['alice', 'bob']);
  });

  test('the lock of a Postgres whose process number somebody else has now', async () => {
    const first = await start();
    await first.ready();
    const lock = join(folder, 'postgres', 'postmaster.pid');
    const lines = readFileSync(lock, 'utf8').split('\n');
    first.child.kill('SIGTERM');
    await first.ended;
    await writeFile(lock, [String(process.pid), ...lines.slice(1)].join('\n'));
    const second = await start();
    await second.ready();
    expect(pidOf(folder, 'postgres')).not.toBe(process.pid);
    expect(await demoUsers(second)).toEqual(['alice', 'bob']);
  });

  test('a database that was in the middle of everything', async () => {
    const first = await start();
    await first.ready();
    const postgres = Number(pidOf(folder, 'postgres'));
    await kill(first);
    process.kill(postgres, 'SIGKILL');
    process.kill(Number(pidOf(folder, 'engine')), 'SIGKILL');
    const second = await start();
    await second.ready();
    expect(await demoUsers(second)).toEqual(['alice', 'bob']);
  });
});

describe('a server that is asked to end', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s does so with everything it started, and says that all went well',
    async (signal) => {
      const server = await start();
      await server.ready();
      server.child.kill(signal);
      expect(await server.ended).toBe(0);
      expect(runningOf(folder)).toEqual([]);
      expect(processesWith(folder)).toEqual([]);
      expect(existsSync(join(folder, 'server.lock'))).toBe(false);
    },
  );

  test('ends gently although the signal comes twice, as it does through npm', async () => {
    const server = await start();
    await server.ready();
    server.child.kill('SIGTERM');
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(runningOf(folder)).toEqual([]);
  });

  test('while it still starts, ends what it has started', async () => {
    const server = await start();
    await appears(join(folder, 'run', 'postgres.json'));
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(processesWith(folder)).toEqual([]);
  });
});

test('of two servers that start at once on one folder, one is refused', async () => {
  const servers = [await start(), await start()];
  const refused = await Promise.race(
    servers.map(async (server) => {
      await server.ended;
      return server;
    }),
  );
  const winner = servers.find((server) => server !== refused);
  expect(refused.output()).toContain('is in use by another Polyvox server');
  await winner?.ready();
  expect(processesWith('src/processes/keeper.ts', folder)).toHaveLength(1);
  expect(processesWith('postgres -D', folder)).toHaveLength(1);
});

test('a copy of the data of a server that has ended is a server of its own', async () => {
  const first = await start();
  await first.ready();
  const users = await demoUsers(first);
  first.child.kill('SIGTERM');
  await first.ended;
  const copy = `${folder}-copy`;
  await cp(folder, copy, { recursive: true, preserveTimestamps: true });
  const second = await startServer({ dataFolder: copy });
  try {
    await second.ready();
    expect(await demoUsers(second)).toEqual(users);
  } finally {
    await runToEnd(['src/cli/commands/stop.ts'], { POLYVOX_DATA: copy });
    await rm(copy, { recursive: true, force: true });
  }
});

/** The same ports again: the engine that is taken over listens there. */
const portsOf = (server: Server): Record<string, string> => ({
  POLYVOX_PORT: new URL(server.url).port,
  POLYVOX_SIP_PORT: String(server.sipPort),
});
