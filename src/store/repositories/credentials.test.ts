import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../test/support/database.ts';
import { aWord, newAccount, newUser, storedAccount } from '../../../test/support/stored.ts';
import { until } from '../../../test/support/until.ts';
import type { Credential } from '../../core/accounts/index.ts';
import type { AccountId, UserId } from '../../kernel/ids.ts';

const database = await openDatabase();
const store = await database.store();
const { credentials, users } = store;

const newToken = (accountId: AccountId, userId: UserId): Omit<Credential, 'id' | 'createdAt'> => ({
  accountId,
  userId,
  kind: 'token',
  name: `token-${aWord()}`,
  secretHash: aWord(),
  scopes: ['sessions:write'],
  operator: false,
});

describe('signing in', () => {
  test('a user is found by e-mail and by login name, with one password', async () => {
    const { account, user } = await storedAccount(store);
    for (const name of [user.email, user.login]) {
      expect(await credentials.findByName('password', name)).toMatchObject([
        { accountId: account.id, userId: user.id, secretHash: 'a hash', scopes: 'all' },
      ]);
    }
  });

  test('a new password counts under both names', async () => {
    const { account, user } = await storedAccount(store);
    await users.change(account.id, user.id, {}, 'another hash');
    for (const name of [user.email, user.login]) {
      expect(await credentials.findByName('password', name)).toMatchObject([
        { secretHash: 'another hash' },
      ]);
    }
  });

  test('who changes the e-mail address signs in with the new one, and not with the old one', async () => {
    const { account, user } = await storedAccount(store);
    const email = `${aWord()}@acme.example`;
    await users.change(account.id, user.id, { email }, undefined);
    expect(await credentials.findByName('password', email)).toMatchObject([
      { secretHash: 'a hash' },
    ]);
    expect(await credentials.findByName('password', user.email)).toEqual([]);
    expect(await credentials.findByName('password', user.login)).toHaveLength(1);
  });

  test('somebody whose login name is the e-mail address has one password', async () => {
    const { account } = await storedAccount(store);
    const email = `${aWord()}@acme.example`;
    await users.insert(account.id, newUser({ email, login: email }), 'a hash');
    expect(await credentials.findByName('password', email)).toHaveLength(1);
  });

  test('a removed user does not sign in any more', async () => {
    const { account, user } = await storedAccount(store);
    await users.remove(account.id, user.id);
    expect(await credentials.findByName('password', user.login)).toEqual([]);
  });
});

describe('tokens', () => {
  test('are found by name and by what is left of their secret', async () => {
    const { account, user } = await storedAccount(store);
    const token = await credentials.insert(newToken(account.id, user.id));
    expect(token.scopes).toEqual(['sessions:write']);
    expect(await credentials.findByName('token', token.name)).toEqual([token]);
    expect(await credentials.findBySecretHash(token.secretHash)).toEqual(token);
  });

  test('a password is not found by its hash', async () => {
    await storedAccount(store);
    expect(await credentials.findBySecretHash('a hash')).toBeUndefined();
  });

  test('are listed and removed by their own account alone', async () => {
    const [own, other] = [await storedAccount(store), await storedAccount(store)];
    const token = await credentials.insert(newToken(own.account.id, own.user.id));
    const kindsOf = async (id: AccountId) =>
      (await credentials.list(id, undefined)).map(({ kind }) => kind);
    expect(await kindsOf(own.account.id)).toEqual(['password', 'password', 'token']);
    expect(await kindsOf(other.account.id)).toEqual(['password', 'password']);
    expect(await credentials.remove(other.account.id, token.id)).toBe(false);
    expect(await credentials.remove(own.account.id, token.id)).toBe(true);
    expect(await credentials.findByName('token', token.name)).toEqual([]);
  });
});

