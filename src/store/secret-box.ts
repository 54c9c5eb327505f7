import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Keeps secrets that must be used or shown again. */
export interface SecretBox {
  /** @param belongsTo - table and row: a sealed text opens only there */
  seal(secret: string, belongsTo: string): string;
  open(sealed: string, belongsTo: string): string;
  /** The same for the same text, and nothing to whoever lacks the key, however easy the text is to guess. */
  fingerprint(text: string): string;
}

const version = 'v1';
const ivBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM under a key made from the installation's secret key.
 * @see NIST SP 800-38D; RFC 5869
 */
export function createSecretBox(secretKey: string): SecretBox {
  const derived = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', secretKey, 'polyvox', purpose, 32));
  const key = derived('secret box v1');
  const fingerprintKey = derived('fingerprint v1');
  return {
    seal(secret, belongsTo) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(belongsTo));
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return `${version}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
    },
    open(sealed, belongsTo) {
      const [found, text] = sealed.split('.');
      if (found !== version || !text)
        throw new Error('a secret is sealed in a way that is not known here');
      const bytes = Buffer.from(text, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      })
        .setAAD(Buffer.from(belongsTo))
        .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      const plain = Buffer.concat([
        decipher.update(bytes.subarray(ivBytes + tagBytes)),
        decipher.final(),
      ]);
      return plain.toString('utf8');
    },
    fingerprint: (text) => createHmac('sha256', fingerprintKey).update(text).digest('hex'),
  };
}
