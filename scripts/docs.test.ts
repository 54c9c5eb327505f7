import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const pages = globSync(['*.md', 'docs/**/*.md', 'src/**/README.md'], { cwd: root });
const rooms = readdirSync(join(root, 'src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `src/${name}`);

/** Targets of links and pictures inside the repository. */
const linksOf = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^\w+:/.test(target));

/** Files that a text names in code style, from the root of the repository on. */
const filesNamedIn = (text: string): string[] =>
  [...text.matchAll(/`((?:src|test|scripts|docs|bench)\/[\w./-]+\.\w+)`/g)].map(
    ([, path]) => path ?? '',
  );

describe('the documents', () => {
  test.each(pages)('%s links to pages that are there', (page) => {
    const missing = linksOf(read(page)).filter(
      (target) => !existsSync(join(root, dirname(page), target)),
    );
    expect(missing).toEqual([]);
  });

  test.each(pages)('%s names files that are there', (page) => {
    expect(filesNamedIn(read(page)).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test.each(rooms)('%s says what it is for, what may not enter and where to start', (room) => {
    const text = read(join(room, 'README.md'));
    expect(text.split('\n').length).toBeLessThanOrEqual(41);
    expect(text).toContain('**What may not enter.**');
    expect(text).toContain('**Start reading**');
  });

  test('every decision is in the list of decisions', () => {
    const list = read('docs/decisions/README.md');
    const files = readdirSync(join(root, 'docs/decisions')).filter((file) => /^\d{4}-/.test(file));
    expect(files.filter((file) => !list.includes(`(${file})`))).toEqual([]);
  });

  test('the quick start names commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read('README.md').matchAll(/npm (?:run )?(start|test|stop|demo)\b/g)];
    expect(new Set(named.map(([, script]) => script))).toEqual(
      new Set(['start', 'test', 'stop', 'demo']),
    );
    for (const [, script] of named) expect(scripts).toHaveProperty(script ?? '');
  });
});
