import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processesWith, root } from './running.ts';

/*
 * Fetches from the real archive of this machine: some 35 MB, minutes on a slow line. Runs only when asked:
 * POLYVOX_TEST_PROVISIONING=1 vitest run test/operations/provisioning.test.ts
 */

const program = `
  import { ensurePrograms } from './src/provisioning/index.ts';
  import { createTerminalProgress } from './src/cli/terminal-progress.ts';
  const { sipp, baresip } = await ensurePrograms(['sipp', 'baresip'], {
    folder: process.argv[1],
    progress: createTerminalProgress(process.stdout),
    env: { PATH: '/usr/bin:/bin' },
  });
  console.log(JSON.stringify({ sipp, baresip }));
`;

function fetchInto(folder: string) {
  const child = spawn(
    join(root, 'node_modules/.bin/node'),
    ['--input-type=module', '--eval', program, folder],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, ended, output: () => output };
}

describe.runIf(process.env.POLYVOX_TEST_PROVISIONING === '1')('fetching programs', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'polyvox-fetching-'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const archives = () => {
    const path = join(folder, 'apt', 'cache', 'archives');
    return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.deb')) : [];
  };

  test('goes on where a killed start left off', async () => {
    const first = fetchInto(folder);
    await expect
      .poll(() => archives().length, { timeout: 300_000, interval: 5 })
      .toBeGreaterThan(9);
    first.child.kill('SIGKILL');
    await first.ended;
    expect(existsSync(join(folder, 'manifest.json'))).toBe(false);
    const second = fetchInto(folder);
    expect(await second.ended).toBe(0);
    expect(second.output()).toMatch(/\d+ packages, \d+ MB \(\d+ MB of them by an earlier start\)/);
    expect(second.output()).toContain('"source":"fetched"');
    expect(archives()).toEqual([]);
    expect(processesWith('apt-get', folder)).toEqual([]);
  }, 600_000);

  test('is over at once when everything is there', async () => {
    const again = fetchInto(folder);
    expect(await again.ended).toBe(0);
    expect(again.output()).not.toContain('Fetching');
  });
});
