import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeDurably } from '../../processes/index.ts';
import { otherPostgresMajor, postgresFailed } from './postgres-errors.ts';
import { postgresProgram } from './programs.ts';

const run = promisify(execFile);

/** The release whose data folders can be used. */
export const postgresMajor = '18';

export const postgresUser = 'polyvox';

/** The password of the embedded server, made once. */
export function loadPassword(dataFolder: string): string {
  const path = join(dataFolder, 'postgres.secret');
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  const password = randomBytes(24).toString('hex');
  writeDurably(path, password);
  return password;
}

/** A small server on one machine that loses nothing it has acknowledged. */
const settings = `
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 100
shared_buffers = 128MB
effective_cache_size = 512MB
wal_compression = on
max_wal_size = 512MB
password_encryption = scram-sha-256
timezone = 'UTC'
log_timezone = 'UTC'
logging_collector = off
log_min_messages = warning
jit = off
`;

async function initialise(folder: string, dataFolder: string, logFile: string): Promise<void> {
  const draft = `${folder}.new`;
  const passwordFile = join(dataFolder, 'postgres.password.new');
  rmSync(draft, { recursive: true, force: true });
  writeFileSync(passwordFile, loadPassword(dataFolder), { mode: 0o600 });
  const { command, args } = await postgresProgram('initdb');
  const options = [
    '-D',
    draft,
    '-U',
    postgresUser,
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
  ];
  try {
    await run(command, [
      ...args,
      ...options,
      '-E',
      'UTF8',
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
    ]);
  } catch (error) {
    throw postgresFailed(
      `the data folder could not be made (${(error as Error).message.trim()})`,
      logFile,
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeFileSync(join(draft, 'postgresql.auto.conf'), settings, { mode: 0o600 });
  renameSync(draft, folder);
}

/**
 * Makes the data folder if there is none: under another name first, so that a half-made one is never
 * taken for whole.
 * @throws {DomainError} `postgres.other_major`, `postgres.failed`, `postgres.not_runnable`
 */
export async function ensureDataFolder(
  dataFolder: string,
  logFile: string,
): Promise<{ made: boolean }> {
  const folder = join(dataFolder, 'postgres');
  const versionFile = join(folder, 'PG_VERSION');
  if (existsSync(versionFile)) {
    const found = readFileSync(versionFile, 'utf8').trim();
    if (found !== postgresMajor) throw otherPostgresMajor(found, postgresMajor, folder);
    return { made: false };
  }
  rmSync(folder, { recursive: true, force: true });
  await initialise(folder, dataFolder, logFile);
  return { made: true };
}
