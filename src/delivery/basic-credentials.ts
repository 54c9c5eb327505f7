import type { HookHeaders } from '../core/hooks/index.ts';

/** A part of a URL as it was meant; what is no escape stays as it is. */
const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The header for given credentials, else for those in a URL; none if one half is missing. @see RFC 7617 */
export function basicCredentials(
  given: { readonly username?: string | undefined; readonly password?: string | undefined },
  url: URL,
): HookHeaders {
  const inUrl = url.username !== '' || url.password !== '';
  const username = given.username ?? (inUrl ? unescaped(url.username) : undefined);
  const password = given.password ?? (inUrl ? unescaped(url.password) : undefined);
  if (username === undefined || password === undefined) return {};
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}
