import { describe, expect, test } from 'vitest';
import {
  hookAnswered,
  hookMalformed,
  hookTargetRefused,
  hookTimedOut,
  hookUnreachable,
} from '../hooks/index.ts';
import { failureOf, retryAfterMs, triedForMs } from './delivery-retry.ts';

const first = { attempts: 1, ageMs: 0 };

describe('a delivery that failed', () => {
  test('is tried again after a second, then after twice as long each time, up to ten minutes', () => {
    const waits = [1, 2, 3, 4, 10, 11, 50, 5_000].map((attempts) =>
      retryAfterMs(hookAnswered(503), { attempts, ageMs: 0 }, 0.5),
    );
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 512_000, 600_000, 600_000, 600_000]);
  });

  test('waits a tenth more or less', () => {
    expect(retryAfterMs(hookAnswered(503), first, 0)).toBe(900);
    expect(retryAfterMs(hookAnswered(503), first, 1)).toBe(1_100);
  });

  test.each([
    hookUnreachable('refused'),
    hookTimedOut('answer', 10_000),
    hookMalformed('it is no HTTP'),
    ...[302, 408, 425, 429, 500, 503].map(hookAnswered),
  ])('is tried again: %s', (error) => {
    expect(retryAfterMs(error, first, 0.5)).toBe(1_000);
  });

  test.each([
    hookTargetRefused('the address is not public'),
    new TypeError('a bug'),
    ...[400, 401, 403, 404, 410, 422].map(hookAnswered),
  ])('is given up at once, since nothing will change: %s', (error) => {
    expect(retryAfterMs(error, first, 0.5)).toBeUndefined();
  });

  test('is given up after an hour', () => {
    const error = hookAnswered(503);
    expect(retryAfterMs(error, { attempts: 9, ageMs: triedForMs - 1 }, 0.5)).toBeDefined();
    expect(retryAfterMs(error, { attempts: 1, ageMs: triedForMs }, 0.5)).toBeUndefined();
  });
});

test.each([
  [hookAnswered(503), { code: 'hook.answered', status: 503 }],
  [hookUnreachable('refused'), { code: 'hook.unreachable', status: undefined }],
  [new TypeError('a bug'), { code: 'internal', status: undefined }],
])('what is written down of %s', (error, failure) => {
  expect(failureOf(error)).toEqual(failure);
});
