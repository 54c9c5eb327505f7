import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Actor, DialectName } from '../kernel/actor.ts';
import { type AccountId, toId } from '../kernel/ids.ts';

/** Links that open one thing for whoever holds them, until they expire. */
export interface SignedLinks {
  /** @returns a token for the address */
  sign(thing: string, accountId: AccountId): string;
  /** An actor who may reach the thing, or `undefined` if the token is not for it or too old. */
  open(token: string, thing: string): Actor | undefined;
}

/** Seconds that a link opens. */
const lifetimeSeconds = 24 * 3_600;

/** @param key - known to every server of the installation */
export function createSignedLinks(key: string, dialect: DialectName): SignedLinks {
  const signature = (text: string): string =>
    createHmac('sha256', key).update(`link ${dialect} ${text}`).digest('base64url');
  return {
    sign(thing, accountId) {
      const expires = Math.floor(Date.now() / 1_000) + lifetimeSeconds;
      const claims = `${accountId}.${expires}`;
      return `${claims}.${signature(`${thing}.${claims}`)}`;
    },
    open(token, thing) {
      const [account = '', expires = '', sent = ''] = token.split('.');
      const accountId = toId<AccountId>(account);
      const expected = Buffer.from(signature(`${thing}.${account}.${expires}`));
      const given = Buffer.from(sent);
      if (!accountId || given.length !== expected.length || !timingSafeEqual(given, expected))
        return undefined;
      if (Number(expires) * 1_000 < Date.now()) return undefined;
      return {
        accountId,
        userId: undefined,
        admin: true,
        operator: false,
        scopes: [],
        credentialId: undefined,
        dialect,
      };
    },
  };
}
