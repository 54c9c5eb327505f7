import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mainArchive, parseDeb822, parseOneLine, readAptSources } from './apt-sources.ts';

describe('entries of one line', () => {
  test('are read with their options, and comments and sources of packages are left out', () => {
    const text = `
# deb http://old.example/debian buster main
deb http://mirror.example/debian bookworm main contrib # fast
deb-src http://mirror.example/debian bookworm main
  deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg] https://other.example/debian/ stable main
nonsense
`;
    expect(parseOneLine(text)).toEqual([
      {
        uri: 'http://mirror.example/debian',
        suites: ['bookworm'],
        components: ['main', 'contrib'],
        signedBy: undefined,
      },
      {
        uri: 'https://other.example/debian/',
        suites: ['stable'],
        components: ['main'],
        signedBy: '/usr/share/keyrings/x.gpg',
      },
    ]);
  });
});

describe('entries of paragraphs', () => {
  test('are read, one for every address', () => {
    const text = `Types: deb deb-src
URIs: http://one.example/debian http://two.example/debian
Suites: bookworm bookworm-updates
Components: main non-free-firmware
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`;
    const entry = {
      suites: ['bookworm', 'bookworm-updates'],
      components: ['main', 'non-free-firmware'],
      signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg',
    };
    expect(parseDeb822(text)).toEqual([
      { ...entry, uri: 'http://one.example/debian' },
      { ...entry, uri: 'http://two.example/debian' },
    ]);
  });

  test('are left out when they are switched off, or about sources of packages', () => {
    const off = 'Types: deb\nURIs: http://a.example/debian\nSuites: sid\nEnabled: no\n';
    const sources = 'Types: deb-src\nURIs: http://a.example/debian\nSuites: sid\n';
    expect(parseDeb822(`${off}\n${sources}`)).toEqual([]);
  });

  test('have no path of a keyring when the key itself stands there', () => {
    const text =
      'Types: deb\nURIs: http://a.example/debian\nSuites: sid\nSigned-By:\n -----BEGIN PGP\n .\n';
    expect(parseDeb822(text)).toMatchObject([{ signedBy: undefined }]);
  });
});

describe('the apt configuration of a machine', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'polyvox-apt-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('is read from both forms, and files of other names do not count', async () => {
    await mkdir(join(folder, 'sources.list.d'));
    const write = (name: string, text: string) => writeFile(join(folder, name), text);
    await write('sources.list', 'deb http://a.example/debian bookworm main\n');
    await write('sources.list.d/b.list', 'deb http://b.example/debian bookworm main\n');
    await write(
      'sources.list.d/c.sources',
      'Types: deb\nURIs: http://c.example/debian\nSuites: bookworm\nComponents: main\n',
    );
    await write('sources.list.d/d.disabled', 'deb http://d.example/debian bookworm main\n');
    expect((await readAptSources(folder)).map(({ uri }) => uri)).toEqual([
      'http://a.example/debian',
      'http://b.example/debian',
      'http://c.example/debian',
    ]);
  });

  test('may be missing altogether', async () => {
    expect(await readAptSources(join(folder, 'none'))).toEqual([]);
  });
});

describe('the archive to fetch from', () => {
  const source = (uri: string, suite: string, component = 'main') => ({
    uri,
    suites: [suite],
    components: [component],
    signedBy: undefined,
  });

  test('is the one that carries the running release, not its security updates nor a third party', () => {
    const archive = source('http://mirror.example/debian', 'bookworm');
    const others = [
      source('http://mirror.example/debian-security', 'bookworm-security'),
      source('http://vendor.example/node', 'bookworm'),
      source('http://mirror.example/debian', 'bookworm', 'contrib'),
      source('http://mirror.example/debian', 'bookworm-updates'),
    ];
    expect(mainArchive([...others, archive], 'bookworm')).toBe(archive);
    expect(mainArchive(others, 'bookworm')).toBeUndefined();
  });

  test('may be named by a suite that moves', () => {
    const archive = source('http://mirror.example/debian/', 'testing');
    expect(mainArchive([archive], 'forky')).toBe(archive);
  });
});
