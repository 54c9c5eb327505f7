import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { configInvalid } from './config-errors.ts';
import { findNotes } from './find-notes.ts';
import { type SettingName, type SettingValues, settings } from './settings.ts';

/** The settings, and what follows from them. */
export interface Config extends SettingValues {
  /** Absolute. */
  readonly data: string;
  /** HTTP, SIP and public URL can only be reached from this machine. */
  readonly loopbackOnly: boolean;
  readonly trustLocal: boolean;
  /** What the operator should know about the environment, in sentences. */
  readonly notes: readonly string[];
}

/** Whether a host is this machine: a loopback address or `localhost`. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

async function readEnvFile(path: string): Promise<Record<string, string | undefined>> {
  try {
    return parseEnv(await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** Settings that are fine alone, but not together. */
function contradictions(values: SettingValues): string[] {
  const { databaseUrl, secretKey, host, port, sipHost, sipPort, rtpPorts } = values;
  const problems: string[] = [];
  if (databaseUrl && !secretKey)
    problems.push('POLYVOX_SECRET_KEY must be set together with DATABASE_URL');
  if (host === sipHost && port !== 0 && port === sipPort)
    problems.push('POLYVOX_PORT and POLYVOX_SIP_PORT must differ');
  if (sipPort >= rtpPorts.from && sipPort <= rtpPorts.to)
    problems.push('POLYVOX_SIP_PORT must lie outside POLYVOX_RTP_PORTS');
  return problems;
}

/**
 * The configuration out of the environment and the file `.env` in the clone; the environment wins.
 * @throws {DomainError} `config.invalid` with everything that is wrong
 */
export async function loadConfig(options: {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Promise<Config> {
  const env = { ...(await readEnvFile(join(options.root, '.env'))), ...options.env };
  const problems: string[] = [];
  const values = Object.fromEntries(
    (Object.keys(settings) as SettingName[]).map((key) => {
      const { name, read } = settings[key];
      try {
        return [key, read(env[name])];
      } catch (error) {
        problems.push(`${name} ${(error as Error).message}`);
        return [key, undefined];
      }
    }),
  ) as unknown as SettingValues;
  if (problems.length === 0) problems.push(...contradictions(values));
  if (problems.length > 0) throw configInvalid(problems);
  const publicHost = values.publicUrl && new URL(values.publicUrl).hostname.replace(/^\[|\]$/g, '');
  const loopbackOnly = [values.host, values.sipHost, publicHost || '127.0.0.1'].every(isLoopback);
  return {
    ...values,
    data: resolve(options.root, values.data),
    loopbackOnly,
    trustLocal: values.trustLocal ?? loopbackOnly,
    notes: findNotes(env, Object.values(settings)),
  };
}
