import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sippProgram } from '../test/support/provider.ts';

/** What one burst of calls did. Times are milliseconds from INVITE to 200. */
export interface Burst {
  readonly rate: number;
  readonly calls: number;
  /** Calls that did not run from INVITE to the answer of BYE. */
  readonly failed: number;
  readonly retransmissions: number;
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds from INVITE to the first 180 or 183, which tells that the callee has been rung. */
  readonly ring: { readonly p50: number; readonly p99: number };
  /** Share of calls that were answered within 50 ms, 0 to 1. */
  readonly within50: number;
  /** When the INVITE of each call that listened was sent, milliseconds since 1970, by Call-ID. */
  readonly invitedAt?: ReadonlyMap<string, number>;
}

/** Calls that all succeed, 99 of 100 within 50 ms. */
export const isClean = ({ failed, within50 }: Burst): boolean => failed === 0 && within50 >= 0.99;

/** Nearest rank: the smallest value that is no less than that share of all. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;

/** Milliseconds that a call lasts after its answer, if nothing else is said. */
const usualTalkMs = 1_000;

/** Seconds that open calls get when all have begun. */
const graceSeconds = 20;

const scenario = (name: 'caller' | 'callee' | 'listener'): readonly string[] => [
  '-sf',
  fileURLToPath(new URL(`./scenarios/${name}.xml`, import.meta.url)),
];

/** Milliseconds in which a side that cannot begin is gone. */
const beginsWithinMs = 500;

/** The side that answers. */
export async function startAnswering(host: string, port: number): Promise<{ stop(): void }> {
  const sipp = await sippProgram();
  const address = ['-i', host, '-mi', host, '-p', String(port)];
  const child: ChildProcess = spawn(
    sipp.command,
    [...sipp.args, ...scenario('callee'), ...address, '-nostdin', '-timer_resol', '1'],
    { stdio: 'ignore' },
  );
  await new Promise((resolve) => setTimeout(resolve, beginsWithinMs));
  if (child.exitCode !== null) throw new Error(`SIPp cannot answer on ${host}:${port}`);
  return { stop: () => void child.kill('SIGKILL') };
}

/** Response times of the scenario by their number, in order. */
async function readTimes(folder: string): Promise<(name: '1' | '2') => number[]> {
  const file = (await readdir(folder)).find((name) => name.endsWith('_rtt.csv'));
  const text = file ? await readFile(join(folder, file), 'utf8') : '';
  const rows = text.split('\n').map((line) => line.split(';'));
  return (name) =>
    rows
      .filter((row) => row[2]?.trim() === name)
      .map((row) => Number(row[1]))
      .sort((a, b) => a - b);
}

/** The last line of SIPp's statistics; nothing if it could not even begin. */
async function readStatistics(path: string): Promise<(column: string) => number> {
  const lines = (await readFile(path, 'utf8').catch(() => '')).trim().split('\n');
  const [names, values] = [lines[0]?.split(';') ?? [], lines.at(-1)?.split(';') ?? []];
  return (column) => Number(values[names.indexOf(column)] ?? 0);
}

/** When each call sent its INVITE, out of SIPp's short log of messages. */
async function readInvites(folder: string): Promise<ReadonlyMap<string, number>> {
  const file = (await readdir(folder)).find((name) => name.endsWith('_shortmessages.log'));
  const text = file ? await readFile(join(folder, file), 'utf8') : '';
  const invited = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, , seconds, direction, callId = '', cseq = '', first = ''] = line.split('\t');
    if (direction !== 'S' || !cseq.includes('INVITE') || !first.startsWith('INVITE')) continue;
    if (!invited.has(callId)) invited.set(callId, Number(seconds) * 1_000);
  }
  return invited;
}

/**
 * Places calls at a rate for some seconds and waits until the last has ended.
 * @param options.listens - the other side hangs up
 */
export async function placeCalls(options: {
  readonly folder: string;
  readonly from: { readonly host: string; readonly port: number };
  readonly target: string;
  readonly number: string;
  readonly rate: number;
  readonly seconds: number;
  readonly talkMs?: number;
  readonly listens?: boolean;
}): Promise<Burst> {
  const { folder, from, target, number, rate, seconds, talkMs = usualTalkMs, listens } = options;
  const calls = Math.round(rate * seconds);
  const limitSeconds = Math.ceil(seconds + talkMs / 1_000) + graceSeconds;
  const sipp = await sippProgram();
  await mkdir(folder, { recursive: true });
  const child = spawn(
    sipp.command,
    [
      ...[
        ...sipp.args,
        ...scenario(listens ? 'listener' : 'caller'),
        '-nostdin',
        '-timer_resol',
        '1',
      ],
      ...['-i', from.host, '-mi', from.host, '-p', String(from.port), '-s', number],
      ...['-r', String(rate), '-m', String(calls), '-l', '20000', '-d', String(talkMs)],
      ...['-trace_rtt', '-rtt_freq', '1', '-trace_stat', '-fd', '1', '-stf', 'statistics.csv'],
      ...(listens ? ['-trace_shortmsg'] : []),
      ...['-trace_err', '-timeout', `${limitSeconds}s`, target],
    ],
    { cwd: folder, stdio: 'ignore' },
  );
  await new Promise((resolve) => child.once('exit', resolve));
  const [timesOf, statistic] = [
    await readTimes(folder),
    await readStatistics(join(folder, 'statistics.csv')),
  ];
  const [times, ring] = [timesOf('1'), timesOf('2')];
  return {
    rate,
    calls,
    failed: calls - statistic('SuccessfulCall(C)'),
    retransmissions: statistic('Retransmissions(C)'),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    ring: { p50: quantile(ring, 0.5), p99: quantile(ring, 0.99) },
    ...(listens && { invitedAt: await readInvites(folder) }),
    within50: times.filter((ms) => ms <= 50).length / calls,
  };
}
