import type { HookAddress, NewHookAddress } from '../core/hooks/index.ts';
import { newSid, type Sid } from '../kernel/ids.ts';
import type { SecretBox } from './secret-box.ts';

/** A hook as a column holds it: its password is sealed for the row. */
export interface StoredHook {
  readonly sid: Sid;
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/**
 * A hook for its column; one that takes the place of another keeps its second id.
 * @param belongsTo - table, row and column
 */
export function writeHook(
  box: SecretBox,
  hook: NewHookAddress | undefined,
  belongsTo: string,
  before?: StoredHook | null,
): string | null {
  if (!hook) return null;
  const { url, method, username, password } = hook;
  return JSON.stringify({
    sid: before?.sid ?? newSid(),
    url,
    method,
    username,
    password: password === undefined ? undefined : box.seal(password, belongsTo),
  } satisfies StoredHook);
}

export function readHook(
  box: SecretBox,
  stored: StoredHook | null,
  belongsTo: string,
): HookAddress | undefined {
  if (!stored) return undefined;
  const { sid, url, method, username, password } = stored;
  return {
    sid,
    url,
    method,
    username,
    password: password === undefined ? undefined : box.open(password, belongsTo),
  };
}
