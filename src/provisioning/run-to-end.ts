import { spawn } from 'node:child_process';

/** What a program said, and whether it succeeded. */
export interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

/** Bytes of output that are kept. */
const mostOutput = 4_000_000;

export interface RunOptions {
  /** In place of this process's own environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Is told lines of its third channel, where apt reports how far it is. */
  readonly onStatus?: (line: string) => void;
}

/** Tells whole lines of a stream. */
function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
}

/** Runs a program to its end. It ends with this process. */
export function runToEnd(
  command: string,
  args: readonly string[],
  { env = process.env, onStatus }: RunOptions = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      stdio: ['ignore', 'pipe', 'pipe', onStatus ? 'pipe' : 'ignore'],
      env: { ...env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    });
    const endWithUs = () => child.kill();
    process.once('exit', endWithUs);
    let output = '';
    const collect = (chunk: Buffer) => {
      if (output.length < mostOutput) output += chunk.toString('utf8');
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    const status = child.stdio[3];
    if (onStatus && status) readLines(status as NodeJS.ReadableStream, onStatus);
    const end = (outcome: Outcome) => {
      process.off('exit', endWithUs);
      resolve(outcome);
    };
    child.on('error', (error) => end({ ok: false, output: error.message }));
    child.on('close', (code) => end({ ok: code === 0, output }));
  });
}
