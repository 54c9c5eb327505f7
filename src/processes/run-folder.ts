import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { environmentFor, findMarked } from './detached-environment.ts';
import { identityOf, isAlive, type ProcessIdentity } from './identity.ts';

/** A program that runs in a session of its own and outlives the server that started it. */
export interface DetachedProcess extends ProcessIdentity {
  /** Whether an earlier server started it. */
  readonly adopted: boolean;
  /** What was written down with it. */
  readonly notes: Readonly<Record<string, string>>;
  readonly gone: Promise<void>;
  /** Asks it to end, and ends it if it does not. Resolves when it is gone. */
  stop(options?: { readonly signal?: NodeJS.Signals; readonly graceMs?: number }): Promise<void>;
}

export interface DetachedProgram {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Where its output goes; kept below about 10 MB by starting anew, with one older file. */
  readonly logFile: string;
  readonly notes?: Readonly<Record<string, string>>;
}

interface ProcessRecord extends ProcessIdentity {
  readonly notes: Readonly<Record<string, string>>;
}

const largestLogBytes = 10_000_000;
const lookEveryMs = 50;

const recordFile = (folder: string, name: string) => join(folder, `${name}.json`);

/**
 * Writes a file so that it is complete or not there at all, also after a power cut.
 * @param mode - who may read it; its owner alone if nothing is said
 */
export function writeDurably(path: string, text: string, mode = 0o600): void {
  const temporary = `${path}.${process.pid}.new`;
  const file = openSync(temporary, 'w', mode);
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, path);
}

const whenGone = (identity: ProcessIdentity): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (!isAlive(identity)) return resolve();
      setTimeout(look, lookEveryMs).unref();
    };
    look();
  });

function send(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isAlive(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch {
    // It ended between the look and the signal, which is what was wanted.
  }
}

async function stopProcess(
  identity: ProcessIdentity,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<void> {
  send(identity, signal);
  const timer = setTimeout(() => send(identity, 'SIGKILL'), graceMs);
  const keepAlive = setInterval(() => undefined, lookEveryMs);
  await whenGone(identity);
  clearTimeout(timer);
  clearInterval(keepAlive);
}

function toProcess(
  folder: string,
  name: string,
  record: ProcessRecord,
  adopted: boolean,
): DetachedProcess {
  const identity = { pid: record.pid, startTime: record.startTime };
  /** Watched only when somebody asks. */
  let gone: Promise<void> | undefined;
  return {
    ...identity,
    adopted,
    notes: record.notes,
    get gone() {
      gone ??= whenGone(identity);
      return gone;
    },
    async stop({ signal = 'SIGTERM', graceMs = 10_000 } = {}) {
      await stopProcess(identity, signal, graceMs);
      rmSync(recordFile(folder, name), { force: true });
    },
  };
}

function readRecord(folder: string, name: string): ProcessRecord | undefined {
  try {
    return JSON.parse(readFileSync(recordFile(folder, name), 'utf8')) as ProcessRecord;
  } catch {
    return undefined;
  }
}

/**
 * The program that was started under a name, if it is the very one and still runs. Found too if the server
 * was killed before it could write down whom it had started.
 */
export function findDetached(folder: string, name: string): DetachedProcess | undefined {
  const record = readRecord(folder, name);
  if (record && isAlive(record)) return toProcess(folder, name, record, true);
  const marked = findMarked(folder, name);
  if (marked) {
    if (existsSync(folder)) writeDurably(recordFile(folder, name), JSON.stringify(marked));
    return toProcess(folder, name, marked, true);
  }
  rmSync(recordFile(folder, name), { force: true });
  return undefined;
}

function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path) && statSync(path).size > largestLogBytes) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

/** Starts a program in a session of its own and writes down who it is. */
export async function startDetached(
  folder: string,
  name: string,
  program: DetachedProgram,
): Promise<DetachedProcess> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const log = openLog(program.logFile);
  const child = spawn(program.command, program.args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: environmentFor(folder, name, program),
    ...(program.cwd ? { cwd: program.cwd } : {}),
  });
  closeSync(log);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  child.unref();
  const identity = child.pid === undefined ? undefined : identityOf(child.pid);
  if (!identity) throw new Error(`${name} ended at once; see ${program.logFile}`);
  const record: ProcessRecord = { ...identity, notes: program.notes ?? {} };
  writeDurably(recordFile(folder, name), JSON.stringify(record));
  return toProcess(folder, name, record, false);
}
