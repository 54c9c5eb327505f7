import type { Logger } from '../../kernel/logger.ts';
import { type DetachedProcess, findDetached } from '../../processes/index.ts';
import { ensureDataFolder, loadPassword } from './data-folder.ts';
import {
  type EmbeddedPostgresOptions,
  logFileOf,
  look,
  processName,
  type RunningServer,
  startServer,
  untilReady,
  urlOf,
  wait,
} from './server-process.ts';

export interface EmbeddedPostgres {
  /** For `DATABASE_URL`. */
  readonly url: string;
  /** Whether it ran before this server. */
  readonly adopted: boolean;
  /** Ends the server. Connections are closed, what was committed stays. */
  stop(): Promise<void>;
  /** Stops watching; the server goes on. */
  leave(): void;
}

/** Ends it gently: connections are closed, and everything is written down. */
const endServer = (server: DetachedProcess): Promise<void> =>
  server.stop({ signal: 'SIGINT', graceMs: 15_000 });

/** The server that an earlier Polyvox left running, once it answers. One that does not answer is ended. */
async function adopt(options: EmbeddedPostgresOptions): Promise<RunningServer | undefined> {
  const server = findDetached(options.runFolder, processName);
  if (!server) return undefined;
  const port = Number(server.notes.port);
  const password = loadPassword(options.dataFolder);
  if ((await look(port, password)) === 'ready') return { server, port };
  const step = options.progress.step('Waiting for Postgres, which an earlier start has left');
  try {
    await untilReady(server, port, password, logFileOf(options));
    step.done();
    return { server, port };
  } catch {
    step.fail('it does not answer, and is started anew');
    await endServer(server);
    return undefined;
  }
}

async function start(options: EmbeddedPostgresOptions): Promise<RunningServer> {
  const step = options.progress.step('Starting Postgres');
  try {
    const { made } = await ensureDataFolder(options.dataFolder, logFileOf(options));
    const started = await startPatiently(options);
    step.done(made ? 'with a new, empty database' : undefined);
    return started;
  } catch (error) {
    step.fail((error as Error).message);
    throw error;
  }
}

/** Milliseconds that what a killed server left gets to go away. */
const remainsGoMs = 2_000;

/** Children of a server that was killed hold its memory for a moment, which keeps the next from starting. */
const startPatiently = (options: EmbeddedPostgresOptions): Promise<RunningServer> =>
  startServer(options).catch(async () => {
    await wait(remainsGoMs);
    return startServer(options);
  });

const backoffMs = { least: 200, most: 10_000 };

/** Starts a server again, on the same port, whenever it ends: after 0.2 s, then less and less often. */
function keepRunning(first: RunningServer, options: EmbeddedPostgresOptions, logger: Logger) {
  const { port } = first;
  let { server } = first;
  let watching = true;
  let starting: Promise<void> | undefined;
  const startAgain = async (): Promise<void> => {
    let waitMs = backoffMs.least;
    while (watching) {
      logger.error({ againInMs: waitMs }, 'Postgres ended; it is started again');
      await wait(waitMs);
      waitMs = Math.min(waitMs * 2, backoffMs.most);
      try {
        if (watching) ({ server } = await startServer(options, port));
        return watch();
      } catch (error) {
        logger.error({ err: error }, 'Postgres could not be started');
      }
    }
  };
  const watch = (): void => {
    void server.gone.then(() => {
      starting = watching ? startAgain() : undefined;
    });
  };
  watch();
  return {
    leave() {
      watching = false;
    },
    async stop() {
      watching = false;
      await starting;
      await endServer(server);
    },
  };
}

/** Starts a Postgres server under the data folder, or takes over the one that runs there. */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const adopted = await adopt(options);
  const running = adopted ?? (await start(options));
  return {
    url: urlOf(running.port, loadPassword(options.dataFolder)),
    adopted: adopted !== undefined,
    ...keepRunning(running, options, options.logger),
  };
}
