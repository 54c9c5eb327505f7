import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestPath, packageOf, readManifest } from './manifest.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'polyvox-manifest-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('what was fetched', () => {
  test('is nothing where nothing was written down', () => {
    expect(readManifest(join(folder, 'none'))).toEqual({ form: 1, groups: {} });
  });

  test('is nothing where what was written down is damaged, or of another form', async () => {
    for (const text of ['{"form":1,"gro', '{"form":2,"groups":{"server":{}}}', 'null']) {
      await writeFile(manifestPath(folder), text);
      expect(readManifest(folder)).toEqual({ form: 1, groups: {} });
    }
  });

  test('is named by package and version, as Debian writes them', () => {
    const archive = (file: string) => ({ file, bytes: 1, hash: 'SHA256:0' });
    const group = {
      prefix: 'server-0',
      versions: {},
      packages: [
        archive('asterisk-config_1%3a22.10.1+dfsg-1_all.deb'),
        archive('asterisk_1%3a22.10.1+dfsg-1_amd64.deb'),
      ],
    };
    expect(packageOf(group, 'asterisk')).toBe('asterisk 1:22.10.1+dfsg-1');
    expect(packageOf(group, 'ffmpeg')).toBeUndefined();
  });
});
