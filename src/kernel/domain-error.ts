/** The ways in which Polyvox refuses. Each dialect words them with a status of its own. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'limited'
  | 'payment_required'
  | 'unavailable';

export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/**
 * A refusal: what was asked cannot be done, and nothing was changed. Everything else that is thrown is a
 * bug or an outage. Made only by the functions in `*-errors.ts`; worded only by the dialects.
 */
export class DomainError extends Error {
  readonly kind: ErrorKind;
  /** Stable, dotted: `call.not_found`. Listed in docs/errors.md. */
  readonly code: string;
  readonly details: ErrorDetails;

  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    options: { readonly details?: ErrorDetails; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DomainError';
    this.kind = kind;
    this.code = code;
    this.details = options.details ?? {};
  }
}

export const isDomainError = (error: unknown): error is DomainError => error instanceof DomainError;
