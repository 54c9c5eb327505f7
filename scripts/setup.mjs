#!/usr/bin/env node
// Makes a fresh clone ready, then runs a command with the pinned Node: `node scripts/setup.mjs COMMAND ARGS…`.
// Plain JavaScript without packages, so that any Node from 20 on can run it.
import { spawn } from 'node:child_process';
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

/** Milliseconds between two lines of progress, which only a terminal gets, and characters of the bar. */
const redrawMs = 500;
const barWidth = 24;

/** The packages that will lie in `node_modules`, as folders. What other systems need is left out. */
const expectedFolders = () =>
  Object.entries(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages)
    .filter(([folder, { optional }]) => folder !== '' && !optional)
    .map(([folder]) => join(root, folder, 'package.json'));

/** Shows how far npm has come, until the returned function is called. */
function showProgress(began) {
  if (!process.stdout.isTTY) {
    console.log('Installing packages …');
    return () => undefined;
  }
  const folders = expectedFolders();
  const draw = () => {
    const share = folders.filter((folder) => existsSync(folder)).length / folders.length;
    const filled = Math.round(share * barWidth);
    const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
    const seconds = Math.round((Date.now() - began) / 1000);
    const detail = share === 1 ? 'letting them set themselves up' : '';
    process.stdout.write(
      `\r\u001b[2KInstalling packages ${bar} ${Math.round(share * 100)} %  ${seconds} s  ${detail}`,
    );
  };
  draw();
  const timer = setInterval(draw, redrawMs);
  return () => {
    clearInterval(timer);
    process.stdout.write('\r\u001b[2K');
  };
}

/** Runs npm to its end. @returns its exit code, and everything it said */
function runNpm(args) {
  return new Promise((resolve) => {
    const npm = spawn('npm', args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, npm_config_update_notifier: 'false' },
    });
    let said = '';
    const collect = (chunk) => {
      said += chunk;
    };
    npm.stdout.on('data', collect);
    npm.stderr.on('data', collect);
    npm.on('error', (error) => resolve({ code: 1, said: error.message }));
    npm.on('close', (code) => resolve({ code, said }));
  });
}

const isInstalled = () =>
  existsSync(stamp) &&
  readFileSync(stamp, 'utf8') === lockHash() &&
  existsSync(join(modules, '.bin', 'node'));

/** Installs the packages of the lock file, unless they are there. */
async function ensurePackages() {
  if (Number(process.versions.node.split('.')[0]) < leastNode) {
    fail(
      `Polyvox needs Node ${leastNode} or newer to set itself up; this is ${process.versions.node}.`,
    );
  }
  if (isInstalled()) return;
  const began = Date.now();
  const endProgress = showProgress(began);
  const { code, said } = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  endProgress();
  if (code !== 0) {
    console.error(said);
    fail(
      'The packages could not be installed. If npm cannot reach its registry, check `npm ping` and the proxy settings, then start again.',
    );
  }
  writeFileSync(stamp, lockHash());
  const tick = process.stdout.isTTY ? '✓ ' : '';
  console.log(`${tick}Installing packages: done in ${Math.round((Date.now() - began) / 1000)} s`);
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

await ensurePackages();
const [command, ...args] = process.argv.slice(2);
if (command) run(command, args);
