import { describe, expect, test } from 'vitest';
import { statusOf } from '../../http/error-style.ts';
import { DomainError, type ErrorKind } from '../../kernel/domain-error.ts';
import { sipgateErrors } from './errors.ts';

function worded(kind: ErrorKind, code: string): readonly [number, string] {
  const error = new DomainError(kind, code, 'A sentence');
  const status = statusOf(sipgateErrors, error);
  const { name } = sipgateErrors.body(error, status, 'request') as { name: string };
  return [status, name];
}

describe('a refusal', () => {
  test.each([
    ['conflict', 'user.taken', 409, 'RESOURCE_ALREADY_EXISTS'],
    ['conflict', 'number.taken', 409, 'RESOURCE_ALREADY_EXISTS'],
    ['conflict', 'endpoint.unregistered', 409, 'DEVICE_OFFLINE'],
    ['conflict', 'engine.refused', 409, 'REQUEST_FAILED'],
    ['conflict', 'idempotency.running', 409, 'REQUEST_FAILED'],
    ['conflict', 'call.state_conflict', 404, 'RESOURCE_NOT_FOUND'],
    ['invalid', 'call.leads_nowhere', 400, 'PARAMETER_INVALID'],
    ['invalid', 'request.malformed', 400, 'INVALID_JSON'],
    ['unavailable', 'store.unavailable', 503, 'REQUEST_FAILED'],
    ['limited', 'credential.throttled', 429, 'RATE_LIMIT_EXCEEDED'],
  ] as const)('%s, %s, is %i %s', (kind, code, status, name) => {
    expect(worded(kind, code)).toEqual([status, name]);
  });
});
