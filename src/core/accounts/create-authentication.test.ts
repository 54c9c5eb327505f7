import { beforeEach, describe, expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { type AccountId, type CredentialId, newId, type UserId } from '../../kernel/ids.ts';
import type { EventBus, StoredEvent } from '../events/index.ts';
import type { User, UserStore } from '../users/index.ts';
import type { CredentialStore } from './account-store.ts';
import { createAuthentication } from './create-authentication.ts';
import type { Credential } from './credential.ts';
import type { Authentication } from './service.ts';

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
let failures: string[];
let hear: (accountId: AccountId, id: UserId) => void;
let authentication: Authentication;
/** What happens while a password is being hashed. */
let meanwhile: () => void;

beforeEach(() => {
  stored = [passwordOf(acme, 'alice', 'hash of secret'), passwordOf(globex, 'bob', 'hash of word')];
  administrators = new Set();
  hashed = 0;
  failures = [];
  meanwhile = () => undefined;
  const listeners: ((events: readonly StoredEvent[]) => void)[] = [];
  hear = (accountId, id) => {
    const event = {
      type: 'object.changed',
      accountId,
      kind: 'user',
      id,
      at: new Date(),
    } as const;
    for (const listener of listeners) listener([{ position: 1, event } satisfies StoredEvent]);
  };
  const bus: Pick<EventBus, 'subscribe'> = {
    subscribe: (listener) => {
      listeners.push(listener);
      return () => undefined;
    },
  };
  const credentials: Pick<CredentialStore, 'findByName'> = {
    findByName: async (_kind, name) => stored.filter((credential) => credential.name === name),
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
        meanwhile();
        return hash === `hash of ${password}`;
      },
    },
    throttle: {
      blockedSeconds: async () => 0,
      failed: async (key) => void failures.push(key),
      succeeded: async () => undefined,
    },
    bus: bus as EventBus,
    clock: createFakeClock(),
    operator: { token: 'the token', password: 'the password' },
    localAccount: () => undefined,
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
    expect(failures).toContain('name alice');
  });

  test('is doubted when it changes while it is being verified', async () => {
    meanwhile = () => {
      stored = stored.map((credential) => ({ ...credential, secretHash: 'hash of another' }));
      hear(acme, newId<UserId>());
    };
    await alice();
    await expect(alice()).rejects.toMatchObject({ code: 'credential.refused' });
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
