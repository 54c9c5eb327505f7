import { beforeEach, describe, expect, test } from 'vitest';
import { createFakeClock, type FakeClock } from '../../../test/support/fake-clock.ts';
import { turn } from '../../../test/support/until.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import {
  type AccountId,
  type CredentialId,
  newId,
  tokenHash,
  type UserId,
} from '../../kernel/ids.ts';
import type { CoreEvent, EventBus, StoredEvent } from '../events/index.ts';
import type { User, UserStore } from '../users/index.ts';
import type { Account } from './account.ts';
import type { CredentialStore } from './account-store.ts';
import { createAuthentication } from './create-authentication.ts';
import type { Credential } from './credential.ts';
import type { Authentication } from './service.ts';
import type { Admission } from './throttle.ts';

const source = { dialect: 'native', address: '192.0.2.1' } as const;
const [acme, globex] = [newId<AccountId>(), newId<AccountId>()];

const passwordOf = (
  accountId: AccountId,
  name: string,
  secretHash: string,
): Credential & { userId: UserId } => ({
  id: newId<CredentialId>(),
  accountId,
  userId: newId<UserId>(),
  kind: 'password',
  name,
  secretHash,
  scopes: 'all',
  operator: false,
  createdAt: new Date(),
});

let stored: (Credential & { userId: UserId })[];
let administrators: Set<UserId>;
let hashed: number;
/** How attempts that were let in ended. */
let ended: string[];
let admission: Pick<Admission, 'blockedSeconds' | 'delayMs'>;
let clock: FakeClock;
let local: Pick<Account, 'id'> | undefined;
/** Another node changed a user. */
let hear: (accountId: AccountId, id: UserId) => void;
/** This node changed something; nobody has read that in the log of events yet. */
let change: (event: CoreEvent) => void;
let authentication: Authentication;
/** What happens while a password is being hashed. */
let meanwhile: () => void | Promise<void>;
/** Why credentials cannot be looked up. */
let outage: Error | undefined;

beforeEach(() => {
  stored = [passwordOf(acme, 'alice', 'hash of secret'), passwordOf(globex, 'bob', 'hash of word')];
  administrators = new Set();
  hashed = 0;
  ended = [];
  admission = { blockedSeconds: 0, delayMs: 0 };
  clock = createFakeClock();
  local = undefined;
  meanwhile = () => undefined;
  outage = undefined;
  const listeners: ((events: readonly StoredEvent[]) => void)[] = [];
  hear = (accountId, id) => {
    const event = {
      type: 'object.changed',
      accountId,
      kind: 'user',
      id,
      at: new Date(),
    } as const;
    for (const listener of listeners) listener([{ position: 1, event }]);
  };
  const onChange: ((events: readonly CoreEvent[]) => void)[] = [];
  change = (event) => {
    for (const listener of onChange) listener([event]);
  };
  const bus: EventBus = {
    subscribe: (listener) => {
      listeners.push(listener);
      return () => undefined;
    },
    onChange: (listener) => void onChange.push(listener),
  };
  const credentials: Pick<CredentialStore, 'findByName' | 'findLogin' | 'findBySecretHash'> = {
    findLogin: async () => undefined,
    async findByName(_kind, name) {
      if (outage) throw outage;
      return stored.filter((credential) => credential.name === name);
    },
    findBySecretHash: async (hash) => stored.find(({ secretHash }) => secretHash === hash),
  };
  const users: Pick<UserStore, 'find'> = {
    find: async (accountId, id) =>
      stored.some(({ userId }) => userId === id)
        ? ({ id, accountId, admin: administrators.has(id) } as User)
        : undefined,
  };
  authentication = createAuthentication({
    credentials: credentials as CredentialStore,
    users: users as UserStore,
    hasher: {
      hash: async (password) => `hash of ${password}`,
      verify: async (hash, password) => {
        hashed += 1;
        await meanwhile();
        return hash === `hash of ${password}`;
      },
    },
    throttle: {
      admit: async ({ address, name }) => ({
        ...admission,
        end: async (outcome) => void ended.push(`${name} at ${address} was ${outcome}`),
      }),
    },
    bus,
    clock,
    operator: { token: 'the token', password: 'the password' },
    localAccount: () => local as Account | undefined,
  });
});

const alice = () => authentication.basic('alice', 'secret', source);
const bob = () => authentication.basic('bob', 'word', source);

