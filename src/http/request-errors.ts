import { DomainError, type ErrorDetails } from '../kernel/domain-error.ts';

/** Refusals of requests before they reach the core. */
export const malformedBody = (reason: string) =>
  new DomainError('invalid', 'request.malformed', `The body cannot be read: ${reason}`);

export const malformedPath = () =>
  new DomainError('invalid', 'request.bad_path', 'The path cannot be read');

export const pathTooLong = () =>
  new DomainError('invalid', 'request.path_too_long', 'A part of the path is too long');

export const malformedHead = () =>
  new DomainError('invalid', 'request.bad_head', 'This is not HTTP/1.1');

export const headTooLarge = () =>
  new DomainError('invalid', 'request.head_too_large', 'Address and headers are too long');

export const requestTooSlow = () =>
  new DomainError('invalid', 'request.too_slow', 'The request did not arrive in time');

export const bodyTooLarge = (limit: number) =>
  new DomainError('too_large', 'request.too_large', `The body has more than ${limit} bytes`, {
    details: { limit },
  });

export const wrongMediaType = () =>
  new DomainError('invalid', 'request.media_type', 'The body must be JSON (application/json)');

/** @param errors - `pointer message` of every wrong field */
export const invalidRequest = (part: string, errors: readonly string[]) =>
  new DomainError(
    'invalid',
    'request.invalid',
    `The ${part} is not as expected: ${errors.join('; ')}`,
    { details: { part, errors } satisfies ErrorDetails },
  );

export const unknownRoute = () =>
  new DomainError('not_found', 'request.unknown_path', 'There is nothing at this path');

export const wrongMethod = (allowed: readonly string[]) =>
  new DomainError('invalid', 'request.method', `This path takes ${allowed.join(', ')}`, {
    details: { allowed },
  });

export const scopeMissing = (anyOf: readonly string[]) =>
  new DomainError(
    'forbidden',
    'access.scope_missing',
    `One of these scopes is needed: ${anyOf.join(', ')}`,
    {
      details: { anyOf },
    },
  );

/** What a person outside is told about a bug. */
export const internalError = () =>
  new DomainError('unavailable', 'internal', 'Something went wrong here; it has been written down');

/** Statuses that HTTP itself prescribes, in every dialect. */
export const prescribedStatus: Readonly<Record<string, number>> = {
  'request.media_type': 415,
  'request.method': 405,
  'request.too_slow': 408,
  'request.path_too_long': 414,
  'request.head_too_large': 431,
  internal: 500,
};
