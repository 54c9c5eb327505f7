import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findDetached } from '../../src/processes/index.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const node = join(root, 'node_modules/.bin/node');

/** What a server leaves running beside itself. */
export type BesideServer = 'engine' | 'postgres' | 'keeper';

/** The process that a data folder names, if it runs. */
export const pidOf = (dataFolder: string, name: BesideServer): number | undefined =>
  findDetached(join(dataFolder, 'run'), name)?.pid;

/** Which of them run. */
export const runningOf = (dataFolder: string): BesideServer[] =>
  (['engine', 'postgres', 'keeper'] as const).filter((name) => pidOf(dataFolder, name));

const commandOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
};

/** Every process of this machine whose command line has all of some words. */
export const processesWith = (...words: readonly string[]): number[] =>
  readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => words.every((word) => commandOf(pid).includes(word)))
    .map(Number);

/** How a program of this repository ended, and everything it said. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program of this repository with the pinned Node, to its end. */
export function runToEnd(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
