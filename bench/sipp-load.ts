import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sippProgram } from '../test/support/provider.ts';

/** What one burst of calls did. Times are milliseconds from INVITE to 200. */
export interface Burst {
  readonly rate: number;
  readonly calls: number;
  readonly failed: boolean;
  readonly p50: number;
  readonly p99: number;
  /** Share of calls that were answered within 50 ms, 0 to 1. */
  readonly within50: number;
}

/** Calls that all succeed, 99 of 100 within 50 ms. */
export const isClean = ({ failed, within50 }: Burst): boolean => !failed && within50 >= 0.99;

export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** Milliseconds that each call lasts after its answer. */
const talkMs = 1_000;

/** The side that answers. */
export async function startAnswering(host: string, port: number): Promise<{ stop(): void }> {
  const sipp = await sippProgram();
  const child: ChildProcess = spawn(
    sipp.command,
    [...sipp.args, '-sn', 'uas', '-i', host, '-p', String(port), '-nostdin'],
    { stdio: 'ignore' },
  );
  return { stop: () => void child.kill('SIGKILL') };
}

async function answerTimes(folder: string): Promise<number[]> {
  const file = (await readdir(folder)).find((name) => name.endsWith('_rtt.csv'));
  const text = file ? await readFile(join(folder, file), 'utf8') : '';
  return text
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(';')[1]))
    .filter((ms) => Number.isFinite(ms) && ms > 0)
    .sort((a, b) => a - b);
}

/** Places calls at a rate for some seconds, each of a second, and waits until the last has ended. */
export async function placeCalls(options: {
  readonly folder: string;
  readonly from: { readonly host: string; readonly port: number };
  readonly target: string;
  readonly number: string;
  readonly rate: number;
  readonly seconds: number;
}): Promise<Burst> {
  const { folder, from, target, number, rate, seconds } = options;
  const calls = Math.round(rate * seconds);
  const sipp = await sippProgram();
  await mkdir(folder, { recursive: true });
  const child = spawn(
    sipp.command,
    [
      ...sipp.args,
      ...['-sn', 'uac', '-i', from.host, '-p', String(from.port), '-s', number, '-nostdin'],
      ...['-r', String(rate), '-m', String(calls), '-l', '20000', '-d', String(talkMs)],
      ...['-trace_rtt', '-rtt_freq', '1', '-timeout', `${seconds + 30}s`, target],
    ],
    { cwd: folder, stdio: 'ignore' },
  );
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  const times = await answerTimes(folder);
  return {
    rate,
    calls,
    failed: code !== 0 || times.length < calls,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    within50: times.filter((ms) => ms <= 50).length / calls,
  };
}
