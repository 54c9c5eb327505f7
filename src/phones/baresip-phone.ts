import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPhoneControl, type PhoneControl, type PhoneEvent } from './phone-control.ts';
import { dialogIn, replacing } from './sip-dialog.ts';
import { fromPcm, sampleRate } from './tones.ts';

/** How a program is started; `root` is the folder below which its parts lie. */
export interface PhoneProgram {
  readonly command: string;
  readonly args: readonly string[];
  readonly root?: string;
}

export interface PhoneOptions {
  readonly program: PhoneProgram;
  /** Folder of this phone alone: its settings and what it hears. */
  readonly folder: string;
  readonly username: string;
  readonly domain: string;
  readonly secret: string;
  readonly server: { readonly host: string; readonly port: number };
  /** The tone that the phone says, in Hz. */
  readonly toneHz: number;
  /** What it says instead of its tone: a WAV, mono, 16-bit PCM, 48,000 Hz; then nothing. Absolute path. */
  readonly says?: string;
  /** Whether it picks up by itself. */
  readonly autoAnswer?: boolean;
  /** Shown as caller name. */
  readonly displayName?: string;
  readonly transport?: 'udp' | 'tcp';
  readonly codec?: 'PCMA' | 'PCMU' | 'opus' | 'G722';
}

/** One of several calls of a phone: what its events say of it. */
export type PhoneCall = Pick<PhoneEvent, 'id' | 'direction'>;

/** A real SIP phone without a person: it registers, rings, talks with a tone and keeps what it hears. */
export interface Phone {
  readonly username: string;
  readonly toneHz: number;
  readonly events: readonly PhoneEvent[];
  /**
   * The next event that fits, counting from the last one that was waited for.
   * @throws {Error} naming what came instead
   */
  next(type: string, limitMs?: number): Promise<PhoneEvent>;
  dial(target: string): Promise<void>;
  answer(): Promise<void>;
  /** Ends the call; one that still rings is refused with 486. */
  hangUp(): Promise<void>;
  hold(): Promise<void>;
  resume(): Promise<void>;
  press(keys: string): Promise<void>;
  /** Asks the exchange to connect the other side with somebody else. @see RFC 3515 */
  transfer(target: string): Promise<void>;
  /**
   * Asks the exchange to connect the other sides of two of its calls, which then lose this phone.
   * @param keep - the call in which it asks; its other side shall take the phone's place in `replaced`
   * @see RFC 5589 section 7
   */
  joinCalls(keep: PhoneCall, replaced: PhoneCall): Promise<void>;
  /** Forgets the events so far; waits until no call is left. */
  idle(): Promise<void>;
  command(name: string, parameters?: string): Promise<string>;
  /** What was heard in the last seconds, in samples of 8,000 Hz. */
  heard(lastSeconds: number): Promise<Float32Array>;
  /** Samples heard so far. */
  position(): Promise<number>;
  /** What was heard from a position on. */
  heardSince(position: number): Promise<Float32Array>;
  stop(): Promise<void>;
  /** Ends it without a word to anybody. */
  kill(): void;
}

/** Samples a second at which the phone makes its tone; its generator knows no other. */
const sourceRate = 48_000;
const wavHeaderBytes = 44;
const usualLimitMs = 8_000;

/**
 * Where phones keep what they hear: in memory if there is such a place. A phone whose disk is slow stops for
 * seconds when it opens its file anew.
 */
export const phoneFolderRoot = (): string => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

async function moduleFolder({ root = '' }: PhoneProgram): Promise<string> {
  for (const folder of ['usr/lib/baresip/modules', 'usr/lib/x86_64-linux-gnu/baresip/modules']) {
    const path = join(root || '/', folder);
    if ((await readdir(path).catch(() => [])).length > 0) return path;
  }
  throw new Error('the modules of baresip are not where they are expected');
}

const settingsOf = (options: PhoneOptions, modules: string, controlPort: number): string => `
poll_method epoll
sip_listen 127.0.0.1:0
net_interface 127.0.0.1
prefer_ipv6 no
call_local_timeout 120
call_max_calls 8
audio_player aufile,${join(options.folder, 'heard.wav')}
audio_source ${options.says ? `aufile,${options.says}` : `ausine,${options.toneHz}`}
audio_alert aufile,/dev/null
ausrc_srate ${sourceRate}
auplay_srate ${sampleRate}
ausrc_channels 1
auplay_channels 1
audio_buffer 20-160
rtp_tos 0
ring_aufile none
ringback_aufile none
busy_aufile none
error_aufile none
notfound_aufile none
callwaiting_aufile none
ringback_disabled yes
statmode_default off
module_path ${modules}
module g711.so
module g722.so
module opus.so
module aufile.so
module ausine.so
module_app account.so
module_app menu.so
module ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:${controlPort}
`;

const accountOf = (options: PhoneOptions): string => {
  const { username, domain, secret, server, autoAnswer, displayName, transport, codec } = options;
  const name = displayName === undefined ? '' : `"${displayName}" `;
  const parameters = [
    `auth_pass=${secret}`,
    `outbound="sip:${server.host}:${server.port};transport=${transport ?? 'udp'}"`,
    'regint=60',
    `audio_codecs=${codec ?? 'PCMA'}/8000/1`,
    `answermode=${autoAnswer ? 'auto' : 'manual'}`,
    'dtmfmode=rtpevent',
  ];
  return `${name}<sip:${username}@${domain};transport=${transport ?? 'udp'}>;${parameters.join(';')}`;
};

