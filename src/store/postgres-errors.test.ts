import { describe, expect, test } from 'vitest';
import { DomainError } from '../kernel/domain-error.ts';
import { translatePostgresError } from './postgres-errors.ts';

const failure = (code?: string, constraint?: string, message = 'no') =>
  Object.assign(new Error(message), { ...(code && { code }), ...(constraint && { constraint }) });

describe('an error of the database', () => {
  test.each(['08006', '57P01', '53300', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '25P03'])(
    '%s is an outage',
    (code) => {
      expect(translatePostgresError(failure(code))).toMatchObject({
        code: 'store.unavailable',
        kind: 'unavailable',
      });
    },
  );

  test.each([
    'timeout exceeded when trying to connect',
    'Connection terminated unexpectedly',
    'Query read timeout',
  ])('“%s” is an outage', (message) => {
    expect(translatePostgresError(failure(undefined, undefined, message))).toMatchObject({
      code: 'store.unavailable',
    });
  });

  test('of a name that is taken says what is taken, and nothing of the database', () => {
    const error = translatePostgresError(failure('23505', 'numbers_e164_is_unique'));
    expect(error).toMatchObject({ code: 'number.taken', kind: 'conflict', details: {} });
    expect((error as Error).message).not.toMatch(/constraint|duplicate|numbers_/);
  });

  test.each([failure('42601'), failure('23505', 'something_else'), failure('23503'), failure()])(
    'that nobody expected stays as it is: %j',
    (error) => {
      expect(translatePostgresError(error)).toBe(error);
    },
  );

  test('that is a refusal of ours already stays one', () => {
    const refusal = new DomainError('invalid', 'page.bad_cursor', 'no');
    expect(translatePostgresError(refusal)).toBe(refusal);
  });
});
