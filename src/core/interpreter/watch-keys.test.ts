import { describe, expect, test } from 'vitest';
import { type Typed, watchKeys } from './watch-keys.ts';

/** What is heard of keys that are pressed one after the other, with so many ms between two. */
function heard(patterns: readonly string[], keys: string, gapMs = 500): string[] {
  let typed: Typed | undefined;
  return [...keys].flatMap((digit, at) => {
    const found = watchKeys(patterns, typed, digit, at * gapMs);
    typed = found.typed;
    return found.hit ?? [];
  });
}

describe('keys that are watched', () => {
  test.each<[string, readonly string[], string, readonly string[]]>([
    ['a single key', ['9'], '1929', ['9', '9']],
    ['a sequence, after whatever was pressed before', ['*2'], '1*2', ['*2']],
    ['sequences one after the other', ['*2', '*3'], '*2*3', ['*2', '*3']],
    ['the longest of those that end with a key', ['3', '*3'], '*3', ['*3']],
    ['keys of a sequence count once', ['##'], '###', ['##']],
    ['nothing', [], '123', []],
    ['an empty sequence', [''], '1', []],
  ])('%s', (_what, patterns, keys, expected) => {
    expect(heard(patterns, keys)).toEqual(expected);
  });

  test('are forgotten when the next one comes late', () => {
    expect(heard(['*2'], '*2', 3_000)).toEqual(['*2']);
    expect(heard(['*2'], '*2', 3_001)).toEqual([]);
  });
});
