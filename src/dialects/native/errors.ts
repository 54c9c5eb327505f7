import type { ErrorStyle } from '../../http/error-style.ts';
import { usualStatus } from '../../http/error-style.ts';

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  402: 'Payment required',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Wrong method',
  409: 'Conflict',
  413: 'Too large',
  415: 'Wrong media type',
  422: 'Does not fit',
  429: 'Too many',
  500: 'Internal error',
  503: 'Not available now',
};

/** Problem details. @see RFC 9457 */
export const nativeErrors: ErrorStyle = {
  statusOf: (error) => (error.code === 'idempotency.mismatch' ? 422 : undefined),
  contentType: 'application/problem+json; charset=utf-8',
  headers: (error) =>
    usualStatus[error.kind] === 401 ? { 'www-authenticate': 'Bearer, Basic realm="polyvox"' } : {},
  body: (error, status, requestId) => ({
    type: `/docs/errors#${error.code}`,
    title: titles[status] ?? 'Refused',
    status,
    detail: error.message,
    code: error.code,
    instance: `urn:request:${requestId}`,
    ...(Object.keys(error.details).length > 0 && { details: error.details }),
  }),
};
