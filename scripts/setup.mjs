#!/usr/bin/env node
// Makes a fresh clone ready, then runs a command with the pinned Node: `node scripts/setup.mjs COMMAND ARGS…`.
// Plain JavaScript without packages, so that any Node from 20 on can run it.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.polyvox-lock');
const leastNode = 20;

const fail = (message) => {
  console.error(`\n${message}\n`);
  process.exit(1);
};

/** What the installed packages were made from. */
const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

const isInstalled = () =>
  existsSync(stamp) &&
  readFileSync(stamp, 'utf8') === lockHash() &&
  existsSync(join(modules, '.bin', 'node'));

/** Installs the packages of the lock file, unless they are there. */
export function ensurePackages() {
  if (Number(process.versions.node.split('.')[0]) < leastNode) {
    fail(
      `Polyvox needs Node ${leastNode} or newer to set itself up; this is ${process.versions.node}.`,
    );
  }
  if (isInstalled()) return;
  const began = Date.now();
  console.log('Installing packages …');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, npm_config_update_notifier: 'false' },
  });
  if (npm.error || npm.status !== 0) {
    console.error(npm.stdout ?? '', npm.stderr ?? '');
    fail(
      'The packages could not be installed. If npm cannot reach its registry, check `npm ping` and the proxy settings, then start again.',
    );
  }
  writeFileSync(stamp, lockHash());
  console.log(`Installed packages in ${Math.round((Date.now() - began) / 1000)} s`);
}

/** Runs a command with the pinned Node first on the path; its exit code becomes ours. */
function run(command, args) {
  const path = [join(modules, '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  // The terminal tells the whole group; a signal that was sent to this process alone is passed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT') child.kill(signal);
    });
  }
  child.on('error', (error) => fail(`${command} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

ensurePackages();
const [command, ...args] = process.argv.slice(2);
if (command) run(command, args);