/** Reads the samples of a WAV file that is still being written. */
async function samplesFrom(path: string, firstSample: number): Promise<Float32Array> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return new Float32Array();
  try {
    const { size } = await file.stat();
    const start = wavHeaderBytes + firstSample * 2;
    const length = Math.max(0, size - start);
    const bytes = Buffer.alloc(length);
    await file.read(bytes, 0, length, start);
    return fromPcm(bytes);
  } finally {
    await file.close();
  }
}

/** Hands events to whoever waits, each once and in order. */
function createEventQueue(username: string) {
  const all: PhoneEvent[] = [];
  let seen = 0;
  let wake: (() => void) | undefined;
  return {
    all,
    forget() {
      seen = all.length;
    },
    push(event: PhoneEvent) {
      all.push(event);
      wake?.();
    },
    async next(type: string, limitMs = usualLimitMs): Promise<PhoneEvent> {
      const deadline = Date.now() + limitMs;
      for (;;) {
        const at = all.findIndex((event, index) => index >= seen && event.type === type);
        const found = all[at];
        if (found) {
          seen = at + 1;
          return found;
        }
        const left = deadline - Date.now();
        if (left <= 0) {
          const came = all.slice(seen).map((event) => `${event.type} ${event.param ?? ''}`);
          throw new Error(
            `phone ${username} waited ${limitMs} ms for ${type}; since then came: ${came.join(', ') || 'nothing'}`,
          );
        }
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
  };
}

/** The number by which a phone itself names one of its calls. */
async function lineOf(control: PhoneControl, { id }: PhoneCall): Promise<string> {
  const calls = await control.command('listcalls');
  const line = new RegExp(`line (\\d+), id ${id}\\b`).exec(calls)?.[1];
  if (!line) throw new Error(`there is no call ${id} among ${calls}`);
  return line;
}

const isRunning = ({ pid, exitCode, signalCode }: ChildProcess): boolean =>
  pid !== undefined && exitCode === null && signalCode === null;

const whenGone = (child: ChildProcess): Promise<void> =>
  isRunning(child)
    ? new Promise((resolve) => child.once('exit', () => resolve()))
    : Promise.resolve();

/** Reaches a phone that was just started; one that cannot be reached is ended. */
async function reach(
  child: ChildProcess,
  controlPort: number,
  onEvent: (event: PhoneEvent) => void,
): Promise<PhoneControl> {
  try {
    return await openPhoneControl(controlPort, () => isRunning(child), onEvent);
  } catch (cause) {
    const why = isRunning(child) ? 'does not answer' : 'ended at once';
    child.kill('SIGKILL');
    throw new Error(`the phone ${why}`, { cause });
  }
}

/** Starts a phone. It registers at once; wait for `REGISTER_OK`. */
export async function startPhone(options: PhoneOptions): Promise<Phone> {
  const { folder, program, username, toneHz } = options;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const controlPort = await freePort();
  const heardFile = join(folder, 'heard.wav');
  await writeFile(
    join(folder, 'config'),
    settingsOf(options, await moduleFolder(program), controlPort),
  );
  await writeFile(join(folder, 'accounts'), '');
  await writeFile(join(folder, 'contacts'), '');
  const logFile = join(folder, 'log');
  const log = await open(logFile, 'w');
  const child = spawn(program.command, [...program.args, '-s', '-f', folder], {
    stdio: ['ignore', log.fd, log.fd],
  });
  child.on('error', () => undefined);
  await log.close();
  const queue = createEventQueue(username);
  const control = await reach(child, controlPort, queue.push);
  child.on('exit', (code, signal) => {
    queue.push({ type: 'PHONE_ENDED', param: String(code ?? signal) });
    control.close();
  });
  await control.command('uanew', accountOf(options));
  const samples = async (from: number) => samplesFrom(heardFile, from);
  const position = async () => (await samples(0)).length;
  return {
    username,
    toneHz,
    events: queue.all,
    next: queue.next,
    command: control.command,
    async dial(target) {
      await control.command('dial', target);
    },
    async answer() {
      await control.command('accept');
    },
    async hangUp() {
      await control.command('hangup');
    },
    async hold() {
      await control.command('hold');
    },
    async resume() {
      // The first one after a hold of its own is sometimes refused although nothing is wrong.
      await control.command('resume').catch(() => control.command('resume'));
    },
    async press(keys) {
      for (const key of keys) await control.command('sndcode', key);
    },
    async transfer(target) {
      await control.command('transfer', target);
    },
    async joinCalls(keep, { id = '', direction = 'outgoing' }) {
      const dialog = dialogIn(await readFile(logFile, 'utf8'), id, direction);
      if (!dialog) throw new Error(`phone ${username} has no call ${id}`);
      await control.command('line', await lineOf(control, keep));
      await control.command('transfer', replacing(dialog));
    },
    async idle() {
      const deadline = Date.now() + usualLimitMs;
      while (
        !/Active calls \(0\)|No active calls|^\s*$/i.test(await control.command('listcalls'))
      ) {
        if (Date.now() > deadline) throw new Error(`phone ${username} still has a call`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      queue.forget();
    },
    position,
    heardSince: samples,
    async heard(lastSeconds) {
      const all = await samples(0);
      return all.subarray(Math.max(0, all.length - Math.round(lastSeconds * sampleRate)));
    },
    async stop() {
      await control.command('quit').catch(() => undefined);
      const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
      await whenGone(child);
      clearTimeout(timer);
      control.close();
    },
    kill() {
      control.close();
      child.kill('SIGKILL');
    },
  };
}
