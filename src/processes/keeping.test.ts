import { describe, expect, test } from 'vitest';
import { nextKeeperStep } from './keeping.ts';

const endAfterMs = 600_000;

describe('the keeper', () => {
  test('waits while a server is there, however long ago it was last seen', () => {
    const seen = { serverIsThere: true, unattendedMs: 2 * endAfterMs, endAfterMs };
    expect(nextKeeperStep({ ...seen, somethingRuns: true })).toBe('wait');
    expect(nextKeeperStep({ ...seen, somethingRuns: false })).toBe('wait');
  });

  test('gives a killed server its time to come back', () => {
    const seen = { serverIsThere: false, somethingRuns: true, endAfterMs };
    expect(nextKeeperStep({ ...seen, unattendedMs: endAfterMs - 1 })).toBe('wait');
    expect(nextKeeperStep({ ...seen, unattendedMs: endAfterMs })).toBe('end everything');
  });

  test('goes when there is neither a server nor anything to keep', () => {
    const seen = { serverIsThere: false, somethingRuns: false, unattendedMs: 0, endAfterMs };
    expect(nextKeeperStep(seen)).toBe('go');
  });
});
