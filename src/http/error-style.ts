import type { DomainError, ErrorKind } from '../kernel/domain-error.ts';
import { prescribedStatus } from './request-errors.ts';

/** The usual HTTP status of each kind of refusal. A new kind does not compile until it has one. */
export const usualStatus: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  payment_required: 402,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  limited: 429,
  unavailable: 503,
};

/** How one dialect words refusals: its statuses where they differ, and its body. */
export interface ErrorStyle {
  readonly status?: Partial<Record<ErrorKind, number>>;
  readonly statusOf?: (error: DomainError) => number | undefined;
  /** JSON if nothing is said; a text that is not JSON is sent as it is. */
  readonly contentType?: string | ((error: DomainError, status: number) => string);
  readonly headers?: (error: DomainError, status: number) => Readonly<Record<string, string>>;
  readonly body: (error: DomainError, status: number, requestId: string) => unknown;
}

export const statusOf = (style: ErrorStyle, error: DomainError): number =>
  style.statusOf?.(error) ??
  prescribedStatus[error.code] ??
  style.status?.[error.kind] ??
  usualStatus[error.kind];

export const contentTypeOf = (
  { contentType = 'application/json; charset=utf-8' }: ErrorStyle,
  error: DomainError,
  status: number,
): string => (typeof contentType === 'string' ? contentType : contentType(error, status));

/** The body of a refusal as it is sent. */
export const bodyText = (body: unknown, contentType: string): string =>
  typeof body === 'string' && contentType.startsWith('text/') ? body : JSON.stringify(body);
