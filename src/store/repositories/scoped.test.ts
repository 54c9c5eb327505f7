import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../test/support/database.ts';
import {
  aWord,
  newApplication,
  newEndpoint,
  newNumber,
  newTrunk,
  newUser,
  type StoredAccount,
  storedAccount,
} from '../../../test/support/stored.ts';
import type { AccountId } from '../../kernel/ids.ts';

const database = await openDatabase();
const store = await database.store();

/** What every repository of an account's things can do, in the words of one table. */
interface Things {
  readonly of: (stored: StoredAccount) => { readonly id: string };
  readonly find: (accountId: AccountId, id: string) => Promise<unknown>;
  readonly all: (accountId: AccountId) => Promise<readonly { readonly id: string }[]>;
  readonly change: (accountId: AccountId, id: string) => Promise<unknown>;
  readonly remove: (accountId: AccountId, id: string) => Promise<boolean>;
  readonly insert: (accountId: AccountId) => Promise<{ readonly id: string }>;
  readonly secret?: (accountId: AccountId, id: string) => Promise<unknown>;
}

const { users, endpoints, numbers, trunks, applications } = store;

const callHook = { url: 'wss://other.example', method: 'GET', username: undefined } as const;

const kinds: Readonly<Record<string, Things>> = {
  user: {
    of: ({ user }) => user,
    find: (account, id) => users.find(account, id as never),
    all: (account) => users.all(account),
    change: (account, id) => users.change(account, id as never, { firstName: 'Ada' }, undefined),
    remove: (account, id) => users.remove(account, id as never),
    insert: (account) => users.insert(account, newUser(), 'a hash'),
  },
  endpoint: {
    of: ({ endpoint }) => endpoint,
    find: (account, id) => endpoints.find(account, id as never),
    all: (account) => endpoints.all(account),
    change: (account, id) => endpoints.change(account, id as never, { alias: 'Hall' }, undefined),
    remove: (account, id) => endpoints.remove(account, id as never),
    insert: (account) => endpoints.insert(account, newEndpoint(), 'ha1'),
    secret: (account, id) => endpoints.secret(account, id as never),
  },
  number: {
    of: ({ number }) => number,
    find: (account, id) => numbers.find(account, id as never),
    all: (account) => numbers.all(account),
    change: (account, id) => numbers.change(account, id as never, { kind: 'dial', dialled: '201' }),
    remove: (account, id) => numbers.remove(account, id as never),
    insert: (account) => numbers.insert(account, newNumber()),
  },
  trunk: {
    of: ({ trunk }) => trunk,
    find: (account, id) => trunks.find(account, id as never),
    all: (account) => trunks.all(account),
    change: (account, id) => trunks.change(account, id as never, { name: 'Other' }),
    remove: (account, id) => trunks.remove(account, id as never),
    insert: (account) => trunks.insert(account, newTrunk()),
    secret: (account, id) => trunks.secret(account, id as never),
  },
  application: {
    of: ({ application }) => application,
    find: (account, id) => applications.find(account, id as never),
    all: (account) => applications.all(account),
    change: (account, id) =>
      applications.change(account, id as never, {
        callHook: { ...callHook, password: 'the secret of another' },
        variables: { KEY: 'the secret of an application' },
      }),
    remove: async (account, id) => (await applications.remove(account, id as never)) === true,
    insert: (account) => applications.insert(account, newApplication()),
  },
};

const told = async (accountId: AccountId, after = 0): Promise<string[]> =>
  (await store.events.after(accountId, after, 100)).map(({ event }) => event.type);

describe.each(Object.entries(kinds))('a %s', (_kind, things) => {
  test('is found by its own account, as it was stored', async () => {
    const stored = await storedAccount(store);
    const thing = things.of(stored);
    expect(await things.find(stored.account.id, thing.id)).toEqual(thing);
    expect(await things.all(stored.account.id)).toEqual([thing]);
  });

  test('of another account is not found, not changed and not removed', async () => {
    const [own, other] = [await storedAccount(store), await storedAccount(store)];
    const foreign = things.of(other);
    const { id } = own.account;
    expect(await things.find(id, foreign.id)).toBeUndefined();
    expect(await things.change(id, foreign.id)).toBeUndefined();
    expect(await things.remove(id, foreign.id)).toBe(false);
    expect(await things.secret?.(id, foreign.id)).toBeUndefined();
    expect(await things.all(id)).toEqual([things.of(own)]);
    expect(await things.find(other.account.id, foreign.id)).toEqual(foreign);
  });

  test('that is made, changed and removed is told of, each time once', async () => {
    const { account } = await storedAccount(store);
    const { newest } = await store.events.bounds(account.id);
    const { id } = await things.insert(account.id);
    await things.change(account.id, id);
    await things.remove(account.id, id);
    expect(await told(account.id, newest)).toEqual([
      'object.created',
      'object.changed',
      'object.removed',
    ]);
  });

  test('that is not there is not told of', async () => {
    const [own, other] = [await storedAccount(store), await storedAccount(store)];
    const { newest } = await store.events.bounds(own.account.id);
    await things.change(own.account.id, things.of(other).id);
    await things.remove(own.account.id, things.of(other).id);
    expect(await told(own.account.id, newest)).toEqual([]);
  });

  test('that was changed is changed for good', async () => {
    const stored = await storedAccount(store);
    const after = await things.change(stored.account.id, things.of(stored).id);
    expect(after).not.toEqual(things.of(stored));
    expect(await things.find(stored.account.id, things.of(stored).id)).toEqual(after);
  });

  test('goes with its account', async () => {
    const stored = await storedAccount(store);
    expect(await store.accounts.remove(stored.account.id)).toBe(true);
    expect(await things.all(stored.account.id)).toEqual([]);
  });
});

