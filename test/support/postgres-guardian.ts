// Ends the database server of a test run and removes its folder, as soon as whoever started this lets go of
// its input: at the end of the run, and also when the run is killed.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findDetached } from '../../src/processes/index.ts';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('wanted: the folder of the server');

// Whoever asks a run to end asks all its processes; this one waits for the run.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

process.stdin.resume();
process.stdin.once('close', () => {
  const server = findDetached(join(folder, 'run'), 'postgres');
  void (server?.stop({ signal: 'SIGINT', graceMs: 10_000 }) ?? Promise.resolve()).then(() =>
    rm(folder, { recursive: true, force: true }),
  );
});
