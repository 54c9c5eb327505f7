import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Instruction } from '../../src/core/programs/index.ts';
import { silentProgress } from '../../src/kernel/progress.ts';
import {
  type Phone,
  type PhoneOptions,
  phoneFolderRoot,
  startPhone,
} from '../../src/phones/index.ts';
import { findDetached } from '../../src/processes/index.ts';
import { ensurePrograms } from '../../src/provisioning/index.ts';
import { type Api, createApi } from './api.ts';
import { eventually } from './eventually.ts';
import type { RunOrder } from './scripted-server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Milliseconds in which a server must be ready, and end. */
const readyWithinMs = 60_000;
const endsWithinMs = 20_000;

/** A port that was free a moment ago, for TCP. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** What a phone needs to know besides the exchange. */
export type PhoneWish = Partial<
  Omit<PhoneOptions, 'program' | 'folder' | 'server' | 'username' | 'toneHz'>
> & {
  /** Whose endpoint it is, if not the demo account's. */
  readonly account?: Api;
};

/** The real server as a process of its own, with its engine and database, on a folder that goes with it. */
export interface Exchange {
  readonly url: string;
  readonly port: number;
  readonly sipPort: number;
  readonly dataFolder: string;
  readonly adminToken: string;
  readonly adminPassword: string;
  /** The jambonz key of the demo account. */
  readonly demoApiKey: string;
  /** As alice, an administrator of the demo account. */
  readonly alice: Api;
  readonly bob: Api;
  readonly operator: Api;
  /** What it printed since it was last started. */
  readonly output: () => string;
  /** A phone that is registered and known to the exchange. */
  phone(username: string, toneHz: number, wish?: PhoneWish): Promise<Phone>;
  /** Ends the server as a power cut would; engine and database go on. */
  killServer(): Promise<void>;
  /** Puts a program on a leg. For exchanges that are `scripted`. */
  run(legId: string, instructions: readonly Instruction[]): Promise<void>;
  startServer(): Promise<void>;
  /** Starts the server if it is away. */
  ensureServer(): Promise<void>;
  /** @returns the exit code */
  endServer(signal?: NodeJS.Signals): Promise<number | null>;
  /** What the engine itself says, past the server. */
  engine<Answer>(path: string): Promise<Answer>;
  /** Process numbers of the engine and the database. */
  pidOf(name: 'engine' | 'postgres'): number;
  /** Ends everything and removes the folder. */
  stop(): Promise<void>;
}

const whenGone = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once('exit', (code) => resolve(code)));

