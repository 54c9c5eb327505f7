import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { read } from './setting.ts';
import { settings } from './settings.ts';

type Reader = (text: string | undefined) => unknown;

describe('what is not set has its default', () => {
  const readers: readonly (readonly [string, Reader, unknown])[] = [
    ['a text', read.text('fallback'), 'fallback'],
    ['a port', read.port(8080, 0), 8080],
    ['a count', read.count(30, 100), 30],
    ['a flag', read.flag(undefined), undefined],
    ['a choice', read.choice(['info', 'warn'], 'info'), 'info'],
    ['a range of ports', read.portRange(20_000, 24_000), { from: 20_000, to: 24_000 }],
    ['an address', read.url, undefined],
    ['networks', read.networks(undefined), undefined],
    ['origins', read.origins, []],
  ];
  test.each(readers)('%s', (_what, reader, fallback) => {
    expect(reader(undefined)).toEqual(fallback);
  });
  test.each(readers.filter(([what]) => what !== 'networks'))(
    '%s that is empty',
    (_what, reader, fallback) => {
      expect(reader('')).toEqual(fallback);
    },
  );
});

describe('what is set is read', () => {
  const good: readonly (readonly [string, Reader, string, unknown])[] = [
    ['port', read.port(8080, 0), '0', 0],
    ['port', read.port(8080, 1), '65535', 65_535],
    ['count', read.count(30, 86_400), '0', 0],
    ['flag', read.flag(undefined), '1', true],
    ['flag', read.flag(true), '0', false],
    ['choice', read.choice(['info', 'warn'], 'info'), 'warn', 'warn'],
    ['choices', read.choices(['opus', 'alaw'], ['opus']), 'alaw, opus', ['alaw', 'opus']],
    ['networks', read.networks([]), '10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
    ['networks', read.networks(['127.0.0.1']), '', []],
    ['range', read.portRange(1, 2), '30000-30100', { from: 30_000, to: 30_100 }],
    ['address', read.url, 'https://phone.example/', 'https://phone.example'],
    ['database', read.databaseUrl, 'postgresql://db/polyvox', 'postgresql://db/polyvox'],
    ['country', read.country('DE'), 'AT', 'AT'],
    ['time zone', read.timeZone('Europe/Berlin'), 'UTC', 'UTC'],
    ['secret', read.secret(3), 'abc', 'abc'],
    [
      'origins',
      read.origins,
      'https://a.example, http://B.example:8080',
      ['https://a.example', 'http://b.example:8080'],
    ],
    ['origins', read.origins, '*', 'any'],
  ];
  test.each(good)('%s', (_what, reader, text, value) => {
    expect(reader(text)).toEqual(value);
  });
});

describe('what makes no sense is refused, with what a good value looks like', () => {
  const bad: readonly (readonly [string, Reader, readonly string[]])[] = [
    ['0 to 65535', read.port(8080, 0), ['-1', '65536', '80.5', 'http', '1e9']],
    ['1 to 65535', read.port(8080, 1), ['0']],
    ['whole number, 0 to 100', read.count(30, 100), ['-1', '101', '1.5', 'many']],
    ['1 or 0', read.flag(undefined), ['true', 'yes', '2']],
    ['one of info, warn', read.choice(['info', 'warn'], 'info'), ['INFO', 'loud']],
    [
      'origins such as https://app.example',
      read.origins,
      [
        'app.example',
        'https://a.example/path',
        'https://a.example,*',
        'null',
        'ftp://a.example',
        'https://user@a.example',
      ],
    ],
    ['some of opus, alaw', read.choices(['opus', 'alaw'], []), ['opus,mp3', ',']],
    [
      'two ports',
      read.portRange(1, 2),
      ['20000', '24000-20000', '20000-20005', '80-9000', '1-2-3'],
    ],
    ['https://phone.example', read.url, ['phone.example', 'ftp://phone.example', 'http://']],
    ['postgres://', read.databaseUrl, ['mysql://db', 'db.example']],
    ['networks', read.networks([]), ['home', '10.0.0.0/33', '::/129', '10.0.0.0/8/8', '10.0.0.0/']],
    ['country such as DE', read.country('DE'), ['de', 'DEU', 'QX']],
    ['time zone', read.timeZone('UTC'), ['Mars/Olympus']],
    ['at least 32', read.secret(32), ['short']],
  ];
  test.each(bad)('%s', (rule, reader, texts) => {
    for (const text of texts) expect(() => reader(text), text).toThrow(rule);
  });
});

test('whatever the environment holds, a setting is read or refused in words', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const { read: reader } of Object.values(settings)) {
        try {
          reader(text);
        } catch (error) {
          expect((error as Error).message).toMatch(/^must /);
        }
      }
    }),
  );
});

test('every variable has one name, a default and a meaning that is a sentence', () => {
  const all = Object.values(settings);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  for (const { name, shownDefault, meaning } of all) {
    expect(name).toMatch(/^(POLYVOX_[A-Z_]+|DATABASE_URL)$/);
    expect(shownDefault).not.toBe('');
    expect(meaning).toMatch(/^[A-Z`].*\.$/);
  }
});
