import { describe, expect, test } from 'vitest';
import { announcement, spokenTime } from './announcements.ts';

describe('what the exchange says', () => {
  test('is said in the language of the account, or in English', () => {
    expect(announcement('limit_reached', 'de-AT')).toContain('belegt');
    expect(announcement('limit_reached', 'fr')).toContain('busy');
  });

  const at = (time: string) => new Date(`2026-03-17T${time}Z`);
  test.each([
    ['17:05:00', 'en', 'The time is 18 oh 5.'],
    ['17:00:00', 'en', "It is 18 o'clock."],
    ['17:42:00', 'en', 'The time is 18 42.'],
    ['17:05:00', 'de', 'Es ist 18 Uhr 5.'],
    ['17:00:00', 'de', 'Es ist 18 Uhr.'],
    ['23:00:00', 'en', "It is 0 o'clock."],
  ])('the clock at %s in %s', (time, language, words) => {
    expect(spokenTime(at(time), 'Europe/Berlin', language)).toBe(words);
  });
});