describe('a password that was verified', () => {
  test('is not hashed again for a while', async () => {
    await alice();
    await alice();
    expect(hashed).toBe(1);
  });

  test('is hashed once for many requests at the same time', async () => {
    await Promise.all(Array.from({ length: 20 }, alice));
    expect(hashed).toBe(1);
  });

  test('is not hashed again when something else of the account changes, whose rights then count at once', async () => {
    expect(await alice()).toMatchObject({ admin: false });
    const [{ userId } = { userId: newId<UserId>() }] = stored;
    administrators.add(userId);
    hear(acme, userId);
    expect(await alice()).toMatchObject({ admin: true });
    expect(hashed).toBe(1);
  });

  test('is not even looked up again when another account changes', async () => {
    await alice();
    await bob();
    stored = [];
    hear(globex, newId<UserId>());
    expect(await alice()).toMatchObject({ accountId: acme });
    await expect(bob()).rejects.toMatchObject({ code: 'credential.refused' });
  });

  test('is refused as soon as another one is stored', async () => {
    await alice();
    stored = [passwordOf(acme, 'alice', 'hash of another')];
    hear(acme, newId<UserId>());
    await expect(alice()).rejects.toMatchObject({ code: 'credential.refused' });
    await expect(alice()).rejects.toMatchObject({ code: 'credential.refused' });
    expect(ended).toContain('alice at 192.0.2.1 was wrong');
  });

  test('is doubted when it changes while it is being verified', async () => {
    meanwhile = () => {
      stored = stored.map((credential) => ({ ...credential, secretHash: 'hash of another' }));
      hear(acme, newId<UserId>());
    };
    await alice();
    await expect(alice()).rejects.toMatchObject({ code: 'credential.refused' });
  });

  test('is not shared with who comes after a change while it is still being verified', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    meanwhile = () => promise;
    const before = alice();
    await turn();
    stored = stored.map((credential) => ({ ...credential, secretHash: 'hash of another' }));
    change({ type: 'object.changed', accountId: acme, kind: 'user', id: 'x', at: new Date() });
    const after = alice();
    resolve();
    expect(await before).toMatchObject({ accountId: acme });
    await expect(after).rejects.toMatchObject({ code: 'credential.refused' });
  });

  test('lets nobody else in', async () => {
    await alice();
    await expect(authentication.basic('alice', 'guess', source)).rejects.toMatchObject({
      code: 'credential.refused',
    });
    await expect(authentication.basic('bob', 'secret', source)).rejects.toMatchObject({
      code: 'credential.refused',
    });
  });
});

describe('an attempt', () => {
  test('that is refused because of others before it looks at no secret', async () => {
    admission = { blockedSeconds: 17, delayMs: 0 };
    await expect(alice()).rejects.toMatchObject({
      code: 'credential.throttled',
      details: { retryAfterSeconds: 17 },
    });
    expect([hashed, ended]).toEqual([0, []]);
  });

  test('that is held back is made after a while, and let in if it is right', async () => {
    admission = { blockedSeconds: 0, delayMs: 2_000 };
    const held = alice();
    await turn();
    expect(hashed).toBe(0);
    clock.advance({ seconds: 2 });
    expect(await held).toMatchObject({ accountId: acme });
  });

  test('is counted as what it was: right, wrong, or nobody could say', async () => {
    await alice();
    await expect(authentication.basic('bob', 'guess', source)).rejects.toThrow();
    outage = new DomainError('unavailable', 'store.unavailable', 'The database did not answer');
    await expect(bob()).rejects.toMatchObject({ code: 'store.unavailable' });
    expect(ended).toEqual([
      'alice at 192.0.2.1 was right',
      'bob at 192.0.2.1 was wrong',
      'bob at 192.0.2.1 was unknown',
    ]);
  });

  test('with a bearer counts for that bearer alone', async () => {
    for (const token of ['one guess', 'another guess'])
      await expect(authentication.bearer(token, source)).rejects.toThrow();
    expect(new Set(ended).size).toBe(2);
    expect(ended.join()).not.toContain('guess');
  });

  test('to begin a session is always proven: what was verified a moment ago does not go before', async () => {
    const signIn = () => authentication.login('admin', 'the password', source);
    local = { id: acme };
    expect(await signIn()).toMatchObject({ accountId: acme, admin: true });
    admission = { blockedSeconds: 17, delayMs: 0 };
    await expect(signIn()).rejects.toMatchObject({ code: 'credential.throttled' });
  });
});

describe('a token that was used a moment ago', () => {
  const bearer = () => authentication.bearer('a secret', source);

  beforeEach(async () => {
    stored = [{ ...passwordOf(acme, 'token-abc123', tokenHash('a secret')), kind: 'token' }];
    expect(await bearer()).toMatchObject({ accountId: acme });
  });

  const goes = (kind: 'token' | 'account', id: string) =>
    ({
      type: 'object.removed',
      accountId: acme,
      kind,
      id,
      at: new Date(),
    }) as const;

  test('is refused as soon as it is removed here', async () => {
    const [{ id } = { id: '' }] = stored;
    stored = [];
    change(goes('token', id));
    await expect(bearer()).rejects.toMatchObject({ code: 'credential.refused' });
  });

  test('is refused as soon as its account is removed, of which the default account tells', async () => {
    stored = [];
    change({ ...goes('account', acme), accountId: globex });
    await expect(bearer()).rejects.toMatchObject({ code: 'credential.refused' });
  });

  test('is not looked up again when something new is made', async () => {
    stored = [];
    change({ ...goes('token', newId<CredentialId>()), type: 'object.created' });
    expect(await bearer()).toMatchObject({ accountId: acme });
  });
});
