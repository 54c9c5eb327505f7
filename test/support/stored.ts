import { randomUUID } from 'node:crypto';
import type { Account, NewAccount } from '../../src/core/accounts/index.ts';
import type { Application, NewApplication } from '../../src/core/applications/index.ts';
import type { NewDelivery } from '../../src/core/deliveries/index.ts';
import type { Endpoint, NewEndpoint } from '../../src/core/endpoints/index.ts';
import type { NewNumber, PhoneNumber } from '../../src/core/numbers/index.ts';
import type { NewTrunk, Trunk } from '../../src/core/trunks/index.ts';
import type { NewUser, User } from '../../src/core/users/index.ts';
import type { E164 } from '../../src/kernel/phone-number.ts';
import type { Store } from '../../src/store/index.ts';

/** Some word that nobody else uses. */
export const aWord = (): string => `w${randomUUID().replaceAll('-', '').slice(0, 12)}`;

let numbers = 0;

/** A number that no other test of this file uses. */
export const aNumber = (): E164 => {
  numbers += 1;
  return `+49301${String(numbers).padStart(7, '0')}` as E164;
};

export const newAccount = (change: Partial<NewAccount> = {}): NewAccount => ({
  name: 'Acme',
  sipDomain: `${aWord()}.example`,
  country: 'DE',
  areaCode: '221',
  timeZone: 'Europe/Berlin',
  language: 'en',
  maxConcurrentCalls: 10,
  isDefault: false,
  isDemo: false,
  ...change,
});

export const newApplication = (change: Partial<NewApplication> = {}): NewApplication => ({
  name: 'Menu',
  callHook: {
    url: 'https://app.example/call',
    method: 'POST',
    username: 'me',
    password: 'the secret of a hook',
  },
  statusHook: undefined,
  messageHook: undefined,
  steps: undefined,
  variables: undefined,
  speech: { synthesizer: {}, recognizer: {} },
  fallbackSpeech: { synthesizer: {}, recognizer: {} },
  usesFallbackSpeech: false,
  recordAllCalls: false,
  ...change,
});

type UserFields = Omit<NewUser, 'password'>;

export const newUser = (change: Partial<UserFields> = {}): UserFields => {
  const login = aWord();
  return {
    email: `${login}@acme.example`,
    login,
    firstName: 'Alice',
    lastName: 'Adler',
    admin: false,
    extension: undefined,
    ...change,
  };
};

export const newEndpoint = (change: Partial<NewEndpoint> = {}): NewEndpoint => ({
  userId: undefined,
  username: aWord(),
  alias: 'Desk',
  secret: 'the secret of a phone',
  maxContacts: 5,
  ...change,
});

export const newNumber = (change: Partial<NewNumber> = {}): NewNumber => ({
  e164: aNumber(),
  target: { kind: 'none' },
  ...change,
});

export const newTrunk = (change: Partial<NewTrunk> = {}): NewTrunk => ({
  name: 'Provider',
  kind: 'register',
  host: 'sip.provider.example',
  port: 5060,
  transport: 'udp',
  username: '4922166980',
  secret: 'the secret of a provider',
  inboundAddresses: ['192.0.2.0/24'],
  prefixes: ['+49'],
  priority: 10,
  emergency: false,
  enabled: true,
  ...change,
});

/** An account with one of everything. */
export interface StoredAccount {
  readonly account: Account;
  readonly user: User;
  readonly endpoint: Endpoint;
  readonly number: PhoneNumber;
  readonly trunk: Trunk;
  readonly application: Application;
}

export async function storedAccount(store: Store): Promise<StoredAccount> {
  const account = await store.accounts.insert(newAccount());
  const user = await store.users.insert(account.id, newUser(), 'a hash');
  return {
    account,
    user,
    endpoint: await store.endpoints.insert(account.id, newEndpoint({ userId: user.id }), 'ha1'),
    number: await store.numbers.insert(
      account.id,
      newNumber({ target: { kind: 'user', userId: user.id } }),
    ),
    trunk: await store.trunks.insert(account.id, newTrunk()),
    application: await store.applications.insert(account.id, newApplication()),
  };
}

/** A delivery that says `n` to somebody. */
export const newDelivery = (
  accountId: NewDelivery['accountId'],
  change: Partial<Omit<NewDelivery, 'request'>> & {
    readonly n?: number;
    readonly request?: Partial<NewDelivery['request']>;
  } = {},
): NewDelivery => {
  const { n = 0, request, ...rest } = change;
  return {
    accountId,
    dialect: 'native',
    key: 'a leg',
    subject: 'leg.ended',
    ...rest,
    request: {
      url: 'https://hooks.example/status?token=hidden',
      method: 'POST',
      payload: { n },
      userAgent: 'polyvox',
      ...request,
    },
  };
};
