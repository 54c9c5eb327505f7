import { afterEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../../test/support/database.ts';
import {
  createDemo,
  createFirstAccount,
  type DemoStores,
  isUnfinishedDemo,
} from './create-demo.ts';

const database = await openDatabase();
const store = await database.store();

/** Instead of a real one, which takes its time on purpose. */
const hasher = { hash: async () => 'a hash', verify: async () => true };
const stores: DemoStores = { ...store, hasher };
const place = { country: 'AT', timeZone: 'Europe/Vienna' };

afterEach(async () => {
  const account = await store.accounts.findDefault();
  if (account) await store.accounts.remove(account.id);
});

/** Stores of a server that is killed at the nth thing it writes. */
function killedAt(nth: number): DemoStores {
  let written = 0;
  const mortal =
    <Args extends unknown[], Result>(write: (...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> => {
      written += 1;
      return written === nth ? Promise.reject(new Error('killed')) : write(...args);
    };
  const { accounts, users, endpoints, numbers } = store;
  return {
    hasher,
    accounts: { ...accounts, insert: mortal(accounts.insert), change: mortal(accounts.change) },
    users: { ...users, insert: mortal(users.insert) },
    endpoints: { ...endpoints, insert: mortal(endpoints.insert) },
    numbers: { ...numbers, insert: mortal(numbers.insert) },
  };
}

/** What somebody finds in the default account. */
async function found() {
  const account = await store.accounts.findDefault();
  if (!account) return undefined;
  const [users, endpoints, numbers] = [
    await store.users.all(account.id),
    await store.endpoints.all(account.id),
    await store.numbers.all(account.id),
  ];
  return {
    name: account.name,
    users: users.map(({ login }) => login).sort(),
    phones: endpoints.map(({ username }) => username).sort(),
    numbers: numbers.map(({ e164 }) => e164 as string).sort(),
  };
}

const complete = {
  name: 'Demo',
  users: ['alice', 'bob'],
  phones: ['201', '202'],
  numbers: ['+4922166980201', '+4922166980202'],
};

describe('the demo account', () => {
  test('stands where the installation stands', async () => {
    expect(await createDemo(stores, place)).toMatchObject({ ...place, areaCode: '', isDemo: true });
    expect(await found()).toEqual(complete);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'is completed by a later start when the first was killed at its write number %i',
    async (nth) => {
      await expect(createDemo(killedAt(nth), place)).rejects.toThrow('killed');
      const left = await store.accounts.findDefault();
      expect(left === undefined || isUnfinishedDemo(left)).toBe(true);
      const account = await createDemo(stores, place);
      expect(isUnfinishedDemo(account)).toBe(false);
      expect(await found()).toEqual(complete);
    },
  );

  test('is one, however many servers make it together', async () => {
    await Promise.all(Array.from({ length: 4 }, () => createDemo(stores, place)));
    expect(await found()).toEqual(complete);
  });

  test('does not get back what its administrator has removed, while its people are there', async () => {
    const { id } = await createDemo(stores, place);
    const [phone] = await store.endpoints.all(id);
    if (phone) await store.endpoints.remove(id, phone.id);
    await createDemo(stores, place);
    expect((await found())?.phones).toHaveLength(1);
  });
});

test('the first account without a demo is one, however many servers make it together', async () => {
  const made = await Promise.all(
    Array.from({ length: 4 }, () => createFirstAccount(store.accounts, place)),
  );
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  expect(await found()).toEqual({ name: 'Polyvox', users: [], phones: [], numbers: [] });
});
