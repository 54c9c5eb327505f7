import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from '../kernel/logger.ts';
import { type DetachedProcess, findDetached, startDetached } from './run-folder.ts';

/** Ends engine and database some time after the last server is gone. */
export interface Keeper {
  readonly pid: number;
  /** Whether an earlier server started it. */
  readonly adopted: boolean;
  /** Ends the keeper, and watching it. */
  stop(): Promise<void>;
}

/** Milliseconds without a server after which engine and database end. */
export const keepForMs = 600_000;

/** Milliseconds after which a keeper that ended is replaced. */
const againAfterMs = 1_000;

const entry = fileURLToPath(new URL('./keeper.ts', import.meta.url));

/** The young generation of its memory may have one megabyte: it hardly makes garbage. */
const thrifty = ['--max-semi-space-size=1', '--disable-warning=ExperimentalWarning'];

/**
 * Takes over the keeper of a data folder, or starts one. Only a server that holds the folder may call it,
 * so there are never two. It is started again if it ends.
 */
export async function startKeeper(options: {
  /** Absolute. */
  readonly dataFolder: string;
  readonly logger: Logger;
  readonly endAfterMs?: number;
}): Promise<Keeper> {
  const { dataFolder, logger, endAfterMs = keepForMs } = options;
  const runFolder = join(dataFolder, 'run');
  const start = (): Promise<DetachedProcess> =>
    startDetached(runFolder, 'keeper', {
      command: process.execPath,
      args: [...thrifty, entry, dataFolder, String(endAfterMs)],
      // What Node made of the TypeScript is kept: the next keeper needs a third of the memory less.
      env: { NODE_COMPILE_CACHE: join(runFolder, 'compiled') },
      logFile: join(dataFolder, 'log', 'keeper.log'),
    });
  let current = findDetached(runFolder, 'keeper') ?? (await start());
  const { adopted } = current;
  let watching = true;
  let timer: NodeJS.Timeout | undefined;
  const watch = (): void => {
    void current.gone.then(() => {
      if (watching) timer = setTimeout(again, againAfterMs).unref();
    });
  };
  const again = (): void => {
    start().then(
      (keeper) => {
        current = keeper;
        if (watching) watch();
        else void keeper.stop();
      },
      (error: unknown) => logger.error({ err: error }, 'the keeper could not be started'),
    );
  };
  watch();
  return {
    get pid() {
      return current.pid;
    },
    adopted,
    async stop() {
      watching = false;
      clearTimeout(timer);
      await current.stop();
    },
  };
}
