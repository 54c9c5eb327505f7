import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import {
  engineFolders,
  makeEngineFolders,
  writeConfig,
  writePrivate,
} from './config/write-config.ts';
import type { AsteriskOptions, EngineAccess, EngineProcess } from './options.ts';

/** The engine's process, kept running. */
export interface Supervisor {
  readonly access: EngineAccess;
  /** Stops watching; ends the process too if asked for. */
  stop(endEngine: boolean): Promise<void>;
  /** Whether it ran before this server. */
  readonly adopted: boolean;
  /** How often it had to be started. */
  starts(): number;
}

const backoffMs = { least: 200, most: 10_000, calmAfter: 30_000 };

/** A TCP port of this machine that nobody uses. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const accessFile = (folder: string) => join(folder, 'access.json');

async function loadAccess(folder: string): Promise<EngineAccess | undefined> {
  try {
    return JSON.parse(await readFile(accessFile(folder), 'utf8')) as EngineAccess;
  } catch {
    return undefined;
  }
}

async function newAccess(folder: string): Promise<EngineAccess> {
  const access = {
    httpPort: await freePort(),
    amiPort: await freePort(),
    secret: randomBytes(24).toString('hex'),
  };
  await writePrivate(accessFile(folder), JSON.stringify(access));
  return access;
}

async function startProcess(
  options: AsteriskOptions,
  access: EngineAccess,
): Promise<EngineProcess> {
  const main = await writeConfig(options, access);
  await rm(join(engineFolders(options.folder).run, 'asterisk.ctl'), { force: true });
  return options.launcher.start('engine', {
    command: options.program.command,
    args: [...options.program.args, '-f', '-C', main],
    ...(options.program.env ? { env: options.program.env } : {}),
  });
}

/**
 * Starts the engine or takes over the one that runs, and starts it again when it ends: after 0.2 s, then
 * twice as long each time, 10 s at most.
 */
export async function supervise(
  options: AsteriskOptions,
  prepare: () => Promise<void>,
): Promise<Supervisor> {
  const { launcher, folder, logger } = options;
  await makeEngineFolders(folder);
  const running = await launcher.find('engine');
  const known = running && (await loadAccess(folder));
  if (running && !known) await running.stop();
  const access = known ?? (await newAccess(folder));
  let starts = 0;
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;
  let waitMs = backoffMs.least;

  const start = async (): Promise<EngineProcess> => {
    starts += 1;
    await prepare();
    const engine = await startProcess(options, access);
    // The first time belongs to a start that says so itself.
    logger[starts === 1 ? 'debug' : 'info']({ pid: engine.pid, starts }, 'the engine was started');
    return engine;
  };
  const watch = (engine: EngineProcess): void => {
    const since = Date.now();
    void engine.gone.then(() => {
      if (stopped) return;
      if (Date.now() - since > backoffMs.calmAfter) waitMs = backoffMs.least;
      logger.error({ pid: engine.pid, againInMs: waitMs }, 'the engine ended; it is started again');
      retry = setTimeout(again, waitMs);
      waitMs = Math.min(waitMs * 2, backoffMs.most);
    });
  };
  let current = running && known ? running : await start();
  const again = (): void => {
    start().then(
      (engine) => {
        current = engine;
        watch(engine);
      },
      (error: unknown) => {
        logger.error({ err: error, againInMs: waitMs }, 'the engine could not be started');
        retry = setTimeout(again, waitMs);
        waitMs = Math.min(waitMs * 2, backoffMs.most);
      },
    );
  };
  watch(current);
  return {
    access,
    adopted: starts === 0,
    starts: () => starts,
    async stop(endEngine) {
      stopped = true;
      clearTimeout(retry);
      if (endEngine) await current.stop();
    },
  };
}
