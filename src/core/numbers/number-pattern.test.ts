import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TrunkId } from '../../kernel/ids.ts';
import { choosePattern, isMatch, isPattern } from './number-pattern.ts';

describe('a called number is meant by', () => {
  test.each([
    ['*', '+15551230001'],
    ['*', 'alice'],
    ['1555*', '+15551230001'],
    ['+1555*', '+15551230001'],
    ['*0001', '+15551230001'],
    ['support', 'support'],
    ['201', '201'],
    ['^\\+1555', '+15551230001'],
    ['^1555\\d{7}$', '+15551230001'],
    ['[2-4]01$', '301'],
    ['.*', 'anything'],
    ['20.$', '209'],
  ])('%j: %j', (pattern, dialled) => {
    expect([isPattern(pattern), isMatch(pattern, dialled)]).toEqual([true, true]);
  });

  test.each([
    ['1556*', '+15551230001'],
    ['support', 'supporter'],
    ['201', '2010'],
    ['^1555\\d{6}$', '+15551230001'],
    ['a.b', 'axb'],
  ])('not by %j: %j', (pattern, dialled) => {
    expect([isPattern(pattern), isMatch(pattern, dialled)]).toEqual([true, false]);
  });
});

describe('a pattern is not', () => {
  test.each([
    '',
    'x'.repeat(65),
    '(a+)+$',
    '(a|b)',
    '*1*2*3*4',
    'a*b*c*d*$',
    '^.*.*.*.*x$',
    '[',
    'a{1,2}{3}',
    '\\w',
    'a b',
    '[z-a]$',
  ])('%j', (pattern) => {
    expect(isPattern(pattern)).toBe(false);
  });
});

test('matching ends soon, whatever the pattern and the number', () => {
  const text = fc.string({ unit: fc.constantFrom(...'01a.*+?^$[]{},\\d#'), maxLength: 64 });
  fc.assert(
    fc.property(text, fc.string({ maxLength: 200 }), (pattern, dialled) => {
      const began = performance.now();
      isMatch(pattern, dialled);
      expect(performance.now() - began).toBeLessThan(200);
    }),
    { numRuns: 500 },
  );
});

test('the longest pattern wins, among those for the trunk of the call', () => {
  const [first, second] = ['t1', 't2'] as TrunkId[];
  const patterns = [
    { pattern: '*', trunkId: undefined },
    { pattern: '1555*', trunkId: first },
    { pattern: '15551*', trunkId: second },
  ];
  expect(choosePattern(patterns, '+15551230001', first)?.pattern).toBe('1555*');
  expect(choosePattern(patterns, '+15551230001', second)?.pattern).toBe('15551*');
  expect(choosePattern(patterns, '+15551230001', undefined)?.pattern).toBe('*');
  expect(choosePattern(patterns.slice(1), '+4930', first)).toBeUndefined();
});