describe('what makes a credential void', () => {
  /** What another node hears, as far as it is about one thing. */
  async function heardElsewhere(id: string, work: () => Promise<unknown>) {
    const other = await database.store();
    const heard: string[] = [];
    other.bus.subscribe((events) => {
      for (const { event } of events)
        if ('kind' in event && event.id === id) heard.push(`${event.type} ${event.kind}`);
    });
    await work();
    await until(() => heard.length > 0, 'the other node hears of it');
    return heard;
  }
  /** What this node hears before the work is done. */
  async function heardHere(work: () => Promise<unknown>) {
    const heard: string[] = [];
    store.bus.onChange((events) => {
      for (const event of events)
        if ('kind' in event) heard.push(`${event.type} ${event.kind} ${event.id}`);
    });
    await work();
    return [...heard];
  }

  test('the removal of a token is told here at once, and on other nodes', async () => {
    const { account, user } = await storedAccount(store);
    const [one, two] = [
      await credentials.insert(newToken(account.id, user.id)),
      await credentials.insert(newToken(account.id, user.id)),
    ];
    expect(await heardHere(() => credentials.remove(account.id, one.id))).toEqual([
      `object.removed token ${one.id}`,
    ]);
    const remove = () => credentials.remove(account.id, two.id);
    expect(await heardElsewhere(two.id, remove)).toEqual(['object.removed token']);
  });

  test('so is a new password, and the removal of a user', async () => {
    const { account, user } = await storedAccount(store);
    const change = () => users.change(account.id, user.id, {}, 'another hash');
    expect(await heardHere(change)).toEqual([`object.changed user ${user.id}`]);
    expect(await heardElsewhere(user.id, change)).toEqual(['object.changed user']);
    const remove = () => users.remove(account.id, user.id);
    expect(await heardElsewhere(user.id, remove)).toEqual(['object.removed user']);
  });

  test('so is the removal of an account, which takes its own events along', async () => {
    await store.accounts.insert(newAccount({ isDefault: true }));
    const [one, two] = [await storedAccount(store), await storedAccount(store)];
    expect(await heardHere(() => store.accounts.remove(one.account.id))).toEqual([
      `object.removed account ${one.account.id}`,
    ]);
    const { id } = two.account;
    const remove = () => store.accounts.remove(id);
    expect(await heardElsewhere(id, remove)).toEqual(['object.removed account']);
    expect(await store.events.bounds(id)).toEqual({ oldest: 0, newest: 0 });
  });
});

describe('sessions', () => {
  const session = (accountId: AccountId, seconds: number) => ({
    idHash: aWord(),
    actor: {
      accountId,
      userId: undefined,
      admin: true,
      operator: false,
      scopes: 'all',
      credentialId: undefined,
      dialect: 'mikopbx',
    } as const,
    expiresAt: new Date(Date.now() + seconds * 1000),
  });

  test('are found until they expire or are ended', async () => {
    const { account } = await storedAccount(store);
    const fresh = session(account.id, 60);
    const old = session(account.id, -1);
    await store.sessions.create(fresh);
    await store.sessions.create(old);
    expect(await store.sessions.find(fresh.idHash)).toMatchObject({
      actor: { accountId: account.id, admin: true, scopes: 'all' },
    });
    expect(await store.sessions.find(old.idHash)).toBeUndefined();
    await store.sessions.remove(fresh.idHash);
    expect(await store.sessions.find(fresh.idHash)).toBeUndefined();
  });

  test('are found longer once they were extended', async () => {
    const { account } = await storedAccount(store);
    const short = session(account.id, 60);
    await store.sessions.create(short);
    const later = new Date(Date.now() + 7_200_000);
    await store.sessions.extend(short.idHash, later);
    expect((await store.sessions.find(short.idHash))?.expiresAt).toEqual(later);
  });

  test('go with the credential that they were begun with', async () => {
    const { account, user } = await storedAccount(store);
    const begun = async () => {
      const { id } = await credentials.insert(newToken(account.id, user.id));
      const own = session(account.id, 60);
      const actor = { ...own.actor, credentialId: id };
      await store.sessions.create({ ...own, actor });
      expect((await store.sessions.find(own.idHash))?.actor.credentialId).toBe(id);
      return { id, isThere: async () => (await store.sessions.find(own.idHash)) !== undefined };
    };
    const [one, two] = [await begun(), await begun()];
    await credentials.remove(account.id, one.id);
    expect([await one.isThere(), await two.isThere()]).toEqual([false, true]);
    await users.remove(account.id, user.id);
    expect(await two.isThere()).toBe(false);
  });

  test('that are over are swept out', async () => {
    const { account } = await storedAccount(store);
    const old = session(account.id, -1);
    await store.sessions.create(old);
    await store.prune();
    expect(await database.query('select 1 from sessions where id_hash = $1', [old.idHash])).toEqual(
      [],
    );
  });
});
