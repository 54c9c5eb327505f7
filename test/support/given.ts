import { type Account, firstOperatorId } from '../../src/core/accounts/index.ts';
import type { Endpoint } from '../../src/core/endpoints/index.ts';
import type { NumberTarget, PhoneNumber } from '../../src/core/numbers/index.ts';
import type { Gateway, Trunk } from '../../src/core/trunks/index.ts';
import type { User } from '../../src/core/users/index.ts';
import type { Contact } from '../../src/engine/port/index.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import type { Clock } from '../../src/kernel/clock.ts';
import {
  type AccountId,
  type ApplicationId,
  type EndpointId,
  type GatewayId,
  type NumberId,
  newId,
  newSid,
  type Sid,
  type TrunkId,
  type UserId,
} from '../../src/kernel/ids.ts';
import type { E164 } from '../../src/kernel/phone-number.ts';
import type { MemoryDirectory, MemoryRegistrations } from './memory-stores.ts';

/** A gateway that calls go to. */
export const givenGateway = (change: Partial<Gateway> = {}): Gateway => ({
  id: newId<GatewayId>(),
  sid: newSid(),
  accountId: newId<AccountId>(),
  trunkId: newId<TrunkId>(),
  host: 'sip.provider.example',
  port: undefined,
  netmask: 32,
  inbound: false,
  outbound: true,
  enabled: true,
  transport: 'udp',
  pings: true,
  extras: {},
  createdAt: new Date('2026-03-17T17:05:00Z'),
  ...change,
});

/** What a trunk says of itself if nobody has said anything. */
export const plainTrunk = {
  username: undefined,
  hasSecret: false,
  realm: undefined,
  fromUser: undefined,
  fromDomain: undefined,
  techPrefix: '',
  leadingPlus: true,
  applicationId: undefined,
  proxy: undefined,
  dtmf: 'rfc4733',
} as const satisfies Partial<Trunk>;

/** Somebody with a registered phone. */
export interface Person {
  readonly user: User;
  readonly phone: Endpoint;
  readonly actor: Actor;
  readonly account: Account;
}

/** Arranges who and what there is. Routing sees it at once. */
export interface Given {
  account(change?: Partial<Account>): Account;
  /** An account's limits and habits, changed. */
  changedAccount(account: Account, change: Partial<Account>): void;
  /** A user with one registered phone. @param who.extension - also the user part of the phone */
  person(who: {
    readonly account: Account;
    readonly firstName: string;
    readonly extension: string;
    readonly admin?: boolean;
    readonly busyOnBusy?: boolean;
  }): Person;
  /** Another device of somebody, registered. */
  phone(of: Person, username: string): Endpoint;
  /** No device is registered on it any more. */
  unplugged(phone: Endpoint): void;
  number(account: Account, e164: string, target: NumberTarget): PhoneNumber;
  trunk(account: Account, change?: Partial<Trunk>): Trunk;
  application(account: Account): { readonly id: ApplicationId; readonly sid: Sid };
}

export const uriOf = (phone: Endpoint): string => `sip:${phone.username}@192.0.2.1:5060`;

export const actorOf = (account: Account, more: Partial<Actor> = {}): Actor => ({
  accountId: account.id,
  userId: undefined,
  admin: true,
  operator: false,
  scopes: 'all',
  credentialId: undefined,
  dialect: 'native',
  ...more,
});

export const contactOf = (directory: MemoryDirectory, phone: Endpoint): Contact => ({
  endpoint: directory.endpointName(phone),
  uri: uriOf(phone),
  state: 'reachable',
  userAgent: 'Test phone',
  expiresAt: undefined,
  viaAddress: '192.0.2.1:5060',
  registrationCallId: 'registration',
  roundTripMicroseconds: 1_000,
  engineId: `contact-${phone.id}`,
  qualifyFrequencySeconds: 60,
  qualifyTimeoutSeconds: 3,
});

