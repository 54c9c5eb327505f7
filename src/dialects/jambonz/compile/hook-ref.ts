import type { JsonObject } from '../../../kernel/json.ts';
import { hookUrlInvalid } from '../hook-errors.ts';

/** A hook as it is stored with a program: its password is sealed. */
export interface HookRef {
  /** As it was written: applications with a socket find their way by it. */
  readonly written: string;
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly username?: string;
  readonly sealedPassword?: string;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** An address of a hook, relative ones from where the application's call hook is. */
function absolute(url: string, base: string): string {
  if (!URL.canParse(url, base)) throw hookUrlInvalid(url);
  const found = new URL(url, base);
  if (!/^(?:https?|wss?):$/.test(found.protocol)) throw hookUrlInvalid(url);
  return found.href;
}

/**
 * A hook as verbs and requests give it: an address, or an object with one.
 * @param base - the application's call hook
 * @throws {DomainError} `jambonz.hook_url_invalid`
 */
export function readHook(
  given: unknown,
  base: string,
  seal: (secret: string) => string,
): HookRef | undefined {
  if (typeof given === 'string') {
    return given === ''
      ? undefined
      : { written: given, url: absolute(given, base), method: 'POST' };
  }
  if (typeof given !== 'object' || given === null) return undefined;
  const { url, method, username, password } = given as Readonly<Record<string, unknown>>;
  const address = text(url);
  if (!address) return undefined;
  const [user, secret] = [text(username), text(password)];
  return {
    written: address,
    url: absolute(address, base),
    method: text(method)?.toUpperCase() === 'GET' ? 'GET' : 'POST',
    ...(user && { username: user }),
    ...(secret && { sealedPassword: seal(secret) }),
  };
}

export const hookAsJson = (hook: HookRef): JsonObject => ({ ...hook });
