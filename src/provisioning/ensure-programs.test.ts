import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentProgress } from '../kernel/progress.ts';
import { lockFolder } from '../processes/index.ts';
import { ensurePrograms } from './ensure-programs.ts';
import { manifestPath } from './manifest.ts';
import { architectureHere } from './prefix.ts';
import { type ProgramName, programKinds } from './programs.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'polyvox-programs-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A prefix as an earlier start left it; its programs would not run. */
async function fetched(versions: Partial<Record<ProgramName, string>>): Promise<void> {
  const prefix = join(folder, 'server-0123456789ab');
  const files = Object.keys(versions).map((name) => programKinds[name as ProgramName].file);
  for (const file of [architectureHere()?.loader ?? '', ...files]) {
    await mkdir(dirname(join(prefix, file)), { recursive: true });
    await writeFile(join(prefix, file), '');
  }
  const packages = [{ file: 'asterisk_1%3a22.10.1-1_amd64.deb', bytes: 1, hash: 'SHA256:0' }];
  const groups = { server: { prefix: 'server-0123456789ab', versions, packages } };
  await writeFile(manifestPath(folder), JSON.stringify({ form: 1, groups }));
}

/** A program that says which version it is. */
async function program(name: string, says: string): Promise<string> {
  const path = join(folder, 'bin', name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\necho '${says}'\n`);
  await chmod(path, 0o755);
  return path;
}

const ensure = <Name extends ProgramName>(
  names: readonly Name[],
  env: Readonly<Record<string, string>> = {},
  aptFolder = join(folder, 'no-apt'),
) => ensurePrograms(names, { folder, progress: silentProgress, env, aptFolder });

/** Everything that starts a program or opens a connection while something is done. */
async function sideEffects(work: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  const channels = [
    'child_process',
    'net.client.socket',
    'undici:request:create',
    'http.client.request.start',
  ];
  const listeners = channels.map((channel) => [channel, () => void seen.push(channel)] as const);
  for (const [channel, listener] of listeners) subscribe(channel, listener);
  await work();
  for (const [channel, listener] of listeners) unsubscribe(channel, listener);
  return seen;
}

describe('a program that was fetched before', () => {
  test('is used without running anything and without a network', async () => {
    await fetched({ asterisk: '22.10.1', ffmpeg: '9.0.2', 'espeak-ng': '1.52.0' });
    let version = '';
    const seen = await sideEffects(async () => {
      ({ version } = (await ensure(['asterisk', 'ffmpeg', 'espeak-ng'])).asterisk);
    });
    expect(version).toBe('22.10.1');
    expect(seen).toEqual([]);
    const noisy = await sideEffects(async () =>
      ensure(['ffmpeg'], { POLYVOX_FFMPEG: await program('ffmpeg', 'ffmpeg version 6.0') }),
    );
    expect(noisy).toEqual(['child_process']);
  });

  test('says in which package and prefix it came', async () => {
    await fetched({ asterisk: '22.10.1' });
    expect((await ensure(['asterisk'])).asterisk).toMatchObject({
      source: 'fetched',
      package: 'asterisk 1:22.10.1-1',
      prefix: 'server-0123456789ab',
      root: join(folder, 'server-0123456789ab'),
    });
  });

  test('does not count when it is too old by now', async () => {
    await fetched({ asterisk: '22.9.0' });
    await expect(ensure(['asterisk'])).rejects.toMatchObject({ code: 'provisioning.no_archive' });
  });

  test('does not count when its prefix was removed', async () => {
    await fetched({ asterisk: '22.10.1' });
    await rm(join(folder, 'server-0123456789ab'), { recursive: true });
    await expect(ensure(['asterisk'])).rejects.toMatchObject({ code: 'provisioning.no_archive' });
  });
});

describe('a program that a variable names', () => {
  test('is used, whatever was fetched', async () => {
    await fetched({ asterisk: '22.10.1' });
    const own = await program('my-asterisk', 'Asterisk 23.1.0');
    expect((await ensure(['asterisk'], { POLYVOX_ASTERISK: own })).asterisk).toEqual({
      name: 'asterisk',
      version: '23.1.0',
      command: own,
      args: [],
      source: 'variable',
    });
  });

  test('is refused when it is too old, and the remedy is named', async () => {
    const old = await program('old-asterisk', 'Asterisk 20.5.0');
    await expect(ensure(['asterisk'], { POLYVOX_ASTERISK: old })).rejects.toMatchObject({
      code: 'provisioning.program_too_old',
      message: expect.stringMatching(/POLYVOX_ASTERISK names asterisk 20.5.0.*22.10.1.*unset it/),
    });
  });

  test('is refused when it does not run, with what it said', async () => {
    const broken = await program('broken', 'no such thing');
    for (const [command, said] of [
      [broken, 'no such thing'],
      [join(folder, 'missing'), 'ENOENT'],
    ] as const)
      await expect(ensure(['ffmpeg'], { POLYVOX_FFMPEG: command })).rejects.toMatchObject({
        code: 'provisioning.program_not_runnable',
        message: expect.stringContaining(said),
      });
  });
});

describe('a program on the search path', () => {
  test('is used when it is new enough, and passed over when it is not', async () => {
    const found = await program('ffmpeg', 'ffmpeg version 6.0');
    await program('espeak-ng', 'eSpeak NG text-to-speech: 1.49');
    const PATH = join(folder, 'bin');
    expect((await ensure(['ffmpeg'], { PATH })).ffmpeg).toMatchObject({
      command: found,
      source: 'path',
    });
    await expect(ensure(['espeak-ng'], { PATH })).rejects.toMatchObject({
      code: 'provisioning.no_archive',
    });
  });
});

describe('what cannot be fetched is refused, with what to install and which variables name it', () => {
  test('on a machine without apt', async () => {
    await expect(ensure(['asterisk'], { PATH: join(folder, 'bin') })).rejects.toMatchObject({
      code: 'provisioning.no_archive',
      message: expect.stringMatching(
        /no apt.*\n.*Install asterisk, ffmpeg, espeak-ng.*POLYVOX_ASTERISK, POLYVOX_FFMPEG, POLYVOX_ESPEAK/,
      ),
    });
  });

  const aptIsHere = existsSync('/usr/bin/apt-get');
  const PATH = '/usr/bin:/bin';

  test.runIf(aptIsHere)('on a machine whose apt knows no archive of Debian', async () => {
    await expect(ensure(['sipp'], { PATH })).rejects.toMatchObject({
      code: 'provisioning.no_archive',
      message: expect.stringContaining('names no Debian archive'),
    });
  });

  test.runIf(aptIsHere)(
    'on a machine without a network',
    async () => {
      const apt = join(folder, 'apt-configuration');
      await mkdir(apt);
      // Nothing listens on the port of the discard service. See RFC 863.
      await writeFile(join(apt, 'sources.list'), 'deb http://127.0.0.1:9/debian stable main\n');
      await expect(ensure(['sipp'], { PATH }, apt)).rejects.toMatchObject({
        code: 'provisioning.apt_failed',
        message: expect.stringMatching(
          /The mirror cannot be reached[\s\S]*Install sipp, baresip.*POLYVOX_SIPP, POLYVOX_BARESIP/,
        ),
      });
    },
    60_000,
  );
});

test('while another process fetches, what it has fetched is waited for and used', async () => {
  const release = lockFolder(folder);
  const waiting = new Promise<void>((resolve) => {
    const step = { update: () => resolve(), done: () => undefined, fail: () => undefined };
    void ensurePrograms(['asterisk'], { folder, progress: { step: () => step }, env: {} }).then(
      ({ asterisk }) => found.push(asterisk.version),
    );
  });
  const found: string[] = [];
  await waiting;
  await fetched({ asterisk: '22.11.0' });
  release();
  await expect.poll(() => found).toEqual(['22.11.0']);
});
