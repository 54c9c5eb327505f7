import { describe, expect, test } from 'vitest';
import { cutTo, only, shortJson, withShortIds } from './shorten.ts';

describe('what the demonstration shows of an answer', () => {
  test('is one line of JSON, with ids short enough to compare and without the rest', () => {
    const call = { callId: '93B90E00E88C11F1A9569BC98B551CCF', hold: false, participants: [1, 2] };
    expect(shortJson({ data: [only(call, 'callId', 'hold')] })).toBe(
      '{"data":[{"callId":"93B90E00…","hold":false,…}]}',
    );
    expect(shortJson(only(call, 'callId', 'hold', 'participants'))).not.toContain('…}');
  });

  test('is nothing where nothing was answered', () => {
    expect(shortJson(undefined)).toBe('');
    expect(shortJson('')).toBe('');
  });

  test('has the same eight digits for a call, in whichever form its id comes', () => {
    expect(withShortIds('/calls/93b90e00-e88c-11f1-a956-9bc98b551ccf/hold')).toBe(
      '/calls/93b90e00…/hold',
    );
    expect(withShortIds('mikopbx-93b90e00-e88c-11f1-a956-9bc98b551ccf')).toBe('mikopbx-93b90e00…');
    expect(withShortIds('4922166980201')).toBe('4922166980201');
  });

  test('never is longer than a line', () => {
    expect(cutTo('123456', 6)).toBe('123456');
    expect(cutTo('1234567', 6)).toBe('12345…');
    expect(cutTo('1234567', 0)).toBe('…');
  });
});
