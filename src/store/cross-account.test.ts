import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { crossAccountQueries } from './cross-account.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** The ways past the walls: the role, a transaction that has it, and the bare pool. */
const crosses = /\.crossing\(|'crossing'|polyvox_crossing|\bpool\.(query|connect)\b/;

test('every file that looks past the walls between accounts is in the list, and no other', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.ts$/.test(file) && !/\.test\.ts$|^(?:connect|walled-reads)\.ts$/.test(file),
  );
  const crossing = files.filter((file) => crosses.test(readFileSync(join(folder, file), 'utf8')));
  const listed = Object.keys(crossAccountQueries);
  expect(crossing.filter((file) => file !== 'cross-account.ts').toSorted()).toEqual(
    listed.toSorted(),
  );
});
