#!/usr/bin/env node
// Writes docs/configuration.md out of the table of settings: `node scripts/generate-config-docs.mjs [--check]`.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { settings } from '../src/config/index.ts';

const path = fileURLToPath(new URL('../docs/configuration.md', import.meta.url));

const cell = (text) => text.replaceAll('|', '\\|');
const row = ({ name, shownDefault, meaning, reserved }) =>
  `| \`${name}\` | ${cell(shownDefault)} | ${cell(meaning)}${reserved ? ' Reserved: setting it has no effect yet.' : ''} |`;

const text = `# Configuration

Polyvox reads environment variables and, below them, a file \`.env\` in its folder. A value that cannot be
used keeps it from starting, with a sentence that names the variable. This page is generated from
\`src/config/settings.ts\`.

| variable | default | meaning |
|---|---|---|
${Object.values(settings).map(row).join('\n')}

Generated secrets are in \`credentials\` and \`secret.key\` below the data folder, readable by their owner only. A
variable wins over the file.
`;

if (process.argv.includes('--check')) {
  let found = '';
  try {
    found = readFileSync(path, 'utf8');
  } catch {
    // Not there: as wrong as an old one.
  }
  if (found !== text) {
    console.error(
      'docs/configuration.md is not current. Run `node scripts/generate-config-docs.mjs` and commit it.',
    );
    process.exit(1);
  }
} else {
  writeFileSync(path, text);
}