export function createGiven(
  directory: MemoryDirectory,
  registrations: MemoryRegistrations,
  clock: Clock,
): Given {
  const of = (id: AccountId) => {
    const found = directory.account(id);
    if (!found) throw new Error(`the test has no account ${id}`);
    return found;
  };
  const addPhone = (account: Account, userId: UserId, username: string): Endpoint => {
    const { endpoints } = of(account.id);
    const phone: Endpoint = {
      id: newId<EndpointId>(),
      sid: newSid(),
      accountId: account.id,
      userId,
      serial: endpoints.size,
      username,
      alias: `Phone ${username}`,
      ha1: 'not needed',
      maxContacts: 5,
      enabled: true,
      mayCall: { applications: true, queues: true, users: true },
      createdAt: clock.now(),
    };
    directory.change(account.id, { endpoints: new Map([...endpoints, [phone.id, phone]]) });
    registrations.contacts.set(phone.id, [contactOf(directory, phone)]);
    return phone;
  };
  return {
    account(change = {}) {
      const serial = directory.accounts.size;
      const account: Account = {
        id: newId<AccountId>(),
        sid: newSid(),
        kind: 'customer',
        operatorId: firstOperatorId,
        serial,
        name: `Account ${serial}`,
        sipDomain: `account-${serial}.example`,
        country: 'DE',
        areaCode: '221',
        timeZone: 'Europe/Berlin',
        language: 'en',
        maxConcurrentCalls: 10,
        active: true,
        isDefault: serial === 0,
        isDemo: false,
        createdAt: clock.now(),
        ...change,
      };
      const empty = {
        users: new Map(),
        endpoints: new Map(),
        numbers: [],
        patterns: [],
        trunks: [],
        applications: new Map(),
      };
      directory.accounts.set(account.id, { account, ...empty });
      return account;
    },
    changedAccount: (account, change) =>
      directory.change(account.id, { account: { ...of(account.id).account, ...change } }),
    person({ account, firstName, extension, admin = false, busyOnBusy = false }) {
      const { users } = of(account.id);
      const login = firstName.toLowerCase();
      const user: User = {
        id: newId<UserId>(),
        sid: newSid(),
        accountId: account.id,
        serial: users.size,
        email: `${login}@${account.sipDomain}`,
        login,
        firstName,
        lastName: '',
        admin,
        extension,
        timeZone: undefined,
        language: undefined,
        busyOnBusy,
        createdAt: clock.now(),
      };
      directory.change(account.id, { users: new Map([...users, [user.id, user]]) });
      const phone = addPhone(account, user.id, extension);
      return { user, phone, account, actor: actorOf(account, { userId: user.id, admin }) };
    },
    phone: ({ account, user }, username) => addPhone(account, user.id, username),
    unplugged: (phone) => void registrations.contacts.delete(phone.id),
    number(account, e164, target) {
      const number: PhoneNumber = {
        id: newId<NumberId>(),
        sid: newSid(),
        accountId: account.id,
        e164: e164 as E164,
        target,
        trunkId: undefined,
        createdAt: clock.now(),
      };
      directory.change(account.id, { numbers: [...of(account.id).numbers, number] });
      return number;
    },
    application(account) {
      const made = { id: newId<ApplicationId>(), sid: newSid() };
      const { applications } = of(account.id);
      directory.change(account.id, {
        applications: new Map([...applications, [made.id, made.sid]]),
      });
      return made;
    },
    trunk(account, change = {}) {
      const { trunks } = of(account.id);
      const trunk: Trunk = {
        id: newId<TrunkId>(),
        sid: newSid(),
        accountId: account.id,
        serial: trunks.length,
        name: `Provider ${trunks.length}`,
        kind: 'ip',
        ...plainTrunk,
        gateways: [givenGateway()],
        prefixes: [],
        priority: 10,
        emergency: false,
        enabled: true,
        createdAt: clock.now(),
        ...change,
      };
      directory.change(account.id, { trunks: [...trunks, trunk] });
      return trunk;
    },
  };
}
