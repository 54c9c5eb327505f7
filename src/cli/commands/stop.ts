import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../config/index.ts';
import { explainFailure } from '../explain-failure.ts';
import { stopEverything } from '../stop-everything.ts';
import { createTerminalProgress } from '../terminal-progress.ts';

/* `npm stop`: ends the server of the configured data folder, and what it leaves running. */

const root = fileURLToPath(new URL('../../..', import.meta.url));

try {
  const { data, drainSeconds } = await loadConfig({ root, env: process.env });
  const progress = createTerminalProgress(process.stdout);
  const ended = await stopEverything({ folder: data, drainSeconds, progress });
  const words = ended.length > 0 ? `Ended: ${ended.join(', ')}.` : `Nothing runs on ${data}.`;
  process.stdout.write(`${words}\n`);
} catch (error) {
  process.stderr.write(`\n${explainFailure(error)}\n\n`);
  process.exitCode = 1;
}
