import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig, loadCredentials } from '../../config/index.ts';
import { ensurePrograms } from '../../provisioning/index.ts';
import { explainFailure } from '../explain-failure.ts';
import { createTerminalProgress } from '../terminal-progress.ts';
import { findExchange } from './find-exchange.ts';
import { runDemo } from './run-demo.ts';
import { createTranscript } from './transcript.ts';

/* `npm run demo`: two scripted phones and one call, seen and steered through every API of the running server. */

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Ends of what was begun, newest last. */
const ends: (() => Promise<void>)[] = [];

async function endEverything(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end();
}

let interrupted = false;

/** The first signal ends what was begun, a later one only this program. */
function endOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (interrupted) process.exit(130);
      interrupted = true;
      process.stdout.write('\nEnding the phones …\n');
      void endEverything().finally(() => process.exit(130));
    });
}

async function main(): Promise<boolean> {
  const config = await loadConfig({ root, env: process.env });
  const exchange = await findExchange(config);
  const { baresip } = await ensurePrograms(['baresip'], {
    folder: join(root, '.engine'),
    progress: createTerminalProgress(process.stdout),
    env: { PATH: process.env.PATH, POLYVOX_BARESIP: config.baresip },
  });
  const transcript = createTranscript(process.stdout);
  transcript.note(`
Two scripted phones and one call on the Polyvox at ${exchange.url}.
Seconds, who, then > what is asked, < what is answered, * what happens.`);
  return runDemo({
    exchange,
    phoneProgram: baresip,
    adminPassword: config.trustLocal ? undefined : (await loadCredentials(config)).adminPassword,
    folder: join(config.data, 'demo'),
    transcript,
    onEnd: (end) => void ends.push(end),
  });
}

endOnSignals();
try {
  const good = await main();
  await endEverything();
  if (!interrupted) process.exit(good ? 0 : 1);
} catch (error) {
  await endEverything();
  if (!interrupted) {
    process.stderr.write(`\n${explainFailure(error)}\n\n`);
    process.exit(1);
  }
}