describe('a trunk that numbers belong to', () => {
  test('stays while they do, and goes with its account', async () => {
    const { account, trunk } = await storedAccount(store);
    const { id } = await numbers.insert(account.id, newNumber({ trunkId: trunk.id }));
    await expect(trunks.remove(account.id, trunk.id)).rejects.toMatchObject({
      code: 'trunk.in_use',
      kind: 'conflict',
    });
    await numbers.remove(account.id, id);
    expect(await trunks.remove(account.id, trunk.id)).toBe(true);
    const other = await storedAccount(store);
    await numbers.insert(other.account.id, newNumber({ trunkId: other.trunk.id }));
    expect(await store.accounts.remove(other.account.id)).toBe(true);
  });
});

describe('short ids', () => {
  test.each([
    ['users', (id: AccountId) => users.insert(id, newUser(), 'a hash')],
    ['devices', (id: AccountId) => endpoints.insert(id, newEndpoint(), 'ha1')],
    ['trunks', (id: AccountId) => trunks.insert(id, newTrunk())],
  ] as const)(
    'of %s count up within the account, however many are made at once',
    async (_what, insert) => {
      const { account } = await storedAccount(store);
      const made = await Promise.all(Array.from({ length: 8 }, () => insert(account.id)));
      expect(made.map(({ serial }) => serial).sort((a, b) => a - b)).toEqual([
        1, 2, 3, 4, 5, 6, 7, 8,
      ]);
    },
  );

  test('are not given again', async () => {
    const { account, user } = await storedAccount(store);
    await users.remove(account.id, user.id);
    expect(await users.insert(account.id, newUser(), 'a hash')).toMatchObject({ serial: 1 });
  });

  test('lead to the user of the own account', async () => {
    const { account, user } = await storedAccount(store);
    expect(await users.findBySerial(account.id, 0)).toEqual(user);
    expect(await users.findBySerial(account.id, 1)).toBeUndefined();
  });
});

describe('what must be unique', () => {
  test('an e-mail address and a sign-in name, in the whole installation, however they are written', async () => {
    const [one, two] = [await storedAccount(store), await storedAccount(store)];
    const taken = { code: 'user.taken', kind: 'conflict' };
    await expect(
      users.insert(two.account.id, newUser({ email: one.user.email.toUpperCase() }), 'a hash'),
    ).rejects.toMatchObject(taken);
    await expect(
      users.insert(two.account.id, newUser({ login: one.user.login }), 'a hash'),
    ).rejects.toMatchObject(taken);
  });

  test('an extension, within the account', async () => {
    const [one, two] = [await storedAccount(store), await storedAccount(store)];
    await users.insert(one.account.id, newUser({ extension: '201' }), 'a hash');
    await users.insert(two.account.id, newUser({ extension: '201' }), 'a hash');
    await expect(
      users.insert(one.account.id, newUser({ extension: '201' }), 'a hash'),
    ).rejects.toMatchObject({ code: 'user.taken' });
  });

  test('the user name of a device, within the account, however it is written', async () => {
    const { account, endpoint } = await storedAccount(store);
    await expect(
      endpoints.insert(
        account.id,
        newEndpoint({ username: endpoint.username.toUpperCase() }),
        'ha1',
      ),
    ).rejects.toMatchObject({ code: 'endpoint.taken' });
  });

  test('a number, in the whole installation', async () => {
    const [one, two] = [await storedAccount(store), await storedAccount(store)];
    await expect(
      numbers.insert(two.account.id, newNumber({ e164: one.number.e164 })),
    ).rejects.toMatchObject({ code: 'number.taken' });
  });

  test('one that was refused has changed nothing, and is not told of', async () => {
    const { account, number } = await storedAccount(store);
    const { newest } = await store.events.bounds(account.id);
    await expect(numbers.insert(account.id, newNumber({ e164: number.e164 }))).rejects.toThrow();
    expect(await numbers.all(account.id)).toEqual([number]);
    expect(await store.events.bounds(account.id)).toMatchObject({ newest });
  });
});

