import { describe, expect, test } from 'vitest';
import { usualStatus } from '../../http/error-style.ts';
import { DomainError, type ErrorKind } from '../../kernel/domain-error.ts';
import { mikopbxErrors } from './errors.ts';

const worded = (kind: ErrorKind, code: string, message: string, status = usualStatus[kind]) =>
  (
    mikopbxErrors.body(new DomainError(kind, code, message), status, 'request') as {
      errors: readonly string[];
    }
  ).errors;

describe('a refusal', () => {
  test.each([
    [
      'unavailable',
      'store.unavailable',
      'The database did not answer in time',
      ['503 (Service Unavailable) The database did not answer in time'],
    ],
    [
      'unavailable',
      'engine.unavailable',
      'The telephone engine is not connected',
      ['503 (Service Unavailable) The telephone engine is not connected'],
    ],
    [
      'invalid',
      'request.malformed',
      'The body cannot be read: x',
      ['400 (Bad Request) The body cannot be read: x'],
    ],
    ['not_found', 'recording.not_found', 'There is no recording', ['404 (Not Found)']],
    ['forbidden', 'access.forbidden', 'You may not', ['The route is not allowed']],
    ['unauthenticated', 'credential.refused', 'Wrong', ["The user isn't authenticated."]],
  ] as const)('of the kind %s, %s, is told in clear text', (kind, code, message, errors) => {
    expect(worded(kind, code, message)).toEqual(errors);
  });

  test('that is a bug says nothing, as the original does', () => {
    expect(worded('unavailable', 'internal', 'Something went wrong here', 500)).toEqual([
      '500 (Internal Server Error) ',
    ]);
  });
});
