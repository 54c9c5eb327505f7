import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { silentProgress } from '../../src/kernel/progress.ts';
import { ensurePrograms } from '../../src/provisioning/index.ts';
import { eventually } from './eventually.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A telephone company on another address of this machine, played by SIPp: it answers every call. */
export interface Provider {
  readonly host: string;
  readonly port: number;
  /** SIP messages that it has received so far, whole. */
  received(): Promise<readonly string[]>;
  /** The first INVITE that it gets for a number. */
  invite(number: string): Promise<string>;
  stop(): Promise<void>;
}

/** Cuts SIPp's message log into received messages. */
const receivedIn = (log: string): string[] =>
  log
    .split(/^-{10,} .*$/m)
    .filter((part) => /message received/.test(part))
    .map((part) => part.replace(/^[\s\S]*?message received[^\n]*\n\s*/, ''));

/** SIP messages that reached a SIPp which runs in a folder. */
async function receivedAt(folder: string): Promise<readonly string[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('_messages.log'));
  const logs = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return logs.flatMap(receivedIn);
}

const statusesIn = (messages: readonly string[]): number[] =>
  messages.flatMap((message) => {
    const [, status] = /^SIP\/2\.0 (\d{3})/.exec(message) ?? [];
    return status ? [Number(status)] : [];
  });

/** How SIPp is started. */
export const sippProgram = async () =>
  (
    await ensurePrograms(['sipp'], {
      folder: join(root, '.engine'),
      progress: silentProgress,
      env: process.env,
    })
  ).sipp;

/** A scenario of SIPp that refuses every call. @see SIPp, XML scenarios */
const refusing = (status: number): string => `<?xml version="1.0" encoding="ISO-8859-1" ?>
<scenario name="refuses">
  <recv request="INVITE" crlf="true"/>
  <send retrans="500"><![CDATA[
    SIP/2.0 ${status} Refused
    [last_Via:]
    [last_From:]
    [last_To:];tag=[pid]refused[call_number]
    [last_Call-ID:]
    [last_CSeq:]
    Content-Length: 0

  ]]></send>
  <recv request="ACK"/>
</scenario>
`;

/**
 * @param host - an address of the loopback network that no phone uses, such as `127.0.0.2`
 * @param refuses - a SIP status, for a provider that takes no call
 */
export async function startProvider(
  folder: string,
  host: string,
  port: number,
  { refuses }: { readonly refuses?: number } = {},
): Promise<Provider> {
  const sipp = await sippProgram();
  await mkdir(folder, { recursive: true });
  const scenario = join(folder, 'refuses.xml');
  if (refuses) await writeFile(scenario, refusing(refuses));
  const child: ChildProcess = spawn(
    sipp.command,
    [
      ...sipp.args,
      ...(refuses ? ['-sf', scenario] : ['-sn', 'uas']),
      ...['-i', host, '-p', String(port), '-mi', host],
      ...['-rtp_echo', '-trace_msg', '-nostdin', '-mp', String(port + 2)],
    ],
    { cwd: folder, stdio: 'ignore' },
  );
  const received = () => receivedAt(folder);
  return {
    host,
    port,
    received,
    invite: (number) =>
      eventually(
        async () =>
          (await received()).find((message) => message.startsWith(`INVITE sip:${number}@`)),
        { because: () => `the provider got no INVITE for ${number}` },
      ),
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

/** How SIPp ended: 0 if all calls went well; what it printed says what did not. */
export interface CallsEnd {
  readonly code: number | null;
  readonly output: string;
  /** SIP statuses that a single call was answered with, in order. */
  readonly statuses: readonly number[];
}

/** Lets the provider call in, and ends when its calls are over. */
export async function callFromProvider(options: {
  readonly folder: string;
  readonly host: string;
  readonly port: number;
  readonly target: { readonly host: string; readonly port: number };
  readonly number: string;
  readonly talkMs: number;
  /** How many calls at once; one if nothing is said. */
  readonly calls?: number;
}): Promise<CallsEnd> {
  const sipp = await sippProgram();
  await mkdir(options.folder, { recursive: true });
  const { host, port, target, number, talkMs, calls = 1 } = options;
  const child = spawn(
    sipp.command,
    [
      ...sipp.args,
      ...['-sn', 'uac', '-i', host, '-p', String(port), '-mi', host, '-nostdin'],
      ...['-m', String(calls), '-l', String(calls), '-r', String(calls), '-s', number],
      ...['-d', String(talkMs), '-timeout', `${Math.ceil(talkMs / 1_000) + 20}s`, '-rtp_echo'],
      ...(calls === 1 ? ['-trace_msg'] : []),
      `${target.host}:${target.port}`,
    ],
    { cwd: options.folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output = `${output}${chunk.toString('latin1')}`.slice(-5_000);
    });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output, statuses: statusesIn(await receivedAt(options.folder)) };
}