describe('what belongs to a user', () => {
  test('devices and numbers are found by their user, of the own account alone', async () => {
    const [own, other] = [await storedAccount(store), await storedAccount(store)];
    expect(await endpoints.ofUser(own.account.id, own.user.id)).toEqual([own.endpoint]);
    expect(await numbers.ofUser(own.account.id, own.user.id)).toEqual([own.number]);
    expect(await endpoints.ofUser(own.account.id, other.user.id)).toEqual([]);
    expect(await numbers.ofUser(own.account.id, other.user.id)).toEqual([]);
  });

  test('a device stays when its user goes, and belongs to nobody', async () => {
    const { account, user, endpoint } = await storedAccount(store);
    await users.remove(account.id, user.id);
    expect(await endpoints.find(account.id, endpoint.id)).toMatchObject({ userId: undefined });
  });
});

describe('secrets', () => {
  test('of devices and trunks are shown to their account, and stored sealed', async () => {
    const { account, endpoint, trunk } = await storedAccount(store);
    expect(await endpoints.secret(account.id, endpoint.id)).toBe('the secret of a phone');
    expect(await trunks.secret(account.id, trunk.id)).toBe('the secret of a provider');
    const rows = await database.query<{ text: string }>(
      `select row_to_json(t)::text as text from trunks t where id = $1
       union all select row_to_json(e)::text from endpoints e where id = $2
       union all select body::text from events where account_id = $3`,
      [trunk.id, endpoint.id, account.id],
    );
    expect(rows.length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(rows)).not.toContain('the secret of');
  });

  test('that were moved to another row do not open there', async () => {
    const [one, two] = [await storedAccount(store), await storedAccount(store)];
    await database.query(
      'update trunks set secret_encrypted = (select secret_encrypted from trunks where id = $1) where id = $2',
      [one.trunk.id, two.trunk.id],
    );
    await expect(trunks.secret(two.account.id, two.trunk.id)).rejects.toThrow();
  });

  test('of a trunk without one are none', async () => {
    const { account } = await storedAccount(store);
    const trunk = await trunks.insert(
      account.id,
      newTrunk({ secret: undefined, username: undefined }),
    );
    expect(trunk).toMatchObject({ hasSecret: false, username: undefined });
    expect(await trunks.secret(account.id, trunk.id)).toBeUndefined();
  });

  test('that are changed replace the former ones', async () => {
    const { account, endpoint } = await storedAccount(store);
    await endpoints.change(account.id, endpoint.id, { secret: 'another secret' }, 'new ha1');
    expect(await endpoints.secret(account.id, endpoint.id)).toBe('another secret');
    expect(await endpoints.find(account.id, endpoint.id)).toMatchObject({ ha1: 'new ha1' });
  });
});

describe('changes of a part', () => {
  test('leave the rest as it is, and can take something away', async () => {
    const { account } = await storedAccount(store);
    const user = await users.insert(
      account.id,
      newUser({ extension: '201', language: 'de' }),
      'a hash',
    );
    expect(await users.change(account.id, user.id, { extension: undefined }, undefined)).toEqual({
      ...user,
      extension: undefined,
    });
    expect(await users.change(account.id, user.id, {}, undefined)).toMatchObject({
      extension: undefined,
      language: 'de',
    });
  });
});

describe('accounts', () => {
  test('have SIP domains of their own, and one of them is the default', async () => {
    const { account } = await storedAccount(store);
    const domain = account.sipDomain.toUpperCase();
    const { sid: _sid, ...other } = account;
    const again = { ...other, sipDomain: domain };
    await expect(store.accounts.insert(again)).rejects.toMatchObject({ code: 'account.taken' });
    const first = await store.accounts.insert({ ...other, sipDomain: aWord(), isDefault: true });
    await expect(
      store.accounts.insert({ ...other, sipDomain: aWord(), isDefault: true }),
    ).rejects.toMatchObject({ code: 'account.taken' });
    expect(await store.accounts.findDefault()).toEqual(first);
  });

  test('are counted up, also when several are made at once', async () => {
    const made = await Promise.allSettled(Array.from({ length: 6 }, () => storedAccount(store)));
    const serials = made.flatMap((result) =>
      result.status === 'fulfilled' ? [result.value.account.serial] : [],
    );
    expect(serials).toHaveLength(6);
    expect(new Set(serials).size).toBe(6);
  });

  test('that are removed take everything with them', async () => {
    const { account } = await storedAccount(store);
    await store.accounts.remove(account.id);
    expect(await store.accounts.find(account.id)).toBeUndefined();
    expect(await store.directory.loadAccount(account.id)).toBeUndefined();
    expect(await store.accounts.remove(account.id)).toBe(false);
  });
});
