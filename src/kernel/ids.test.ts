import { describe, expect, test } from 'vitest';
import { isUuid, newId, newSecret, toId, tokenHash } from './ids.ts';

/** The instant in a uuid of version 1, in milliseconds. @see RFC 9562 section 5.1 */
function instantOf(id: string): number {
  const [low = '', middle = '', high = ''] = id.split('-');
  const timestamp = BigInt(`0x${high.slice(1)}${middle}${low}`);
  return Number((timestamp - 122_192_928_000_000_000n) / 10_000n);
}

describe('an id', () => {
  test('is a uuid of version 1 with the time of its creation in it', () => {
    const before = Date.now();
    const id = newId<string & { readonly id: never }>() as string;
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(instantOf(id)).toBeGreaterThanOrEqual(before - 1);
    expect(instantOf(id)).toBeLessThanOrEqual(Date.now() + 1_000);
  });

  test('is never given twice, and later ones are later', () => {
    const ids = Array.from({ length: 20_000 }, () => newId() as string);
    expect(new Set(ids).size).toBe(ids.length);
    const instants = ids.map(instantOf);
    expect(instants).toEqual([...instants].sort((a, b) => a - b));
  });

  test.each([
    '',
    '201',
    "'; drop table users",
    'zzzzzzzz-0000-1000-8000-000000000000',
    `${'0'.repeat(36)}`,
  ])('is not %j', (text) => {
    expect(isUuid(text)).toBe(false);
    expect(toId(text)).toBeUndefined();
  });

  test('from outside may be written in capitals', () => {
    const id = newId() as string;
    expect(toId(id.toUpperCase())).toBe(id);
  });
});

test('a secret is long, safe in addresses, and never given twice', () => {
  const secrets = Array.from({ length: 100 }, newSecret);
  expect(new Set(secrets).size).toBe(100);
  for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
});

test('what is stored of a token does not show it', () => {
  expect(tokenHash('secret')).toMatch(/^[0-9a-f]{64}$/);
  expect(tokenHash('secret')).toBe(tokenHash('secret'));
  expect(tokenHash('secret')).not.toBe(tokenHash('Secret'));
});
