/** What a request says about who sends it. */
export type SentCredential =
  | { readonly kind: 'basic'; readonly name: string; readonly secret: string }
  | { readonly kind: 'bearer'; readonly token: string };

/** Reads an `Authorization` header; `undefined` if there is none that can be read. @see RFC 7617, RFC 6750 */
export function readAuthorization(header: string | undefined): SentCredential | undefined {
  const [, scheme, value] = /^(\w+) +(\S+)$/.exec(header ?? '') ?? [];
  if (!scheme || !value) return undefined;
  if (scheme.toLowerCase() === 'bearer') return { kind: 'bearer', token: value };
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 0 || decoded.includes('\0')) return undefined;
  return { kind: 'basic', name: decoded.slice(0, colon), secret: decoded.slice(colon + 1) };
}
