#!/usr/bin/env node
// Checks who imports whom in the current folder, by the rules of .dependency-cruiser.cjs:
// `check-imports.mjs [LEAST]`. A check that sees fewer than LEAST modules fails: it has lost its way.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const rules = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const tsConfig = extractTSConfig(fileURLToPath(new URL('../tsconfig.base.json', import.meta.url)));
const least = Number(process.argv[2] ?? 200);
const folders = ['src', 'test', 'bench', 'scripts'].filter((folder) => existsSync(folder));

/** @param withTypes - whether imports of types count, which are gone when the program runs */
async function look(forbidden, withTypes) {
  const options = { ...rules.options, validate: true, ruleSet: { forbidden } };
  const { output } = await cruise(
    folders,
    { ...options, tsPreCompilationDeps: withTypes },
    undefined,
    { tsConfig },
  );
  return output;
}

const written = await look(rules.forbidden, true);
const running = await look(rules.runTime, false);
const violations = [...written.summary.violations, ...running.summary.violations];
const all = [...rules.forbidden, ...rules.runTime];
const seen = written.modules.filter(({ source }) => folders.includes(source.split('/')[0])).length;

for (const { from, to, rule, cycle } of violations) {
  const path = cycle ? [from, ...cycle.map(({ name }) => name)].join(' → ') : `${from} → ${to}`;
  console.error(`${rule.name}: ${path}\n  ${all.find(({ name }) => name === rule.name)?.comment}`);
}
if (seen < least) console.error(`Only ${seen} modules were seen, at least ${least} were expected.`);
if (violations.length > 0 || seen < least) process.exit(1);
console.log(`${seen} modules keep to ${all.length} rules about imports.`);
