import { describe, expect, test } from 'vitest';
import { givenGateway, plainTrunk } from '../../../test/support/given.ts';
import type { Contact, EndpointName, TrunkName } from '../../engine/port/index.ts';
import type {
  AccountId,
  ApplicationId,
  EndpointId,
  NumberId,
  Sid,
  TrunkId,
  UserId,
} from '../../kernel/ids.ts';
import type { E164 } from '../../kernel/phone-number.ts';
import type { Account } from '../accounts/index.ts';
import type { NumberPattern, NumberTarget } from '../numbers/index.ts';
import type { Trunk } from '../trunks/index.ts';
import type { AccountDirectory } from './directory.ts';
import { type RoutingView, resolveDestination, resolveInbound } from './resolve-destination.ts';

const at = new Date('2026-03-17T17:05:00Z');

const account: Account = {
  id: 'a1' as AccountId,
  sid: 's1' as Sid,
  kind: 'customer',
  operatorId: 'o1' as AccountId,
  serial: 1,
  name: 'Acme',
  sipDomain: 'acme.example',
  country: 'DE',
  areaCode: '221',
  timeZone: 'Europe/Berlin',
  language: 'en',
  maxConcurrentCalls: 10,
  active: true,
  isDefault: false,
  isDemo: false,
  createdAt: at,
};

const alice = {
  id: 'u1' as UserId,
  sid: 's2' as Sid,
  accountId: account.id,
  serial: 0,
  email: 'alice@acme.example',
  login: 'alice',
  firstName: 'Alice',
  lastName: 'Adler',
  admin: true,
  extension: '201',
  timeZone: undefined,
  language: undefined,
  busyOnBusy: true,
  createdAt: at,
};

const phone = {
  id: 'e1' as EndpointId,
  sid: 's3' as Sid,
  accountId: account.id,
  userId: alice.id,
  serial: 0,
  username: '201',
  alias: 'Desk',
  ha1: '',
  maxContacts: 5,
  enabled: true,
  mayCall: { applications: true, queues: true, users: true },
  createdAt: at,
};

const contact = (uri: string, state: Contact['state'] = 'reachable'): Contact => ({
  endpoint: '201@acme.example' as EndpointName,
  uri,
  state,
  userAgent: '',
  expiresAt: undefined,
  viaAddress: '',
  registrationCallId: '',
  roundTripMicroseconds: undefined,
  engineId: '',
  qualifyFrequencySeconds: 60,
  qualifyTimeoutSeconds: 3,
});

const trunk = (serial: number, more: Partial<Trunk> = {}): Trunk => ({
  id: `t${serial}` as TrunkId,
  sid: `s4-${serial}` as Sid,
  accountId: account.id,
  serial,
  name: `Provider ${serial}`,
  kind: 'ip',
  ...plainTrunk,
  gateways: [givenGateway()],
  prefixes: [],
  priority: 10,
  emergency: false,
  enabled: true,
  createdAt: at,
  ...more,
});

interface World {
  readonly trunks?: readonly Trunk[];
  /** Of the operator. */
  readonly shared?: readonly Trunk[];
  /** Gateways that do not answer. */
  readonly outOfReach?: readonly string[];
  readonly contacts?: readonly Contact[];
  readonly busy?: boolean;
  readonly account?: Partial<Account>;
  readonly remote?: E164;
  readonly patterns?: readonly NumberPattern[];
  /** Of the account's only number. */
  readonly target?: NumberTarget;
}

function view(world: World = {}): RoutingView {
  const directory: AccountDirectory = {
    account: { ...account, ...world.account },
    users: new Map([[alice.id, alice]]),
    endpoints: new Map([[phone.id, phone]]),
    numbers: [
      {
        id: 'n1' as NumberId,
        sid: 's5' as Sid,
        accountId: account.id,
        e164: '+4922166980201' as E164,
        target: world.target ?? { kind: 'user', userId: alice.id },
        trunkId: undefined,
        createdAt: at,
      },
    ],
    patterns: world.patterns ?? [],
    trunks: world.trunks ?? [],
    applications: new Map([['p1' as ApplicationId, 's6' as Sid]]),
  };
  const operator: AccountDirectory = { ...directory, trunks: world.shared ?? [] };
  const other: AccountDirectory = { ...directory, account: { ...account, id: 'a2' as AccountId } };
  return {
    account: directory,
    now: at,
    contactsOf: () => world.contacts ?? [contact('sip:201@192.0.2.1')],
    isBusy: () => world.busy ?? false,
    isOutOfReach: (_trunk, address) => world.outOfReach?.includes(address) ?? false,
    directory: {
      account: (id) => (id === account.operatorId ? operator : undefined),
      ownerOf(number) {
        const own = directory.numbers.find((n) => n.e164 === number);
        if (own) return { directory, number: own };
        const [first] = directory.numbers;
        return number === world.remote && first ? { directory: other, number: first } : undefined;
      },
      endpointName: (endpoint) => `${endpoint.username}@acme.example` as EndpointName,
      trunkName: ({ id }) => `trunk-${id}` as TrunkName,
    },
  };
}

