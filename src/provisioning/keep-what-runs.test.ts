import { copyFile, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keepWhatRuns } from './keep-what-runs.ts';
import { neededLibraries } from './needed-libraries.ts';

const architecture = { debian: 'amd64', triplet: 'here', loader: 'usr/lib64/ld.so' };

/** A real program of any Linux, whose libraries are known: the one that runs this. */
const realProgram = process.execPath;
const knownLibrary = 'libc.so.6';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'polyvox-prefix-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

const write = async (path: string, text = '') => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
};

const link = async (path: string, target: string) => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await symlink(target, join(root, path));
};

const everything = async (): Promise<string[]> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
};

describe('the libraries that a program names', () => {
  test('are read from the program itself', async () => {
    expect(await neededLibraries(realProgram)).toContain(knownLibrary);
  });

  test('are unknown for what is no program', async () => {
    await write('text', 'a'.repeat(100));
    await write('short', '\x7fELF');
    await write('empty');
    for (const name of ['text', 'short', 'empty'])
      expect(await neededLibraries(join(root, name))).toBeUndefined();
  });
});

describe('a prefix', () => {
  test('keeps programs, plug-ins, what they name and what they read, and nothing else', async () => {
    await write('usr/sbin/asterisk');
    await copyFile(realProgram, join(root, 'usr/sbin/asterisk'));
    await link('usr/lib64/ld.so', '../lib/here/ld-2.so');
    await write('usr/lib/here/ld-2.so');
    await link(`usr/lib/here/${knownLibrary}`, 'libc-2.so');
    await write('usr/lib/here/libc-2.so');
    await write('usr/lib/here/libunused.so.1');
    await link('usr/lib/here/libunused.so', 'libunused.so.1');
    await write('usr/lib/here/asterisk/modules/chan_pjsip.so');
    await write('usr/lib/here/asterisk/modules/cdr_csv.so');
    await write('usr/share/asterisk/sounds/en/hello.wav');
    await write('usr/share/doc/asterisk/README');
    await write('usr/bin/other');
    await keepWhatRuns(root, ['asterisk'], architecture);
    expect(await everything()).toEqual([
      'usr/lib/here/asterisk/modules/chan_pjsip.so',
      'usr/lib/here/ld-2.so',
      'usr/lib/here/libc-2.so',
      `usr/lib/here/${knownLibrary}`,
      'usr/lib64/ld.so',
      'usr/sbin/asterisk',
      'usr/share/asterisk/sounds/en/hello.wav',
    ]);
    await expect(stat(join(root, 'usr/share/doc'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('loses links that lead nowhere, or only to each other', async () => {
    await link('usr/sbin/asterisk', 'asterisk-2');
    await link('usr/sbin/asterisk-2', 'asterisk');
    await link('usr/lib64/ld.so', 'gone');
    await write('usr/share/asterisk/keys');
    await keepWhatRuns(root, ['asterisk'], architecture);
    expect(await everything()).toEqual(['usr/share/asterisk/keys']);
  });
});
