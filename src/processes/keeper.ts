import { existsSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { endLeftRunning, findLeftRunning } from './end-detached.ts';
import { holderOf, lockFolder } from './folder-lock.ts';
import { nextKeeperStep } from './keeping.ts';

/*
 * The keeper, a process of its own: ends the engine and the database when no server has held the data folder
 * for some time, and itself when there is nothing left to keep.
 *
 *   node src/processes/keeper.ts DATA_FOLDER MILLISECONDS
 */

/** Milliseconds between two looks, at most. */
const seldomMs = 5_000;

/** A folder that was removed is not made again. */
const lockIfThere = (folder: string): (() => void) =>
  existsSync(folder) ? lockFolder(folder, 'ending') : () => undefined;

/** Takes the folder so that no server starts meanwhile; `false` if one has just started. */
async function endAll(dataFolder: string): Promise<boolean> {
  let release: () => void;
  try {
    release = lockIfThere(dataFolder);
  } catch {
    return false;
  }
  try {
    await endLeftRunning(join(dataFolder, 'run'));
  } finally {
    release();
  }
  return true;
}

async function keep(dataFolder: string, endAfterMs: number): Promise<void> {
  const runFolder = join(dataFolder, 'run');
  let lastSeen = performance.now();
  flushCompileCache();
  for (;;) {
    const serverIsThere = holderOf(dataFolder) !== undefined;
    if (serverIsThere) lastSeen = performance.now();
    const somethingRuns = findLeftRunning(runFolder).length > 0;
    const unattendedMs = performance.now() - lastSeen;
    const step = nextKeeperStep({ serverIsThere, somethingRuns, unattendedMs, endAfterMs });
    if (step === 'go' || (step === 'end everything' && (await endAll(dataFolder)))) return;
    await new Promise((resolve) => setTimeout(resolve, Math.min(seldomMs, endAfterMs / 10)));
  }
}

const [dataFolder, endAfterMs] = process.argv.slice(2);
if (!dataFolder || !(Number(endAfterMs) > 0)) throw new Error('which folder, after how long?');
await keep(dataFolder, Number(endAfterMs));