describe('a number that leads to an application', () => {
  const target = (id: string) =>
    ({ kind: 'application', applicationId: id as ApplicationId }) as const;

  test('asks it what is to happen', () => {
    expect(resolveInbound(view({ target: target('p1') }), '+4922166980201')).toEqual({
      kind: 'program',
      source: { dialect: 'jambonz', reference: 's6' },
      instructions: [
        {
          do: 'ask',
          question: { ask: 'call' },
          otherwise: [{ do: 'hangup', cause: 'no_answer', sipStatus: 480 }],
        },
      ],
    });
  });

  test('is not in service when there is no such application', () => {
    expect(resolveInbound(view({ target: target('p2') }), '+4922166980201')).toMatchObject({
      kind: 'refuse',
      cause: 'unallocated',
    });
  });
});

describe('a call from a provider for what is no number of the account', () => {
  const pattern = (text: string, trunkId?: TrunkId): NumberPattern => ({
    id: 'n2' as NumberId,
    sid: 's7' as Sid,
    accountId: account.id,
    pattern: text,
    target: { kind: 'dial', dialled: '201' },
    trunkId,
    createdAt: at,
  });
  const first = 't1' as TrunkId;

  test('leads where a pattern says', () => {
    const seen = view({ patterns: [pattern('4930*')] });
    expect(resolveInbound(seen, '+493012345678')).toMatchObject({ kind: 'ring' });
    expect(resolveInbound(seen, '+494012345678')).toMatchObject({ kind: 'refuse' });
  });

  test('leads where a pattern of its own trunk says, and of no other', () => {
    const seen = view({ patterns: [pattern('*', first)] });
    const call = (id: TrunkId) => ({ id, applicationId: undefined });
    expect(resolveInbound(seen, 'anything', call(first))).toMatchObject({ kind: 'ring' });
    expect(resolveInbound(seen, '+494012345678', call('t2' as TrunkId))).toMatchObject({
      kind: 'refuse',
    });
  });

  test('asks the application of its provider where no number leads anywhere', () => {
    const call = { id: first, applicationId: 'p1' as ApplicationId };
    expect(resolveInbound(view(), '+494012345678', call)).toMatchObject({ kind: 'program' });
    const nowhere = view({ target: { kind: 'none' } });
    expect(resolveInbound(nowhere, '+4922166980201', call)).toMatchObject({ kind: 'program' });
    expect(resolveInbound(view(), '+4922166980201', call)).toMatchObject({ kind: 'ring' });
  });

  test('is for the number where there is one, also when that leads nowhere', () => {
    const busy = { patterns: [pattern('*')], target: { kind: 'none' } } as const;
    expect(resolveInbound(view(busy), '+4922166980201')).toEqual({
      kind: 'refuse',
      cause: 'no_answer',
      instructions: [{ do: 'hangup', cause: 'no_answer', sipStatus: 480 }],
    });
  });
});

