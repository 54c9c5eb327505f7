import { STATUS_CODES } from 'node:http';
import type { ErrorStyle } from '../../http/error-style.ts';
import type { DomainError } from '../../kernel/domain-error.ts';
import { errorBody, timestampIn } from './envelope.ts';

const wording = (error: DomainError, status: number): string => {
  if (status === 401) return "The user isn't authenticated.";
  if (status === 403) return 'The route is not allowed';
  if (status === 404) return '404 (Not Found)';
  if (error.code === 'internal') return `${status} (Internal Server Error) `;
  return `${status} (${STATUS_CODES[status] ?? 'Refused'}) ${error.message}`;
};

/** How MikoPBX words refusals: a list of errors in its envelope. */
export const mikopbxErrors: ErrorStyle = {
  contentType: 'application/json; charset=UTF-8',
  headers: (_error, status) => ({ status: `${status} ${STATUS_CODES[status] ?? ''}` }),
  body: (error, status) =>
    errorBody([wording(error, status)], timestampIn(new Date(), 'Europe/Berlin')),
};
