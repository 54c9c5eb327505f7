import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSecretBox } from './secret-box.ts';

const box = createSecretBox('the key of an installation');

describe('a sealed secret', () => {
  test('opens as it was, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (secret) => {
        expect(box.open(box.seal(secret, 'trunks/1'), 'trunks/1')).toBe(secret);
      }),
    );
  });

  test('never looks the same twice, and shows nothing of what is in it', () => {
    const sealed = Array.from({ length: 50 }, () => box.seal('open sesame', 'trunks/1'));
    expect(new Set(sealed).size).toBe(50);
    for (const text of sealed) expect(text).toMatch(/^v1\.[A-Za-z0-9_-]+$/);
  });

  test('opens nowhere but where it belongs', () => {
    const sealed = box.seal('open sesame', 'trunks/1');
    expect(() => box.open(sealed, 'trunks/2')).toThrow();
    expect(() => box.open(sealed, '')).toThrow();
  });

  test('does not open with another key', () => {
    const sealed = box.seal('open sesame', 'trunks/1');
    expect(() => createSecretBox('another key').open(sealed, 'trunks/1')).toThrow();
  });

  test('opens after a restart with the same key', () => {
    const sealed = box.seal('open sesame', 'trunks/1');
    const later = createSecretBox('the key of an installation');
    expect(later.open(sealed, 'trunks/1')).toBe('open sesame');
  });

  test('that was tampered with does not open, wherever it was touched', () => {
    const sealed = box.seal('open sesame', 'trunks/1');
    const [version = '', text = ''] = sealed.split('.');
    const bytes = Buffer.from(text, 'base64url');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const touched = Buffer.from(bytes);
        touched.writeUInt8(touched.readUInt8(at) ^ change, at);
        expect(() => box.open(`${version}.${touched.toString('base64url')}`, 'trunks/1')).toThrow();
      }),
    );
  });

  test.each(['', 'v1', 'v1.', 'v2.abc', 'open sesame', 'v1.AAAA'])('is not %j', (text) => {
    expect(() => box.open(text, 'trunks/1')).toThrow();
  });

  test('has no fingerprint that another key makes, and the same one after a restart', () => {
    const later = createSecretBox('the key of an installation');
    expect(box.fingerprint('open sesame')).toMatch(/^[0-9a-f]{64}$/);
    expect(later.fingerprint('open sesame')).toBe(box.fingerprint('open sesame'));
    expect(box.fingerprint('open barley')).not.toBe(box.fingerprint('open sesame'));
    const other = createSecretBox('another key');
    expect(other.fingerprint('open sesame')).not.toBe(box.fingerprint('open sesame'));
  });

  test('that was cut short does not open', () => {
    const sealed = box.seal('open sesame', 'trunks/1');
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => box.open(sealed.slice(0, length), 'trunks/1')).toThrow();
    }
  });
});
