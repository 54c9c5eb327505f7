import { describe, expect, test } from 'vitest';
import { DomainError } from '../../kernel/domain-error.ts';
import {
  hookAnswered,
  hookMalformed,
  hookTargetRefused,
  hookTimedOut,
  hookTooLarge,
  hookUnreachable,
} from './hook-errors.ts';
import { parseRetryFragment, retryDelayMs, retryReasonOf } from './hook-retry.ts';

const url = 'https://hooks.example/call?a=1';

describe('the fragment of a hook', () => {
  test.each([
    ['', 0, []],
    ['#rc=3&rp=5xx,ct', 3, ['5xx', 'connect']],
    ['#rc=1', 1, ['connect']],
    ['#rc=5&rp=all', 5, ['all']],
    ['#rp=4xx, RT', 0, ['4xx', 'read_timeout']],
    ['#rc=9&rp=5xx', 5, ['5xx']],
    ['#rc=-2&rp=5xx', 0, ['5xx']],
    ['#rc=many&rp=often', 0, ['connect']],
    ['#rp=constructor&rc=2', 2, ['connect']],
    ['#', 0, ['connect']],
    ['#top', 0, ['connect']],
  ])('%j', (fragment, times, on) => {
    expect(parseRetryFragment(`${url}${fragment}`)).toEqual({ url, retry: { times, on } });
  });

  test('is cut from a relative hook too', () => {
    expect(parseRetryFragment('/action#rc=2')).toEqual({
      url: '/action',
      retry: { times: 2, on: ['connect'] },
    });
  });
});

describe('which failure it was', () => {
  test.each([
    [hookUnreachable('refused'), 'connect'],
    [hookTimedOut('connect', 10_000), 'connect'],
    [hookTimedOut('answer', 10_000), 'read_timeout'],
    [hookAnswered(404), '4xx'],
    [hookAnswered(503), '5xx'],
    [hookAnswered(302), undefined],
    [hookMalformed('it is no JSON'), undefined],
    [hookTooLarge(10), undefined],
    [hookTargetRefused('the address is not public'), undefined],
    [new DomainError('not_found', 'call.not_found', 'There is no call'), undefined],
    [new Error('a bug'), undefined],
  ])('%s', (error, reason) => {
    expect(retryReasonOf(error)).toBe(reason);
  });
});

test('waits grow from half a second, a tenth more or less', () => {
  const waits = (random: number) => [0, 1, 2, 3, 4].map((n) => retryDelayMs(n, random));
  expect(waits(0.5)).toEqual([500, 1_000, 2_000, 4_000, 6_000]);
  expect(waits(0)).toEqual([450, 900, 1_800, 3_600, 5_400]);
  expect(waits(1)).toEqual([550, 1_100, 2_200, 4_400, 6_600]);
});
