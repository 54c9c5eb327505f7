import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRange } from './send-recording.ts';

describe('which bytes of a recording somebody wants', () => {
  test.each([
    ['bytes=0-99', 0, 99],
    ['bytes=500-', 500, 999],
    ['bytes=-100', 900, 999],
    ['bytes=900-5000', 900, 999],
    ['bytes=-5000', 0, 999],
    ['bytes=0-0', 0, 0],
    ['bytes=999-999', 999, 999],
  ])('%s of 1,000 are %i to %i', (header, from, to) => {
    expect(readRange(header, 1_000)).toEqual({ start: from, end: to });
  });

  test.each([
    undefined,
    '',
    'bytes=-',
    'bytes=a-b',
    'items=0-9',
    'bytes=0-9,20-29',
    'bytes= 0-9',
    'bytes=1.5-3',
  ])('%j asks for everything', (header) => {
    expect(readRange(header, 1_000)).toBeUndefined();
  });

  test.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])('%s cannot be had', (header) => {
    expect(readRange(header, 1_000)).toBe('unsatisfiable');
  });

  test('of an empty recording no range can be had', () => {
    expect(readRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(readRange('bytes=-5', 0)).toBe('unsatisfiable');
  });

  test('a range that can be had lies within the recording', () => {
    const header = fc.oneof(
      fc.tuple(fc.nat(3_000), fc.nat(3_000)).map(([from, to]) => `bytes=${from}-${to}`),
      fc.nat(3_000).map((from) => `bytes=${from}-`),
      fc.nat(3_000).map((length) => `bytes=-${length}`),
      fc.stringMatching(/^bytes=\d{0,25}-\d{0,25}$/),
      fc.string(),
    );
    fc.assert(
      fc.property(header, fc.nat(2_000), (text, size) => {
        const range = readRange(text, size);
        if (range === undefined || range === 'unsatisfiable') return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.start).toBeLessThanOrEqual(range.end);
        expect(range.end).toBeLessThan(size);
      }),
      { numRuns: 500 },
    );
  });
});
