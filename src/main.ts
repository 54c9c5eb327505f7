import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { banner } from './cli/banner.ts';
import { explainFailure } from './cli/explain-failure.ts';
import { createTerminalProgress } from './cli/terminal-progress.ts';
import { compose, type Polyvox } from './compose.ts';
import { type Config, loadConfig, loadCredentials } from './config/index.ts';
import { closeStreams } from './http/event-stream.ts';
import { createLogger } from './http/logger.ts';
import type { Logger } from './kernel/logger.ts';
import { rememberRunning, takeFolder } from './processes/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const began = Date.now();

/** Milliseconds between two looks at whether calls still run. */
const lookEveryMs = 100;

/** A signal to a group of processes comes twice: itself, and passed on by npm. Milliseconds between them. */
const sameSignalMs = 1_000;

/** Says why, in words for people, and ends the process. */
function giveUp(error: unknown): never {
  process.stderr.write(`\n${explainFailure(error)}\n\n`);
  process.exit(1);
}

/** Waits until no call runs, at most as long as the configuration says. */
async function drain(polyvox: Polyvox, { drainSeconds }: Config): Promise<void> {
  const deadline = Date.now() + drainSeconds * 1_000;
  const running = () => polyvox.control.live.calls().length;
  if (running() > 0)
    process.stdout.write(`Waiting up to ${drainSeconds} s for ${running()} running call(s) …\n`);
  while (running() > 0 && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
}

/** Ends a running exchange gently. @returns the exit code */
async function end(polyvox: Polyvox, config: Config, logger: Logger): Promise<number> {
  try {
    polyvox.closeDoors();
    await drain(polyvox, config);
    closeStreams();
    await polyvox.stop();
    return 0;
  } catch (error) {
    logger.error({ err: error }, 'the end was not gentle');
    return 1;
  }
}

/**
 * The first signal ends gently, a later one at once.
 * @param onSignal - gives the exit code
 * @returns whether a signal has come
 */
function endOnSignal(onSignal: () => Promise<number>, logger: Logger): () => boolean {
  let since: number | undefined;
  const receive = async (signal: string) => {
    if (since !== undefined) {
      if (Date.now() - since > sameSignalMs) process.exit(130);
      return;
    }
    since = Date.now();
    logger.info({ signal }, 'ending');
    process.exit(await onSignal());
  };
  process.on('SIGTERM', () => void receive('SIGTERM'));
  process.on('SIGINT', () => void receive('SIGINT'));
  return () => since !== undefined;
}

async function main(): Promise<void> {
  const config = await loadConfig({ root, env: process.env });
  const logger = createLogger(config.log, process.stderr.isTTY === true);
  for (const note of config.notes) logger.warn({}, note);
  const progress = createTerminalProgress(process.stdout);
  const waitingFor = 'An earlier Polyvox is ending';
  const release = await takeFolder(config.data, { progress, waitingFor });
  const undoStart = rememberRunning(join(config.data, 'run'));
  let polyvox: Polyvox | undefined;
  const onSignal = async () => {
    const code = polyvox ? await end(polyvox, config, logger) : await undoStart().then(() => 0);
    release();
    return code;
  };
  const isEnding = endOnSignal(onSignal, logger);
  try {
    const credentials = await loadCredentials(config);
    polyvox = await compose({ root, config, credentials, progress, logger });
    process.stdout.write(
      banner({
        publicUrl: polyvox.publicUrl,
        sip: { host: config.sipHost, port: config.sipPort },
        hasDemo: polyvox.hasDemo,
        demoKey: polyvox.demoKey,
        engineVersion: polyvox.engineVersion,
        seconds: (Date.now() - began) / 1_000,
        secrets: process.stdout.isTTY ? credentials : undefined,
        credentialsFile: `${config.data}/credentials`,
      }),
    );
  } catch (error) {
    if (isEnding()) return;
    await undoStart();
    release();
    throw error;
  }
}

process.on('unhandledRejection', (error) => {
  process.stderr.write(`unhandled: ${(error as Error)?.stack ?? String(error)}\n`);
});
main().catch(giveUp);
