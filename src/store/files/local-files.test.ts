import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { createLocalFiles } from './local-files.ts';

const roots: string[] = [];

afterEach(async () => {
  for (const root of roots.splice(0)) await rm(root, { recursive: true, force: true });
});

/** Files in a folder of their own, and a recording that the engine has just finished. */
async function world(content = 'the sound of a call') {
  const root = await mkdtemp(join(tmpdir(), 'polyvox-files-'));
  roots.push(root);
  const folder = join(root, 'files');
  const finished = join(root, 'finished.wav');
  await writeFile(finished, content);
  return { root, folder, finished, files: createLocalFiles(folder) };
}

const key = 'recordings/account/2026-03-17/recording.wav';

describe('a file', () => {
  test('is taken over whole, and is gone from where it was', async () => {
    const { files, finished, folder } = await world();
    expect(await files.take(key, finished)).toEqual({ sizeBytes: 19 });
    expect(existsSync(finished)).toBe(false);
    expect(await files.size(key)).toBe(19);
    expect((await buffer(await files.open(key))).toString()).toBe('the sound of a call');
    expect(await readdir(join(folder, 'recordings/account/2026-03-17'))).toEqual(['recording.wav']);
  });

  test('can be read in part, both ends included', async () => {
    const { files, finished } = await world();
    await files.take(key, finished);
    expect((await buffer(await files.open(key, { start: 4, end: 8 }))).toString()).toBe('sound');
  });

  test('is in a folder that others on the machine cannot enter', async () => {
    const { files, finished, folder } = await world();
    await files.take(key, finished);
    expect((await stat(folder)).mode & 0o077).toBe(0);
  });

  test('that cannot be taken over leaves nothing half-made under its name', async () => {
    const { files, root } = await world();
    await expect(files.take(key, join(root, 'not there.wav'))).rejects.toThrow();
    expect(await files.size(key)).toBeUndefined();
  });

  test('that was left half-made by a power cut is replaced', async () => {
    const { files, finished, folder } = await world();
    await mkdir(join(folder, 'recordings/account/2026-03-17'), { recursive: true });
    await writeFile(join(folder, `${key}.new`), 'half');
    await files.take(key, finished);
    expect(await files.size(key)).toBe(19);
  });

  test('that is not there has no size, and removing it is no error', async () => {
    const { files } = await world();
    expect(await files.size(key)).toBeUndefined();
    await expect(files.remove(key)).resolves.toBeUndefined();
  });

  test('that is removed is gone', async () => {
    const { files, finished } = await world();
    await files.take(key, finished);
    await files.remove(key);
    expect(await files.size(key)).toBeUndefined();
  });
});

test.each([
  '../secret.key',
  'recordings/../../secret.key',
  '/etc/passwd',
  '',
  '.hidden',
  'a\0b',
  'a b',
  '-rf',
])('%j is no name of a file, and leads nowhere', async (name) => {
  const { files, finished } = await world();
  await expect(files.take(name, finished)).rejects.toThrow(TypeError);
  await expect(files.size(name)).rejects.toThrow(TypeError);
  await expect(files.open(name)).rejects.toThrow(TypeError);
  expect(() => files.remove(name)).toThrow(TypeError);
  expect(existsSync(finished)).toBe(true);
});

test('the room that is left is known before the first file is there', async () => {
  const { files } = await world();
  expect(await files.freeBytes()).toBeGreaterThan(0);
});
