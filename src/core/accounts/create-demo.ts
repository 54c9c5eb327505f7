import { isDomainError } from '../../kernel/domain-error.ts';
import type { AccountId, UserId } from '../../kernel/ids.ts';
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

/** Name of the account until everybody in it is there: a later start completes what a killed one began. */
const unfinishedName = 'Demo (being made)';

/** Whether the making of the demo account was interrupted. */
export const isUnfinishedDemo = ({ isDemo, name }: Account): boolean =>
  isDemo && name === unfinishedName;

type Person = (typeof demo.people)[number];

const userOf = (person: Person) => ({
  email: `${person.login}@${demo.sipDomain}`,
  login: person.login,
  firstName: person.firstName,
  lastName: person.lastName,
  admin: person.login === 'alice',
  extension: person.extension,
});

/** Gives a person a phone and a number, unless they are there. */
async function equip(
  { endpoints, numbers }: DemoStores,
  accountId: AccountId,
  person: Person,
  userId: UserId,
): Promise<void> {
  const phones = await endpoints.all(accountId);
  if (!phones.some(({ username }) => username === person.extension)) {
    await endpoints.insert(
      accountId,
      {
        userId,
        username: person.extension,
        alias: `Phone of ${person.firstName}`,
        secret: demo.sipSecret,
        maxContacts: 5,
      },
      digestOf(person.extension, demo.sipDomain, demo.sipSecret),
    );
  }
  const e164 = person.number as E164;
  const known = await numbers.all(accountId);
  if (!known.some((number) => number.e164 === e164))
    await numbers.insert(accountId, { e164, target: { kind: 'user', userId } });
}

async function completeDemo(stores: DemoStores, place: Place): Promise<Account> {
  const { accounts, users, hasher } = stores;
  const account =
    (await accounts.findDefault()) ??
    (await accounts.insert({
      ...accountAt(place),
      name: unfinishedName,
      sipDomain: demo.sipDomain,
      isDemo: true,
    }));
  const passwordHash = await hasher.hash(demo.password);
  const present = new Map((await users.all(account.id)).map((user) => [user.login, user]));
  for (const person of demo.people) {
    const known = present.get(person.login);
    if (known && !isUnfinishedDemo(account)) continue;
    const user = known ?? (await users.insert(account.id, userOf(person), passwordHash));
    await equip(stores, account.id, person, user.id);
  }
  if (!isUnfinishedDemo(account)) return account;
  return (await accounts.change(account.id, { name: 'Demo' })) ?? account;
}

/** How often servers that start together may get in each other's way. */
const mostAttempts = 10;

/** Does something that another server may be doing too; who comes second sees what the first has done. */
async function besideOthers<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const isTaken = isDomainError(error) && error.kind === 'conflict';
      if (!isTaken || attempt === mostAttempts) throw error;
    }
  }
}

/**
 * Makes the demo account: two people, two phones, two numbers, with passwords that everybody knows.
 * A second time it completes what is missing. Several servers may do it at once.
 */
export const createDemo = (stores: DemoStores, place: Place): Promise<Account> =>
  besideOthers(() => completeDemo(stores, place));

/** The empty account of an installation without a demo: `admin` and the operator's token lead to it. */
export const createFirstAccount = (accounts: AccountStore, place: Place): Promise<Account> =>
  besideOthers(
    async () =>
      (await accounts.findDefault()) ??
      (await accounts.insert({
        ...accountAt(place),
        name: 'Polyvox',
        sipDomain: 'polyvox.invalid',
        isDemo: false,
      })),
  );
