import { DomainError } from '../kernel/domain-error.ts';

export const storeUnavailable = (cause?: unknown) =>
  new DomainError('unavailable', 'store.unavailable', 'The database did not answer in time', {
    cause,
  });

export const schemaTooNew = (found: string) =>
  new DomainError(
    'conflict',
    'store.schema_too_new',
    `The database was made by a newer Polyvox (migration ${found}). Start that one, or restore a backup into an empty database.`,
    { details: { found } },
  );

/** What a unique constraint is about: code and sentence. */
const taken: Readonly<Record<string, readonly [string, string]>> = {
  accounts_sip_domain_is_unique: ['account.taken', 'Another account has this SIP domain'],
  accounts_one_default: ['account.taken', 'There is a default account already'],
  accounts_operator_name_is_unique: ['operator.taken', 'Another operator has this name'],
  operators_root_domain_is_unique: ['operator.taken', 'Another operator has this domain'],
  users_email_is_unique: ['user.taken', 'Another user has this e-mail address'],
  users_login_is_unique: ['user.taken', 'Another user has this login name'],
  users_extension_is_unique: ['user.taken', 'Another user has this extension'],
  credentials_name_is_unique: ['user.taken', 'Another user signs in with this name'],
  credentials_login_is_unique: ['login.taken', 'Another login has this name'],
  endpoints_username_is_unique: ['endpoint.taken', 'Another device has this user name'],
  numbers_pattern_is_unique: ['number.taken', 'The pattern is there already'],
  numbers_e164_is_unique: ['number.taken', 'The number is taken'],
};

/** What a foreign key keeps from being removed. */
const used: Readonly<Record<string, readonly [string, string]>> = {
  numbers_trunk_is_used: ['trunk.in_use', 'Numbers belong to the trunk'],
  trunks_application_is_used: ['application.in_use', 'Trunks lead to the application'],
};

/** Classes and codes that mean: not now. @see PostgreSQL 18, appendix A */
const isOutage = (code: string): boolean =>
  code.startsWith('08') || code.startsWith('57') || code.startsWith('53') || code === '25P03';

/** Whether trying again cannot help: the values themselves are wrong. @see PostgreSQL 18, appendix A */
export const isPermanent = (error: unknown): boolean =>
  /^2[23]/.test((error as { readonly code?: string }).code ?? '');

/** What an error of the database means; anything unknown is a bug and passes unchanged. */
export function translatePostgresError(error: unknown): unknown {
  if (error instanceof DomainError || !(error instanceof Error)) return error;
  const { code, constraint } = error as Error & { code?: string; constraint?: string };
  const meanings = { 23505: taken, 23503: used }[Number(code)];
  const known = constraint ? meanings?.[constraint] : undefined;
  if (known) return new DomainError('conflict', known[0], known[1], { cause: error });
  const isLost =
    code === undefined ? /connect|timeout|terminated/i.test(error.message) : /^E[A-Z]+$/.test(code);
  return isLost || (code && isOutage(code)) ? storeUnavailable(error) : error;
}
