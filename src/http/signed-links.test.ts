import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AccountId, newId } from '../kernel/ids.ts';
import { createSignedLinks } from './signed-links.ts';

const account = newId<AccountId>();
const other = newId<AccountId>();
const links = createSignedLinks('a key of the installation', 'sipgate');
const start = Date.parse('2026-03-17T17:05:00Z');
const hour = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a signed link', () => {
  test('opens the thing that it was signed for, in its account', () => {
    const token = links.sign('recordings/1', account);
    expect(links.open(token, 'recordings/1')).toMatchObject({
      accountId: account,
      dialect: 'sipgate',
      operator: false,
      scopes: [],
    });
  });

  test('opens nothing else', () => {
    expect(links.open(links.sign('recordings/1', account), 'recordings/2')).toBeUndefined();
  });

  test('opens for a day, and not longer', () => {
    const token = links.sign('recordings/1', account);
    vi.setSystemTime(start + 24 * hour - 1_000);
    expect(links.open(token, 'recordings/1')).toBeDefined();
    vi.setSystemTime(start + 24 * hour + 1_000);
    expect(links.open(token, 'recordings/1')).toBeUndefined();
  });

  test('cannot be turned into one of another account, or a longer one', () => {
    const [, expires = '', signature = ''] = links.sign('recordings/1', account).split('.');
    expect(links.open(`${other}.${expires}.${signature}`, 'recordings/1')).toBeUndefined();
    const later = `${account}.${Number(expires) + 1}.${signature}`;
    expect(links.open(later, 'recordings/1')).toBeUndefined();
  });

  test('of another installation or another dialect opens nothing', () => {
    const token = links.sign('recordings/1', account);
    const stranger = createSignedLinks('another key', 'sipgate');
    const dialect = createSignedLinks('a key of the installation', 'mikopbx');
    expect(stranger.open(token, 'recordings/1')).toBeUndefined();
    expect(dialect.open(token, 'recordings/1')).toBeUndefined();
  });

  test('that somebody made up opens nothing', () => {
    const token = links.sign('recordings/1', account);
    const madeUp = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.nat(token.length - 1), fc.constantFrom('A', '0', '.', ''))
        .map(([at, letter]) =>
          token[at] === letter ? `${token}x` : token.slice(0, at) + letter + token.slice(at + 1),
        ),
    );
    fc.assert(
      fc.property(madeUp, (text) => {
        expect(links.open(text, 'recordings/1')).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});
