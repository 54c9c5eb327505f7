import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseE164, withoutPlus } from './phone-number.ts';

const cologne = { country: 'DE', areaCode: '221' };
const newYork = { country: 'US', areaCode: '212' };
const rome = { country: 'IT', areaCode: '06' };
const nowhere = { country: 'DE', areaCode: '' };

describe('a public number', () => {
  test.each([
    ['+49 221 66980201', cologne],
    ['+4922166980201', newYork],
    ['0049 221 66980201', cologne],
    ['0221 / 66980-201', cologne],
    ['(0221) 669.802.01', cologne],
    ['66980201', cologne],
    ['4922166980201', cologne],
    ['0221 66980201', nowhere],
  ])('is +4922166980201, written as %s', (written, plan) => {
    expect(parseE164(written, plan)).toBe('+4922166980201');
  });

  test.each([
    ['(212) 555-2368', newYork, '+12125552368'],
    ['(415) 555-2671', newYork, '+14155552671'],
    ['555-2368', newYork, '+12125552368'],
    ['1 212 555 2368', newYork, '+12125552368'],
    ['011 44 20 7946 0000', newYork, '+442079460000'],
    ['06 6982 1234', rome, '+390669821234'],
    ['0171 1234567', cologne, '+491711234567'],
    ['00442079460000', cologne, '+442079460000'],
  ])('written as %s in its country is read', (written, plan, number) => {
    expect(parseE164(written, plan)).toBe(number);
  });

  test.each([
    '',
    '+',
    '12',
    '201',
    'abc',
    '*43',
    '+49',
    '+49221abc',
    '++4922166980201',
    '4922166980201;ext=5',
    '+123456789012345678901',
    '\u0660\u0661\u0662\u0663\u0664\u0665',
    'sip:201@acme.example',
  ])('is not %j', (text) => {
    expect(parseE164(text, cologne)).toBeUndefined();
  });

  test('an unknown country reads international numbers still', () => {
    expect(parseE164('+4922166980201', { country: 'XX', areaCode: '' })).toBe('+4922166980201');
    expect(parseE164('0221 66980201', { country: 'XX', areaCode: '' })).toBeUndefined();
  });

  test('nothing that somebody dials makes it fail', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(cologne, newYork, rome, nowhere), (text, plan) => {
        const number = parseE164(text, plan);
        if (number !== undefined) expect(number).toMatch(/^\+[1-9]\d{2,14}$/);
      }),
      { numRuns: 300 },
    );
  });

  test('what was read once is read the same again', () => {
    const digits = fc.stringMatching(/^(\+|00|0)?[1-9]\d{5,13}$/);
    fc.assert(
      fc.property(digits, fc.constantFrom(cologne, newYork, rome), (text, plan) => {
        const number = parseE164(text, plan);
        if (number !== undefined) expect(parseE164(number, plan)).toBe(number);
      }),
      { numRuns: 300 },
    );
  });
});

test('dialects that print no plus get none', () => {
  expect(withoutPlus('+4922166980201')).toBe('4922166980201');
  expect(withoutPlus('201')).toBe('201');
});
