import type { Sid } from '../../kernel/ids.ts';
import { hookInvalid } from './hook-errors.ts';

/** Where somebody outside has put up a hook, as it is kept. */
export interface HookAddress {
  readonly sid: Sid;
  /** http, https, ws or wss; its fragment says how often it is tried again. */
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly username: string | undefined;
  readonly password: string | undefined;
}

export type NewHookAddress = Omit<HookAddress, 'sid'>;

/** Characters of an address. */
const longestUrl = 2_048;

/** Whether a text is the absolute address of a hook. */
function isHookUrl(url: string): boolean {
  if (url.length > longestUrl || !/^(?:https?|wss?):\/\/[^/?#\s]/i.test(url)) return false;
  return URL.canParse(url);
}

/** @throws {DomainError} `hook.invalid` */
export function checkHookAddress(name: string, { url, username }: NewHookAddress): void {
  if (!isHookUrl(url)) throw hookInvalid(name, 'is no address of http, https, ws or wss');
  // The colon ends the name in Basic credentials. @see RFC 7617 section 2
  if (username?.includes(':')) throw hookInvalid(name, 'has a user name with a colon');
}