describe('where a dialled string leads', () => {
  test('an extension rings every registered device of its user', () => {
    const contacts = [contact('sip:201@192.0.2.1'), contact('sip:201@192.0.2.2')];
    const route = resolveDestination(view({ contacts }), '201');
    expect(route).toMatchObject({
      kind: 'ring',
      attempts: [[{ uri: 'sip:201@192.0.2.1', name: 'Alice Adler' }, { uri: 'sip:201@192.0.2.2' }]],
    });
  });

  test('a device that is known to be out of reach is not rung', () => {
    const contacts = [contact('sip:201@192.0.2.1', 'unreachable')];
    expect(resolveDestination(view({ contacts }), '201')).toMatchObject({ attempts: [[]] });
  });

  test.each(['+4922166980201', '004922166980201', '0221 66980201', '66980201', '4922166980201'])(
    'the number of a user rings her, written as %s',
    (dialled) => {
      expect(resolveDestination(view(), dialled)).toMatchObject({
        attempts: [[{ number: '201' }]],
      });
    },
  );

  test('a busy user who wants no second call is busy', () => {
    expect(resolveDestination(view({ busy: true }), '201')).toMatchObject({
      kind: 'refuse',
      cause: 'busy',
    });
  });

  test('an unknown number is announced and refused', () => {
    expect(resolveDestination(view(), '+493023125000')).toMatchObject({
      kind: 'refuse',
      cause: 'unallocated',
    });
  });

  test('a public number goes to the trunks with the longest prefix first', () => {
    const trunks = [trunk(0), trunk(1, { prefixes: ['+4930'] }), trunk(2, { prefixes: ['+49'] })];
    expect(resolveDestination(view({ trunks }), '030 23125000')).toMatchObject({
      attempts: [[{ trunk: 'trunk-t1' }], [{ trunk: 'trunk-t2' }], [{ trunk: 'trunk-t0' }]],
    });
  });

  test('a number is sent as the provider wants it', () => {
    const plain = trunk(0, { techPrefix: '99', leadingPlus: false });
    expect(resolveDestination(view({ trunks: [plain] }), '030 23125000')).toMatchObject({
      attempts: [[{ number: '+493023125000', ways: [{ number: '99493023125000' }] }]],
    });
    const help = trunk(1, { emergency: true, techPrefix: '99' });
    expect(resolveDestination(view({ trunks: [help] }), '112')).toMatchObject({
      attempts: [[{ ways: [{ number: '112' }] }]],
    });
  });

  test('a provider has several ways in; those that are away come last, and one without any is none', () => {
    const hosts = ['first.example', 'second.example', 'third.example'];
    const trunks = [
      trunk(0, { gateways: hosts.map((host) => givenGateway({ host })) }),
      trunk(1, { gateways: [] }),
    ];
    const outOfReach = ['first.example:5060'];
    const route = resolveDestination(view({ trunks, outOfReach }), '030 23125000');
    expect(route.kind === 'ring' && route.attempts).toMatchObject([
      [
        {
          ways: ['second', 'third', 'first'].map((name) => ({
            gateway: { host: `${name}.example` },
          })),
        },
      ],
    ]);
  });

  test('a number goes to the operator’s providers where none of the account takes it', () => {
    const shared = [trunk(7)];
    const attempt = (id: string) => ({ attempts: [[{ trunk: id }]] });
    const dialled = '030 23125000';
    expect(resolveDestination(view({ shared }), dialled)).toMatchObject(attempt('trunk-t7'));
    expect(resolveDestination(view({ shared, trunks: [trunk(1)] }), dialled)).toMatchObject(
      attempt('trunk-t1'),
    );
    const abroad = [trunk(1, { prefixes: ['+1'] })];
    expect(resolveDestination(view({ shared, trunks: abroad }), dialled)).toMatchObject(
      attempt('trunk-t7'),
    );
  });

  test('a number of another account stays in the house', () => {
    const remote = '+493023125017' as E164;
    expect(resolveDestination(view({ remote, trunks: [trunk(0)] }), remote)).toMatchObject({
      attempts: [[{ kind: 'remote', accountId: 'a2' }]],
    });
  });

  test('an emergency call goes to the trunk that is marked for it', () => {
    const trunks = [trunk(0), trunk(1, { emergency: true })];
    expect(resolveDestination(view({ trunks }), '112')).toMatchObject({
      emergency: true,
      attempts: [[{ trunk: 'trunk-t1', number: '112' }]],
    });
  });

  test.each([
    '1 1 2',
    '1-1-2',
    '1.1.2',
    '1/1/2',
    '(112)',
    ' 112 ',
    '1\u00a01\u00a02',
    '+112',
    '+1-1-2',
    '+49112',
    '+49 112',
    '+49 (1 1 2)',
  ])('an emergency call may be dialled as %j; the provider gets the bare number', (dialled) => {
    const trunks = [trunk(0), trunk(1, { emergency: true })];
    expect(resolveDestination(view({ trunks }), dialled)).toMatchObject({
      emergency: true,
      attempts: [[{ trunk: 'trunk-t1', number: '112' }]],
    });
  });

  test.each(['+1112', '+43112', '112112', '1123', '*112', '#112', '1,1,2', '11a2'])(
    '%j is no emergency call in Germany',
    (dialled) => {
      const trunks = [trunk(1, { emergency: true })];
      const route = resolveDestination(view({ trunks }), dialled);
      expect(route.kind === 'ring' && route.emergency).toBe(false);
    },
  );

  test('an emergency call without such a trunk is refused with an announcement', () => {
    const route = resolveDestination(view({ trunks: [trunk(0)] }), '110');
    expect(route).toMatchObject({ kind: 'refuse', cause: 'not_allowed' });
  });

  test('the demo account never reaches a trunk', () => {
    const trunks = [trunk(0, { emergency: true })];
    const demo = view({ trunks, account: { isDemo: true } });
    expect(resolveDestination(demo, '+493023125000')).toMatchObject({ kind: 'refuse' });
    expect(resolveDestination(demo, '112')).toMatchObject({ kind: 'refuse' });
  });

  test('a feature code is a program', () => {
    expect(resolveDestination(view(), '*43')).toMatchObject({ kind: 'program' });
  });

  test('a provider that names no number means the only one that there is', () => {
    const named = resolveInbound(view(), '+4922166980201');
    expect(resolveInbound(view(), 's')).toEqual(named);
    const { account: directory, ...rest } = view();
    const [first] = directory.numbers;
    const second = { ...first, e164: '+4922166980202' as E164 } as NonNullable<typeof first>;
    const two = { ...rest, account: { ...directory, numbers: [...directory.numbers, second] } };
    expect(resolveInbound(two, 's')).toMatchObject({ kind: 'refuse' });
  });

  test('a provider reaches the numbers of the account and nothing else', () => {
    expect(resolveInbound(view(), '+4922166980201')).toMatchObject({ kind: 'ring' });
    expect(resolveInbound(view({ trunks: [trunk(0)] }), '+493023125000')).toMatchObject({
      kind: 'refuse',
    });
  });
});