export async function startExchange(
  options: {
    readonly env?: Readonly<Record<string, string>>;
    /** Whether tests may put programs on legs with `run`. */
    readonly scripted?: boolean;
    /** Where its folder is made; in memory if nothing is said. */
    readonly within?: string;
  } = {},
): Promise<Exchange> {
  const { baresip } = await ensurePrograms(['baresip'], {
    folder: join(root, '.engine'),
    progress: silentProgress,
    env: process.env,
  });
  const dataFolder = await mkdtemp(join(options.within ?? phoneFolderRoot(), 'polyvox-'));
  const [port, sipPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const phones: Phone[] = [];
  let child: ChildProcess | undefined;
  let printed = '';
  let orders = 0;

  const startServer = async () => {
    printed = '';
    const server = spawn(
      join(root, 'node_modules/.bin/node'),
      [options.scripted ? 'test/support/scripted-server.ts' : 'src/main.ts'],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe', ...(options.scripted ? ['ipc' as const] : [])],
        env: {
          ...process.env,
          POLYVOX_DATA: dataFolder,
          POLYVOX_PORT: String(port),
          POLYVOX_SIP_PORT: String(sipPort),
          POLYVOX_DRAIN_S: '1',
          POLYVOX_LOG: 'info',
          ...options.env,
        },
      },
    );
    child = server;
    const collect = (chunk: Buffer) => {
      printed = (printed + chunk.toString('utf8')).slice(-200_000);
    };
    server.stdout?.on('data', collect);
    server.stderr?.on('data', collect);
    await eventually(
      async () => {
        if (server.exitCode !== null) return 'ended';
        const answer = await fetch(`${url}/readyz`).catch(() => undefined);
        return answer?.status === 200 ? 'ready' : undefined;
      },
      { limitMs: readyWithinMs, because: () => `the server is not ready:\n${printed}` },
    );
    if (server.exitCode !== null) throw new Error(`the server ended:\n${printed}`);
  };
  const endServer = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (!child) return null;
    child.kill(signal);
    const hard = setTimeout(() => child?.kill('SIGKILL'), endsWithinMs);
    const code = await whenGone(child);
    clearTimeout(hard);
    return code;
  };
  const endDetached = async (name: 'engine' | 'postgres') =>
    findDetached(join(dataFolder, 'run'), name)?.stop({
      signal: name === 'postgres' ? 'SIGINT' : 'SIGTERM',
    });
  const stop = async () => {
    await Promise.all(phones.map((phone) => phone.stop()));
    await endServer();
    await endDetached('engine');
    await endDetached('postgres');
    await rm(dataFolder, { recursive: true, force: true });
  };
  try {
    await startServer();
  } catch (error) {
    await stop();
    throw error;
  }
  const secrets = await readFile(join(dataFolder, 'credentials'), 'utf8');
  const secret = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(secrets)?.[1] ?? '';
  const adminToken = secret('POLYVOX_ADMIN_TOKEN');
  const operator = createApi(url, `Bearer ${adminToken}`);
  const basic = (name: string) =>
    createApi(url, `Basic ${Buffer.from(`${name}:polyvox-demo`).toString('base64')}`);

  return {
    url,
    port,
    sipPort,
    dataFolder,
    adminToken,
    adminPassword: secret('POLYVOX_ADMIN_PASSWORD'),
    demoApiKey: secret('POLYVOX_DEMO_API_KEY'),
    operator,
    alice: basic('alice@demo.invalid'),
    bob: basic('bob@demo.invalid'),
    output: () => printed,
    startServer,
    async ensureServer() {
      if (!child || child.exitCode !== null || child.signalCode !== null) await startServer();
    },
    endServer,
    run: (legId, instructions) =>
      new Promise((resolve, reject) => {
        orders += 1;
        const order: RunOrder = { order: orders, legId, instructions };
        const heard = (message: unknown) => {
          if ((message as RunOrder).order !== order.order) return;
          child?.off('message', heard);
          resolve();
        };
        child?.on('message', heard);
        child?.send(order, (error) => error && reject(error));
      }),
    async killServer() {
      await endServer('SIGKILL');
    },
    async engine<Answer>(path: string) {
      const setting = async (file: string, name: string) =>
        new RegExp(`^${name}\\s*=\\s*(\\S+)`, 'm').exec(
          await readFile(join(dataFolder, 'engine', 'etc', file), 'utf8'),
        )?.[1] ?? '';
      const [enginePort, password] = [
        await setting('http.conf', 'bindport'),
        await setting('ari.conf', 'password'),
      ];
      const answer = await fetch(`http://127.0.0.1:${enginePort}/ari${path}`, {
        headers: {
          authorization: `Basic ${Buffer.from(`polyvox:${password}`).toString('base64')}`,
        },
      });
      return (await answer.json()) as Answer;
    },
    pidOf(name) {
      const path = join(dataFolder, 'run', `${name}.json`);
      if (!existsSync(path)) throw new Error(`${name} does not run`);
      return (JSON.parse(readFileSync(path, 'utf8')) as { pid: number }).pid;
    },
    async phone(username, toneHz, wish = {}) {
      const { account, ...settings } = wish;
      const api = account ?? operator;
      const before = await contactsOf(api, username);
      const phone = await startPhone({
        domain: 'demo.invalid',
        secret: 'polyvox-demo-sip',
        ...settings,
        program: baresip,
        folder: join(dataFolder, 'phones', `${username}-${phones.length}`),
        username,
        toneHz,
        server: { host: '127.0.0.1', port: sipPort },
      });
      phones.push(phone);
      await phone.next('REGISTER_OK');
      await eventually(async () => (await contactsOf(api, username)) > before, {
        because: () => `the exchange does not know the phone ${username}`,
      });
      return phone;
    },
    stop,
  };
}

/** Devices that are registered on endpoints of a name, in the default account. */
async function contactsOf(operator: Api, username: string): Promise<number> {
  const { items } = await operator.get<{
    items: { username: string; contacts: { viaAddress: string }[] }[];
  }>('/native/v1/endpoints?limit=1000');
  return items
    .filter((endpoint) => endpoint.username === username)
    .reduce((sum, { contacts }) => sum + contacts.length, 0);
}
