import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const script = fileURLToPath(new URL('./check-imports.mjs', import.meta.url));

/** A small tree that keeps to the rules; its domains know each other's types. */
const tree: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module", "dependencies": { "kysely": "*" } }',
  'node_modules/kysely/package.json': '{ "name": "kysely", "main": "index.js" }',
  'node_modules/kysely/index.js': '',
  'src/kernel/ids.ts': 'export const id = 1;',
  'src/core/calls/index.ts':
    "import type { User } from '../users/index.ts';\nexport { type Call, call } from './call.ts';\nexport type Caller = User;",
  'src/core/calls/call.ts':
    "import { id } from '../../kernel/ids.ts';\nexport const call = id;\nexport type Call = number;",
  'src/core/users/index.ts':
    "import type { Call } from '../calls/index.ts';\nexport const user = 1;\nexport type User = Call;",
  'src/engine/asterisk/index.ts': 'export const engine = 1;',
  'src/store/index.ts': "import 'kysely';\nexport const store = 1;",
  'src/dialects/xivo/index.ts': 'export const xivo = 1;',
  'src/dialects/qloud/index.ts': 'export const qloud = 1;',
};

let folder = '';

const write = (files: Readonly<Record<string, string>>) => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  }
};

const check = (least = 1) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, String(least)], {
    cwd: folder,
    encoding: 'utf8',
  });
  const fired = [...stderr.matchAll(/^([\w-]+): (.*)$/gm)].map(([, rule, path]) => [rule, path]);
  return { status, stdout, stderr, fired };
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'polyvox-imports-'));
  write(tree);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the rules about imports', { timeout: 60_000 }, () => {
  test('are silent about a tree that keeps to them, and say how much they saw', () => {
    const { status, stdout, stderr } = check();
    expect([stderr, status]).toEqual(['', 0]);
    expect(stdout).toContain('8 modules');
  });

  test('fail when they see fewer modules than there must be', () => {
    const { status, stderr } = check(9);
    expect(stderr).toContain('Only 8 modules');
    expect(status).toBe(1);
  });

  test('fire for each import they forbid', () => {
    write({
      'src/core/users/find.ts': [
        "import 'node:fs/promises';",
        "import 'kysely';",
        "import type { Call } from '../calls/call.ts';",
        "import type { store } from '../../store/index.ts';",
        'export type Found = Call | typeof store;',
      ].join('\n'),
      'src/dialects/xivo/calls.ts': [
        "import '../../core/calls/call.ts';",
        "import '../../engine/asterisk/index.ts';",
        "import '../qloud/index.ts';",
      ].join('\n'),
      'src/kernel/clock.ts': "import '../core/users/index.ts';",
      'src/http/page.ts': "import 'kysely';\nimport './nowhere.ts';",
      'src/attic/box.ts': "import '../kernel/ids.ts';",
    });
    const { status, fired } = check();
    expect(status).toBe(1);
    expect(fired.toSorted()).toEqual([
      ['core-does-no-io', 'src/core/users/find.ts → fs/promises'],
      ['core-keeps-to-its-rooms', 'src/core/users/find.ts → src/store/index.ts'],
      ['core-uses-no-package', 'src/core/users/find.ts → node_modules/kysely/index.js'],
      [
        'dialects-do-not-know-each-other',
        'src/dialects/xivo/calls.ts → src/dialects/qloud/index.ts',
      ],
      ['dialects-keeps-to-its-rooms', 'src/dialects/xivo/calls.ts → src/engine/asterisk/index.ts'],
      ['enter-a-domain-by-its-door', 'src/core/users/find.ts → src/core/calls/call.ts'],
      ['every-room-is-listed', 'src/attic/box.ts → src/kernel/ids.ts'],
      ['kernel-keeps-to-its-rooms', 'src/kernel/clock.ts → src/core/users/index.ts'],
      ['only-the-store-speaks-sql', 'src/core/users/find.ts → node_modules/kysely/index.js'],
      ['only-the-store-speaks-sql', 'src/http/page.ts → node_modules/kysely/index.js'],
      [
        'outsiders-enter-domains-by-their-door',
        'src/dialects/xivo/calls.ts → src/core/calls/call.ts',
      ],
      ['resolves', 'src/http/page.ts → ./nowhere.ts'],
    ]);
  });

  test('forbid modules that wait for each other, even where types are imported beside', () => {
    write({
      'src/kernel/left.ts':
        "import type { Right } from './right.ts';\nimport { right } from './right.ts';\nexport const left = (): Right => right;\nexport type Left = number;",
      'src/kernel/right.ts':
        "import type { Left } from './left.ts';\nimport { left } from './left.ts';\nexport const right: Left = 1;\nexport type Right = Left;\nexport const again = left;",
    });
    expect(check().fired.map(([rule]) => rule)).toEqual(['no-run-time-cycles']);
  });
});
