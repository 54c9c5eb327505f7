import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText } from './hostile-text.ts';

describe('a text from outside', () => {
  test.each([
    ['Mallory\r\nVia: SIP/2.0', 'MalloryVia: SIP/2.0'],
    ['\u202egpj.exe', 'gpj.exe'],
    ['a\u200bb\u2066c\ufeff', 'abc'],
    ['\u0007bell\u0000', 'bell'],
    ['  Alice  ', 'Alice'],
    ['Jörg Müßig 😀', 'Jörg Müßig 😀'],
  ])('%j is kept as %j', (text, kept) => {
    expect(cleanText(text)).toBe(kept);
  });

  test('is cut at its length, never in the middle of a character', () => {
    expect(cleanText('😀😀😀', 2)).toBe('😀😀');
    expect(cleanText('abcdef', 3)).toBe('abc');
  });

  test('holds nothing that steers a terminal, a header or the direction of text', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 400 });
    fc.assert(
      fc.property(anything, (text) => {
        const cleaned = cleanText(text, 100);
        expect(cleaned).not.toMatch(
          /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/,
        );
        expect([...cleaned].length).toBeLessThanOrEqual(100);
        expect(cleaned.isWellFormed() || !text.isWellFormed()).toBe(true);
      }),
    );
  });

  test('that is clean is not changed by cleaning it again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
    );
  });
});
