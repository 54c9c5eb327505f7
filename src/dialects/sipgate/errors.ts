import type { ErrorStyle } from '../../http/error-style.ts';
import type { DomainError } from '../../kernel/domain-error.ts';
import { type CallId, isUuid } from '../../kernel/ids.ts';
import { toCallId } from './ids.ts';

/** @see contracts/sipgate.json, schema ErrorBody */
const names: Readonly<Record<number, string>> = {
  400: 'PARAMETER_INVALID',
  401: 'REQUEST_NOT_AUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'RESOURCE_NOT_FOUND',
  429: 'RATE_LIMIT_EXCEEDED',
  500: 'INTERNAL_ERROR',
};

/** Something of the kind is there already; other conflicts have no name of their own. */
const isDuplicate = ({ code }: DomainError): boolean => code.endsWith('.taken');

const nameOf = (error: DomainError, status: number): string => {
  if (error.code === 'request.malformed') return 'INVALID_JSON';
  if (error.code === 'endpoint.unregistered') return 'DEVICE_OFFLINE';
  if (isDuplicate(error)) return 'RESOURCE_ALREADY_EXISTS';
  return names[status] ?? 'REQUEST_FAILED';
};

/** Ends of a call that the client could not foresee are unknown calls here; their other conflicts stay. */
const gone: readonly string[] = ['call.state_conflict', 'engine.leg_gone'];

/** Calls are named as clients name them. */
const messageOf = ({ message, details: { callId } }: DomainError): string =>
  typeof callId === 'string' && isUuid(callId)
    ? message.replace(callId, toCallId(callId as CallId))
    : message;

/** How sipgate words refusals: clients look at the status, people at the body. */
export const sipgateErrors: ErrorStyle = {
  statusOf: (error) => (gone.includes(error.code) ? 404 : undefined),
  headers: (error) =>
    error.kind === 'unauthenticated' ? { 'www-authenticate': 'Basic realm="sipgate"' } : {},
  body: (error, status) => ({
    name: nameOf(error, status),
    message: messageOf(error),
    errors: [{ status, title: error.code, detail: messageOf(error), source: null }],
  }),
};
