import { randomBytes, randomUUID } from 'node:crypto';
import { forbidden } from '../../kernel/access-errors.ts';
import { type Actor, mayActFor } from '../../kernel/actor.ts';
import { cleanText } from '../../kernel/hostile-text.ts';
import { type AccountId, newSid, tokenHash } from '../../kernel/ids.ts';
import { type Account, type AccountChange, placeholderDomain } from './account.ts';
import { accountInvalid, accountNotFound, tokenNotFound } from './account-errors.ts';
import type { AccountStore, CredentialStore } from './account-store.ts';
import type { Accounts } from './service.ts';

export interface AccountPorts {
  readonly store: AccountStore;
  readonly credentials: CredentialStore;
  readonly refresh: (accountId: AccountId) => Promise<void>;
  /** Makes the engine know exactly the devices and trunks that there are. */
  readonly replaceAll: () => Promise<void>;
}

const domainPattern = /^(?=.{1,190}$)[a-z0-9]([a-z0-9-]{0,62})(\.[a-z0-9]([a-z0-9-]{0,62}))*$/;

/** Calls that an account may have at once, at most. */
const mostCalls = 10_000;

/** Letters and digits in the name of a token. @see contracts/sipgate.json, auth_forms */
const tokenAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const newTokenName = (): string =>
  `token-${Array.from(randomBytes(6), (byte) => tokenAlphabet[byte % tokenAlphabet.length]).join('')}`;

function check(change: AccountChange): void {
  const { name, sipDomain, country, areaCode, timeZone, language, maxConcurrentCalls } = change;
  if (name !== undefined && cleanText(name, 128) === '') throw accountInvalid('name', 'is empty');
  if (sipDomain !== undefined && !domainPattern.test(sipDomain))
    throw accountInvalid('sipDomain', 'must be a host name in lower case');
  if (country !== undefined && !/^[A-Z]{2}$/.test(country))
    throw accountInvalid('country', 'must be a code such as DE');
  if (areaCode !== undefined && !/^\d{0,6}$/.test(areaCode))
    throw accountInvalid('areaCode', 'has up to 6 digits, without a leading zero');
  if (timeZone !== undefined) {
    try {
      new Intl.DateTimeFormat('en', { timeZone });
    } catch {
      throw accountInvalid('timeZone', 'must be a name such as Europe/Berlin');
    }
  }
  if (language !== undefined && !/^[a-z]{2}(-[A-Z]{2})?$/.test(language))
    throw accountInvalid('language', 'must be a tag such as de');
  const limit = maxConcurrentCalls;
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 0 && limit <= mostCalls))
    throw accountInvalid('maxConcurrentCalls', `must be 0 to ${mostCalls}`);
}

/** Tenants and their tokens, for the dialects. */
export function createAccounts({
  store,
  credentials,
  refresh,
  replaceAll,
}: AccountPorts): Accounts {
  const mustOperate = (actor: Actor) => {
    if (!actor.operator) throw forbidden('manage accounts');
  };
  /** Whether somebody owns the account, as its operator or as the installation. */
  const isAbove = (actor: Actor, { operatorId }: Account): boolean =>
    actor.operator || (actor.operatorId !== undefined && operatorId === actor.operatorId);
  /** What administrators may not do for themselves: what limits them. */
  const keepLimits = (before: Account, { maxConcurrentCalls, active }: AccountChange) => {
    if (maxConcurrentCalls !== undefined && maxConcurrentCalls > before.maxConcurrentCalls)
      throw forbidden('raise the own limit of calls');
    if (active !== undefined && active !== before.active) throw forbidden('suspend the account');
  };
  return {
    list(actor, page) {
      mustOperate(actor);
      return store.list(page);
    },
    async get(actor, id) {
      const account = await store.find(id);
      if (!account || !(actor.accountId === id || isAbove(actor, account)))
        throw accountNotFound(id);
      return account;
    },
    findBySid: (sid) => store.findBySid(sid),
    async create(actor, { sipDomain, ...given }) {
      if (!actor.operator && !actor.operatorId) throw forbidden('manage accounts');
      const sid = newSid();
      const account = { ...given, sid, sipDomain: sipDomain ?? placeholderDomain(sid) };
      check(account);
      const made = await store.insert({
        ...account,
        name: cleanText(account.name, 128),
        operatorId: actor.operator ? account.operatorId : actor.operatorId,
      });
      await refresh(made.id);
      return made;
    },
    async change(actor, id, change) {
      const before = await store.find(id);
      const isOwn = actor.accountId === id;
      if (!before || !(isOwn || isAbove(actor, before))) throw accountNotFound(id);
      if (!isAbove(actor, before)) {
        if (!actor.admin) throw forbidden('change the account');
        keepLimits(before, change);
      }
      check(change);
      const account = await store.change(id, {
        ...change,
        ...(change.name !== undefined && { name: cleanText(change.name, 128) }),
      });
      if (!account) throw accountNotFound(id);
      await refresh(id);
      // Devices are known under their account's domain, and prove their passwords with it.
      if (account.sipDomain !== before.sipDomain) await replaceAll();
      return account;
    },
    async limitCalls(id, calls) {
      check({ maxConcurrentCalls: calls });
      await store.change(id, { maxConcurrentCalls: calls });
      await refresh(id);
    },
    async remove(actor, id) {
      const account = await store.find(id);
      if (!actor.operator && !actor.operatorId) throw forbidden('manage accounts');
      if (account?.kind !== 'customer' || !isAbove(actor, account)) throw accountNotFound(id);
      if (account.isDefault) throw accountInvalid('id', 'is the default account, which stays');
      await store.remove(id);
      await refresh(id);
      await replaceAll();
    },
    async createToken(actor, { userId, scopes }) {
      if (!mayActFor(actor, userId)) throw forbidden('create tokens for other users');
      const secret = randomUUID();
      const credential = await credentials.insert({
        accountId: actor.accountId,
        userId,
        kind: 'token',
        name: newTokenName().toLowerCase(),
        secretHash: tokenHash(secret),
        scopes,
        operator: false,
      });
      return { credential, secret };
    },
    async listTokens(actor, userId) {
      if (!mayActFor(actor, userId)) throw forbidden('see the tokens of other users');
      const found = await credentials.list(actor.accountId, userId);
      return found.filter(({ kind }) => kind === 'token');
    },
    async removeToken(actor, id) {
      const found = await credentials.list(actor.accountId, actor.admin ? undefined : actor.userId);
      const own = found.find((token) => token.id === id && token.kind === 'token');
      if (!own || !(await credentials.remove(actor.accountId, id))) throw tokenNotFound(id);
    },
  };
}
