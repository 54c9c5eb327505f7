#!/usr/bin/env node
// The one command that checks everything: `npm run check`. Each step is a program of node_modules or of this
// folder. `npm run check -- types` runs only the steps that have the word in their names.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const scripts = fileURLToPath(new URL('.', import.meta.url));
const root = join(scripts, '..');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const script = (name, ...args) => [bin('node'), join(scripts, name), ...args];

/** Every script that makes a generated file can compare it too. */
const generators = readdirSync(scripts).filter((file) => /^generate-.*\.mjs$/.test(file));

/** Name, then commands with their arguments. Quick ones first. */
const steps = [
  ['format and lint', [bin('biome'), 'check', '.']],
  ['lint that needs types', [bin('eslint'), '.']],
  ['types of the server', [bin('tsc'), '-p', 'tsconfig.server.json']],
  ['types of the tests', [bin('tsc'), '-p', 'tsconfig.test.json']],
  ['imports between rooms', script('check-imports.mjs')],
  ['dead code', [bin('knip'), '--no-config-hints']],
  ['generated files are current', ...generators.map((file) => script(file, '--check'))],
  ['tests', [bin('vitest'), 'run']],
];

const only = process.argv.slice(2);
const wanted = steps.filter(([name]) => !only.length || only.some((word) => name.includes(word)));
if (wanted.length === 0) {
  console.error(`No step is called so. Steps: ${steps.map(([name]) => name).join(', ')}.`);
  process.exit(1);
}
const secondsSince = (began) => `${((Date.now() - began) / 1000).toFixed(1)} s`;
const began = Date.now();

for (const [name, ...commands] of wanted) {
  const stepBegan = Date.now();
  console.log(`\n── ${name}`);
  for (const [command, ...args] of commands) {
    if (spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status === 0) continue;
    console.error(`\n✗ ${name} failed after ${secondsSince(stepBegan)}; later steps were not run.`);
    console.error(`  Again, this step alone: npm run check -- '${name}'`);
    process.exit(1);
  }
  console.log(`✓ ${name} (${secondsSince(stepBegan)})`);
}
console.log(
  wanted.length === steps.length
    ? `\n✓ Everything is as it should be: ${steps.length} checks passed in ${secondsSince(began)}.`
    : `\n✓ ${wanted.length} of ${steps.length} checks passed in ${secondsSince(began)}; the others were not asked for.`,
);
