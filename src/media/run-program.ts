import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';

/** How a helper program is started. */
export interface MediaProgram {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Bytes of output that a program may give. */
const mostOutput = 64 * 1024 * 1024;

/**
 * Runs a program without a shell, feeds it and collects what it says.
 * @throws {Error} when it fails, says too much or takes longer than `limitMs`
 */
export function runProgram(
  program: MediaProgram,
  args: readonly string[],
  options: { readonly input?: Buffer | string | Readable; readonly limitMs: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program.command, [...program.args, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...program.env },
      timeout: options.limitMs,
      killSignal: 'SIGKILL',
    });
    const output: Buffer[] = [];
    let size = 0;
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > mostOutput) child.kill('SIGKILL');
      else output.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (complaint.length < 2_000) complaint += chunk.toString('utf8');
    });
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(Buffer.concat(output));
      else reject(new Error(`it ended with ${code ?? signal}: ${complaint.trim().slice(0, 500)}`));
    });
    const { input } = options;
    if (!(input instanceof Readable)) return void child.stdin.end(input);
    // A source that breaks off must not look like one that came to its end.
    input.on('error', (error) => {
      child.kill('SIGKILL');
      reject(error);
    });
    input.pipe(child.stdin);
  });
}
