import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Progress } from '../kernel/progress.ts';
import {
  endLeftRunning,
  findDetached,
  holderOf,
  isAlive,
  type LeftRunning,
  type ProcessIdentity,
  takeFolder,
} from '../processes/index.ts';

/** Milliseconds between two looks, and that a server may need besides draining. */
const lookEveryMs = 100;
const besidesDrainingMs = 60_000;

const titles: Readonly<Record<LeftRunning, string>> = {
  engine: 'Asterisk',
  postgres: 'Postgres',
};

/** Ends a server gently, and by force if it has not gone long after it should have. */
async function endServer(
  server: ProcessIdentity,
  drainSeconds: number,
  progress: Progress,
): Promise<string> {
  const step = progress.step('Ending the server');
  const began = performance.now();
  process.kill(server.pid, 'SIGTERM');
  while (isAlive(server)) {
    const passedMs = performance.now() - began;
    step.update(`running calls get up to ${drainSeconds} s`);
    if (passedMs > drainSeconds * 1_000 + besidesDrainingMs) {
      process.kill(server.pid, 'SIGKILL');
      step.fail('it did not end by itself and was killed');
      return 'the server (killed)';
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  step.done();
  return 'the server';
}

/**
 * Ends the server on a data folder with everything it started, or what a killed one left running.
 * @param options.drainSeconds - how long the server lets running calls go on
 * @returns what was ended, in words; nothing if nothing ran
 */
export async function stopEverything(options: {
  /** Absolute. */
  readonly folder: string;
  readonly drainSeconds: number;
  readonly progress: Progress;
}): Promise<readonly string[]> {
  const { folder, drainSeconds, progress } = options;
  if (!existsSync(folder)) return [];
  const ended: string[] = [];
  const holder = holderOf(folder);
  if (holder?.role === 'using') ended.push(await endServer(holder, drainSeconds, progress));
  const waitingFor = 'Somebody else is ending it';
  const release = await takeFolder(folder, { role: 'ending', progress, waitingFor });
  try {
    const runFolder = join(folder, 'run');
    const onEnding = (name: LeftRunning) => progress.step(`Ending ${titles[name]}`);
    for (const name of await endLeftRunning(runFolder, { onEnding })) ended.push(titles[name]);
    await findDetached(runFolder, 'keeper')?.stop();
  } finally {
    release();
  }
  return ended;
}
