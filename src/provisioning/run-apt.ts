import { spawn } from 'node:child_process';

/** What a program said, and whether it succeeded. */
export interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

/** Bytes of output that are kept. */
const mostOutput = 4_000_000;

/**
 * Runs a program to its end. @param onStatus - lines of its third channel, where apt reports how far it is
 */
export function runToEnd(
  command: string,
  args: readonly string[],
  onStatus?: (line: string) => void,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      stdio: ['ignore', 'pipe', 'pipe', onStatus ? 'pipe' : 'ignore'],
      env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      if (output.length < mostOutput) output += chunk.toString('utf8');
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    let rest = '';
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onStatus?.(line);
    });
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}
