import { fileURLToPath } from 'node:url';
import { banner } from './cli/banner.ts';
import { createTerminalProgress } from './cli/terminal-progress.ts';
import { compose, type Polyvox } from './compose.ts';
import { type Config, loadConfig, loadCredentials } from './config/index.ts';
import { closeStreams } from './http/event-stream.ts';
import { createLogger } from './http/logger.ts';
import { isDomainError } from './kernel/domain-error.ts';
import type { Logger } from './kernel/logger.ts';
import { lockFolder } from './processes/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const began = Date.now();

/** Milliseconds between two looks at whether calls still run. */
const lookEveryMs = 100;

/** Says why, in words for people, and ends the process. */
function giveUp(error: unknown): never {
  const words = isDomainError(error) ? error.message : ((error as Error).stack ?? String(error));
  process.stderr.write(`\n${words}\n\n`);
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

/** The first signal ends gently, the second at once. */
function endOnSignal(polyvox: Polyvox, config: Config, release: () => void, logger: Logger): void {
  let ending = false;
  const end = async (signal: string) => {
    if (ending) return process.exit(130);
    ending = true;
    logger.info({ signal }, 'ending');
    try {
      polyvox.closeDoors();
      await drain(polyvox, config);
      closeStreams();
      await polyvox.stop();
      release();
      process.exit(0);
    } catch (error) {
      logger.error({ err: error }, 'the end was not gentle');
      process.exit(1);
    }
  };
  process.on('SIGTERM', () => void end('SIGTERM'));
  process.on('SIGINT', () => void end('SIGINT'));
}

async function main(): Promise<void> {
  const config = await loadConfig({ root, env: process.env });
  const logger = createLogger(config.log, process.stderr.isTTY === true);
  const release = lockFolder(config.data);
  const credentials = await loadCredentials(config);
  const polyvox = await compose({
    root,
    config,
    credentials,
    progress: createTerminalProgress(process.stdout),
    logger,
    env: process.env,
  });
  endOnSignal(polyvox, config, release, logger);
  process.stdout.write(
    banner({
      publicUrl: polyvox.publicUrl,
      sip: { host: config.sipHost, port: config.sipPort },
      hasDemo: polyvox.hasDemo,
      engineVersion: polyvox.engineVersion,
      seconds: (Date.now() - began) / 1_000,
      secrets: process.stdout.isTTY ? credentials : undefined,
      credentialsFile: `${config.data}/credentials`,
    }),
  );
}

process.on('unhandledRejection', (error) => {
  process.stderr.write(`unhandled: ${(error as Error)?.stack ?? String(error)}\n`);
});
main().catch(giveUp);
