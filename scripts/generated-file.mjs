// What the scripts share that write generated files: write one, or with `--check` compare it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const checking = process.argv.includes('--check');

/** Writes a generated file; while checking, says whether it is as it would be written. */
export function settle(path, text, command) {
  const name = relative(root, path);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (before === text) {
    console.log(`${name} is current.`);
  } else if (checking) {
    const [old, fresh] = [before.split('\n'), text.split('\n')];
    const at = fresh.findIndex((line, index) => line !== old[index]);
    console.error(
      `${name} is not current: run \`${command}\` and commit the result. First difference, in line ${at + 1}:`,
    );
    console.error(`  there: ${old[at] ?? ''}\n  made now: ${fresh[at] ?? ''}`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, text);
    console.log(`${name} was written.`);
  }
}

/** Whether files are compared, not written. */
export const isChecking = checking;
