import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chown, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pidOf, root } from './running.ts';
import { type Server, startServer } from './server.ts';

/** The user that owns nothing: `nobody`. */
const nobody = 65_534;

/** Root can be somebody else; that one can only run what it can read. */
const canBeNobody =
  process.getuid?.() === 0 &&
  spawnSync(join(root, 'node_modules/.bin/node'), ['--version'], { uid: nobody }).status === 0;

/** From here on ports are for everybody; containers often say 0. @see ip(7) */
const firstFreePort = Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'));

describe.runIf(canBeNobody)('an ordinary user', () => {
  let folder: string;
  let server: Server;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'polyvox-nobody-'));
    await chown(folder, nobody, nobody);
    server = await startServer({
      dataFolder: join(folder, 'data'),
      uid: nobody,
      env: { HOME: folder },
    });
    await server.ready();
  });

  afterAll(async () => {
    server.child.kill('SIGTERM');
    await server.ended;
    await rm(folder, { recursive: true, force: true });
  });

  const ownerOf = async (name: 'engine' | 'postgres'): Promise<number> =>
    (await stat(`/proc/${pidOf(join(folder, 'data'), name)}`)).uid;

  test('runs the server, the engine and the embedded Postgres as itself', async () => {
    expect(await ownerOf('engine')).toBe(nobody);
    expect(await ownerOf('postgres')).toBe(nobody);
    const { items } = await server.operator().get<{ items: object[] }>('/native/v1/users');
    expect(items).toHaveLength(2);
  });

  test('has a data folder that nobody else can enter', async () => {
    const { mode, uid } = await stat(join(folder, 'data'));
    expect({ mode: mode & 0o777, uid }).toEqual({ mode: 0o700, uid: nobody });
  });

  test('is told when a data folder is somebody else’s', async () => {
    const others = await mkdtemp(join(tmpdir(), 'polyvox-root-'));
    const refused = await startServer({ dataFolder: others, uid: nobody, env: { HOME: folder } });
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toMatch(
      /The data folder .* cannot be written \(EACCES: permission denied\).*POLYVOX_DATA/,
    );
    await rm(others, { recursive: true });
  });

  test.runIf(firstFreePort > 79)('is told when a port is for root alone', async () => {
    const low = { POLYVOX_PORT: '79', HOME: folder };
    const refused = await startServer({ dataFolder: join(folder, 'low'), uid: nobody, env: low });
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toMatch(/HTTP cannot use TCP port 79 .*this user may not.*1024/);
  });
});
