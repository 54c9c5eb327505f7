#!/usr/bin/env node
// Writes docs/errors.md out of the refusals in src: `node scripts/generate-error-docs.mjs [--check]`.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const path = join(root, 'docs', 'errors.md');

/** What a client may do about a refusal, by its kind. */
const kinds = {
  invalid: 'Correct the request; the answer names the field or the rule.',
  unauthenticated: 'Sign in, with another name or secret.',
  forbidden: 'Ask somebody with more rights.',
  not_found: 'It is not there, or it is not yours to see; both look the same.',
  conflict: 'Read the state again; the request does not fit to it.',
  too_large: 'Send less.',
  limited: 'Wait, then try again.',
  payment_required: 'Settle the account.',
  unavailable: 'Try again; a part of the exchange is away.',
};

const refusal =
  /new DomainError\(\s*'([a-z_]+)',\s*'([a-z_.]+)',\s*(?:'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`|"((?:[^"\\]|\\.)*)")/g;

/** Refusals that a table names: of what a unique constraint of the database is about. */
const taken = /\['([a-z_]+\.taken)', '([^']*)'\]/g;
const fromTable = 'src/store/postgres-errors.ts';

/** Every refusal: code, kind, and its words with what differs from case to case as …. */
const found = new Map();
for (const file of globSync('src/**/*.ts', { cwd: root })) {
  if (file.endsWith('.test.ts')) continue;
  const source = readFileSync(join(root, file), 'utf8');
  const refusals = [...source.matchAll(refusal)];
  const tabled = file === fromTable ? [...source.matchAll(taken)] : [];
  for (const [, code, words] of tabled) {
    const text = [found.get(code)?.text, words].filter(Boolean).join('; ');
    found.set(code, { kind: 'conflict', text });
  }
  const made = source.match(/new DomainError\(/g)?.length ?? 0;
  if (made !== refusals.length + (tabled.length > 0 ? 1 : 0))
    throw new Error(`${file}: kind, code and words of a DomainError must be literals`);
  for (const [, kind, code, ...words] of refusals) {
    const text = (words.find((word) => word !== undefined) ?? '')
      .replace(/\$\{[^}]*(?:\{[^}]*\}[^}]*)*\}/g, '…')
      .replace(/\\n\s*/g, ' ')
      .replaceAll('|', '\\|');
    if (!(kind in kinds)) throw new Error(`${file}: the kind ${kind} has no advice`);
    found.set(code, { kind, text });
  }
}

const rows = [...found]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([code, { kind, text }]) => `| \`${code}\` | ${kind} | ${text} |`);

const page = `# Errors

Every refusal has a kind and a code that does not change. A dialect words it in its own form and chooses the
status; [contracts](contracts/README.md) says how. What is not in this list is a bug or an outage: it is answered
with 500, says nothing, and is logged whole. This page is generated from the code.

| kind | what to do |
|---|---|
${Object.entries(kinds)
  .map(([kind, advice]) => `| ${kind} | ${advice} |`)
  .join('\n')}

| code | kind | words |
|---|---|---|
${rows.join('\n')}
`;

if (process.argv.includes('--check')) {
  let current = '';
  try {
    current = readFileSync(path, 'utf8');
  } catch {
    // Not there: as wrong as an old one.
  }
  if (current !== page) {
    console.error(
      'docs/errors.md is not current. Run `node scripts/generate-error-docs.mjs` and commit it.',
    );
    process.exit(1);
  }
} else {
  writeFileSync(path, page);
}
