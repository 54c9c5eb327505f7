import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Api, createApi } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/exchange.ts';
import { root } from './running.ts';

/** Milliseconds in which a server must be ready. */
const readyWithinMs = 60_000;

/** A server as a process of its own, which a test ends in its own way. */
export interface Server {
  readonly child: ChildProcess;
  readonly url: string;
  readonly sipPort: number;
  readonly dataFolder: string;
  /** Resolves with the exit code, or nothing if a signal ended it. */
  readonly ended: Promise<number | null>;
  output(): string;
  /** As the operator. */
  operator(): Api;
  /** @returns milliseconds since it was started */
  ready(): Promise<number>;
}

/** Starts a server and does not wait for anything. */
export async function startServer(options: {
  readonly dataFolder: string;
  /** Ports are free ones unless they stand here. */
  readonly env?: Readonly<Record<string, string>>;
  /** As another user, if root runs the tests. */
  readonly uid?: number;
}): Promise<Server> {
  const { dataFolder, uid } = options;
  const port = Number(options.env?.POLYVOX_PORT ?? (await freePort()));
  const sipPort = Number(options.env?.POLYVOX_SIP_PORT ?? (await freePort()));
  const began = performance.now();
  const child = spawn(join(root, 'node_modules/.bin/node'), ['src/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
    env: {
      ...process.env,
      POLYVOX_DATA: dataFolder,
      POLYVOX_PORT: String(port),
      POLYVOX_SIP_PORT: String(sipPort),
      POLYVOX_DRAIN_S: '1',
      ...options.env,
    },
  });
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString('utf8');
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const url = `http://127.0.0.1:${port}`;
  return {
    child,
    url,
    sipPort,
    dataFolder,
    ended,
    output: () => output,
    operator() {
      const credentials = readFileSync(join(dataFolder, 'credentials'), 'utf8');
      const token = /^POLYVOX_ADMIN_TOKEN=(.*)$/m.exec(credentials)?.[1] ?? '';
      return createApi(url, `Bearer ${token}`);
    },
    async ready() {
      await eventually(
        async () => {
          if (child.exitCode !== null) throw new Error(`the server ended:\n${output}`);
          return (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200;
        },
        { limitMs: readyWithinMs, because: () => `the server is not ready:\n${output}` },
      );
      return performance.now() - began;
    },
  };
}

/** Resolves when a file or folder is there. */
export const appears = (path: string): Promise<true> =>
  eventually(() => existsSync(path), { limitMs: 20_000, because: () => `${path} does not appear` });
