import { DomainError } from '../kernel/domain-error.ts';

export const configInvalid = (problems: readonly string[]) =>
  new DomainError('invalid', 'config.invalid', `Polyvox cannot start:\n  ${problems.join('\n  ')}`);

/** What the codes of connecting and of Postgres mean. @see PostgreSQL 18, appendix A */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Is the server running?',
  ECONNRESET: 'it broke off. Does it want TLS (`?sslmode=require`)?',
  ENOTFOUND: 'there is no host of this name.',
  EAI_AGAIN: 'the name of the host cannot be looked up.',
  ETIMEDOUT: 'it does not answer.',
  EHOSTUNREACH: 'there is no way to it.',
  ENETUNREACH: 'there is no way to it.',
  ENOENT: 'there is no such socket.',
  EACCES: 'this user may not use the socket.',
  '28000': 'it refuses this user.',
  '28P01': 'it refuses this user and password.',
  '3D000': 'it has no database of this name: make one with `createdb`.',
  '42501': 'the user lacks a right: it must own the database and may make roles (`CREATEROLE`).',
  '53300': 'it has no connection left.',
  '57P03': 'it is starting or ending.',
};

/**
 * The database that `DATABASE_URL` names cannot be used: in words, without its password.
 * @returns the error itself if it is about something else
 */
export function databaseUnusable(databaseUrl: string, error: unknown): unknown {
  const { code } = error as { code?: string };
  const reason = code === undefined ? undefined : reasons[code];
  if (reason === undefined) return error;
  const { hostname, port, pathname } = new URL(databaseUrl);
  const where = `${pathname.slice(1) || 'the database'} at ${hostname || 'a local socket'}${port && `:${port}`}`;
  return new DomainError(
    'unavailable',
    'config.database_unusable',
    `DATABASE_URL names ${where}, but ${reason} Correct DATABASE_URL, or unset it to use the embedded Postgres.`,
    { details: { code: code ?? '' }, cause: error },
  );
}
