import type { AccountId } from '../../kernel/ids.ts';
import type { E164 } from '../../kernel/phone-number.ts';
import { digestOf, type EndpointStore } from '../endpoints/index.ts';
import type { NumberStore } from '../numbers/index.ts';
import type { UserStore } from '../users/index.ts';
import type { Account, NewAccount } from './account.ts';
import type { AccountStore } from './account-store.ts';
import type { PasswordHasher } from './password-hasher.ts';

/** What everybody may know about the demo account. */
export const demo = {
  sipDomain: 'demo.invalid',
  password: 'polyvox-demo',
  sipSecret: 'polyvox-demo-sip',
  people: [
    {
      login: 'alice',
      firstName: 'Alice',
      lastName: 'Adler',
      extension: '201',
      number: '+4922166980201',
    },
    {
      login: 'bob',
      firstName: 'Bob',
      lastName: 'Bauer',
      extension: '202',
      number: '+4922166980202',
    },
  ],
} as const;

export interface DemoStores {
  readonly accounts: AccountStore;
  readonly users: UserStore;
  readonly endpoints: EndpointStore;
  readonly numbers: NumberStore;
  readonly hasher: PasswordHasher;
}

/** Where an installation stands. */
export type Place = Pick<NewAccount, 'country' | 'timeZone'>;

/** Area code of the demo's own numbers, which only German callers may leave out. */
const demoAreaCode = '221';

const accountAt = ({ country, timeZone }: Place) => ({
  country,
  timeZone,
  areaCode: country === 'DE' ? demoAreaCode : '',
  language: 'en',
  maxConcurrentCalls: 100,
  isDefault: true,
});

async function createPerson(
  stores: DemoStores,
  accountId: AccountId,
  person: (typeof demo.people)[number],
  passwordHash: string,
): Promise<void> {
  const user = await stores.users.insert(
    accountId,
    {
      email: `${person.login}@${demo.sipDomain}`,
      login: person.login,
      firstName: person.firstName,
      lastName: person.lastName,
      admin: person.login === 'alice',
      extension: person.extension,
    },
    passwordHash,
  );
  await stores.endpoints.insert(
    accountId,
    {
      userId: user.id,
      username: person.extension,
      alias: `Phone of ${person.firstName}`,
      secret: demo.sipSecret,
      maxContacts: 5,
    },
    digestOf(person.extension, demo.sipDomain, demo.sipSecret),
  );
  await stores.numbers.insert(accountId, {
    e164: person.number as E164,
    target: { kind: 'user', userId: user.id },
  });
}

/**
 * Makes the demo account: two people, two phones, two numbers, with passwords that everybody knows.
 * A second time it completes what is missing.
 */
export async function createDemo(stores: DemoStores, place: Place): Promise<Account> {
  const { accounts, users, hasher } = stores;
  const account =
    (await accounts.findDefault()) ??
    (await accounts.insert({
      ...accountAt(place),
      name: 'Demo',
      sipDomain: demo.sipDomain,
      isDemo: true,
    }));
  const present = new Set((await users.all(account.id)).map(({ login }) => login));
  const passwordHash = await hasher.hash(demo.password);
  for (const person of demo.people) {
    if (!present.has(person.login)) await createPerson(stores, account.id, person, passwordHash);
  }
  return account;
}

/** The empty account of an installation without a demo: `admin` and the operator's token lead to it. */
export async function createFirstAccount(accounts: AccountStore, place: Place): Promise<Account> {
  return (
    (await accounts.findDefault()) ??
    (await accounts.insert({
      ...accountAt(place),
      name: 'Polyvox',
      sipDomain: 'polyvox.invalid',
      isDemo: false,
    }))
  );
}
