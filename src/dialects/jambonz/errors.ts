import type { ErrorStyle } from '../../http/error-style.ts';
import type { DomainError } from '../../kernel/domain-error.ts';
import { wordings } from './wordings.ts';

/** Refusals that clients of the genuine server know as plain text. @see contracts/jambonz.json, errors */
const asText: Readonly<Record<string, string>> = {
  'credential.refused': 'Unauthorized',
};

/** Refusals in the form `{status: "fail", message}`. */
const asFailure = new Set(['jambonz.admin_only']);

const messageOf = (error: DomainError): string => wordings[error.code]?.(error) ?? error.message;

const isText = (error: DomainError): boolean => asText[error.code] !== undefined;

/** Statuses where the contract differs from the usual ones. */
const statuses: Readonly<Record<string, number>> = {
  'api_key.too_mighty': 400,
  'api_key.foreign': 400,
  'operator.in_use': 403,
  'endpoint.taken': 400,
};

/** How jambonz words refusals: `{msg}`, with older forms where clients may expect them. */
export const jambonzErrors: ErrorStyle = {
  status: { conflict: 422 },
  statusOf: (error) => statuses[error.code],
  contentType: (error) =>
    isText(error) ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
  headers: () => ({ 'cache-control': 'no-store' }),
  body(error) {
    if (isText(error)) return asText[error.code];
    const message = messageOf(error);
    return asFailure.has(error.code) ? { status: 'fail', message } : { msg: message };
  },
};
