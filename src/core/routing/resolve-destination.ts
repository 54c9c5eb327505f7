import type { Contact, TrunkName } from '../../engine/port/index.ts';
import type { ApplicationId, EndpointId, TrunkId, UserId } from '../../kernel/ids.ts';
import { type E164, parseE164 } from '../../kernel/phone-number.ts';
import type { Endpoint } from '../endpoints/index.ts';
import { choosePattern, type PhoneNumber } from '../numbers/index.ts';
import {
  addressText,
  chooseTrunks,
  emergencyTrunks,
  outboundAddresses,
  type Trunk,
} from '../trunks/index.ts';
import { displayName, type User } from '../users/index.ts';
import { announcement } from './announcements.ts';
import type { AccountDirectory, Directory } from './directory.ts';
import { emergencyNumber } from './emergency-numbers.ts';
import { featureProgram } from './feature-codes.ts';
import type { RingTarget, Route, TrunkWay } from './route.ts';

/** What routing looks at: configuration, clock and live state. Nothing else decides. */
export interface RoutingView {
  readonly directory: Pick<Directory, 'account' | 'ownerOf' | 'endpointName' | 'trunkName'>;
  readonly account: AccountDirectory;
  readonly now: Date;
  contactsOf(endpointId: EndpointId): readonly Contact[];
  /** Whether a user has a running call. */
  isBusy(userId: UserId): boolean;
  /** Whether a gateway is known not to answer. @param address - `host:port` */
  isOutOfReach?(trunk: TrunkName, address: string): boolean;
}

/** How often a number may lead to another one. */
const longestChain = 8;

const refused = (view: RoutingView, cause: 'unallocated' | 'busy' | 'not_allowed'): Route => ({
  kind: 'refuse',
  cause,
  instructions:
    cause === 'busy'
      ? [{ do: 'hangup', cause }]
      : [
          { do: 'progress' },
          {
            do: 'say',
            text: announcement('number_unknown', view.account.account.language),
            language: view.account.account.language,
          },
          { do: 'hangup', cause },
        ],
});

/** The registered devices of one endpoint. Those known to be out of reach are left out. */
export function endpointTargets(view: RoutingView, endpoint: Endpoint): readonly RingTarget[] {
  const user = endpoint.userId && view.account.users.get(endpoint.userId);
  return view
    .contactsOf(endpoint.id)
    .filter((contact) => contact.state !== 'unreachable')
    .map((contact) => ({
      kind: 'contact' as const,
      endpoint: view.directory.endpointName(endpoint),
      endpointId: endpoint.id,
      userId: endpoint.userId,
      uri: contact.uri,
      number: user?.extension || endpoint.username,
      name: user ? displayName(user) : endpoint.alias,
    }));
}

/** Every registered device of a user. */
export const userTargets = (view: RoutingView, userId: UserId): readonly RingTarget[] =>
  [...view.account.endpoints.values()]
    .filter((endpoint) => endpoint.userId === userId)
    .sort((a, b) => a.serial - b.serial)
    .flatMap((endpoint) => endpointTargets(view, endpoint));

function toUser(view: RoutingView, user: User): Route {
  if (user.busyOnBusy && view.isBusy(user.id)) return refused(view, 'busy');
  return { kind: 'ring', attempts: [userTargets(view, user.id)], emergency: false };
}

function toEmergency(view: RoutingView, number: string): Route {
  const { account } = view.account;
  const attempts = throughTrunks(view, emergencyTrunks, number, () => number);
  if (attempts.length > 0) return { kind: 'ring', attempts, emergency: true };
  const text = announcement('emergency_unavailable', account.language);
  return {
    kind: 'refuse',
    cause: 'not_allowed',
    instructions: [
      { do: 'progress' },
      { do: 'say', text, language: account.language },
      { do: 'hangup', cause: 'not_allowed' },
    ],
  };
}

/** The ways to a number. Gateways that are known not to answer come last: they may be back. */
function waysThrough(view: RoutingView, trunk: Trunk, number: string): readonly TrunkWay[] {
  const name = view.directory.trunkName(trunk);
  const ways = outboundAddresses(trunk).map(({ host, port, transport }) => ({
    trunk: name,
    trunkId: trunk.id,
    number,
    gateway: { host, port, transport },
  }));
  const { true: later = [], false: first = [] } = Object.groupBy(ways, ({ gateway }) =>
    String(view.isOutOfReach?.(name, addressText(gateway)) ?? false),
  );
  return [...first, ...later];
}

/** A number as a provider wants it. */
const asWanted = ({ techPrefix, leadingPlus }: Trunk, number: string): string =>
  techPrefix + (leadingPlus ? number : number.replace(/^\+/, ''));

/**
 * The attempts to reach a number through the providers of the account, or else through those that its operator
 * shares. The demo account has none: its calls stay in the house.
 */
function throughTrunks(
  view: RoutingView,
  choose: (trunks: readonly Trunk[]) => readonly Trunk[],
  number: string,
  worded: (trunk: Trunk, number: string) => string = asWanted,
): readonly (readonly RingTarget[])[] {
  const { account, trunks } = view.account;
  if (account.isDemo) return [];
  const shared = account.operatorId && view.directory.account(account.operatorId)?.trunks;
  for (const offered of [trunks, shared ?? []]) {
    const targets = choose(offered).flatMap((trunk): RingTarget[] => {
      const ways = waysThrough(view, trunk, worded(trunk, number));
      const { id: trunkId } = trunk;
      return ways.length > 0
        ? [{ kind: 'trunk', trunk: view.directory.trunkName(trunk), trunkId, number, ways }]
        : [];
    });
    if (targets.length > 0) return targets.map((target) => [target]);
  }
  return [];
}

/** An application is asked what is to happen: everything else is in its answer. */
function toApplication(view: RoutingView, id: ApplicationId): Route {
  const reference = view.account.applications.get(id);
  if (!reference) return refused(view, 'unallocated');
  return {
    kind: 'program',
    source: { dialect: 'jambonz', reference },
    instructions: [
      {
        do: 'ask',
        question: { ask: 'call' },
        otherwise: [{ do: 'hangup', cause: 'no_answer', sipStatus: 480 }],
      },
    ],
  };
}

/** A number of this account, wherever it leads. */
function toOwnNumber(view: RoutingView, number: Pick<PhoneNumber, 'target'>, depth: number): Route {
  const { target } = number;
  if (target.kind === 'user') {
    const user = view.account.users.get(target.userId);
    return user ? toUser(view, user) : refused(view, 'unallocated');
  }
  if (target.kind === 'dial') return resolve(view, target.dialled, depth + 1);
  if (target.kind === 'application') return toApplication(view, target.applicationId);
  return refused(view, 'unallocated');
}

function toNumber(view: RoutingView, number: E164, depth: number): Route {
  const owner = view.directory.ownerOf(number);
  const { account } = view.account;
  if (owner && owner.directory.account.id === account.id)
    return toOwnNumber(view, owner.number, depth);
  if (owner) {
    const remote: RingTarget = { kind: 'remote', accountId: owner.directory.account.id, number };
    return { kind: 'ring', attempts: [[remote]], emergency: false };
  }
  const attempts = throughTrunks(view, (trunks) => chooseTrunks(trunks, number), number);
  if (attempts.length === 0) return refused(view, 'unallocated');
  return { kind: 'ring', attempts, emergency: false };
}

function toExtension(view: RoutingView, dialled: string): Route | undefined {
  for (const user of view.account.users.values()) {
    if (user.extension === dialled) return toUser(view, user);
  }
  for (const endpoint of view.account.endpoints.values()) {
    if (endpoint.username === dialled) {
      return { kind: 'ring', attempts: [endpointTargets(view, endpoint)], emergency: false };
    }
  }
  return undefined;
}

function resolve(view: RoutingView, dialled: string, depth: number): Route {
  const { account } = view.account;
  if (depth > longestChain) return refused(view, 'unallocated');
  const help = emergencyNumber(dialled, account.country);
  if (help) return toEmergency(view, help);
  const feature = featureProgram(dialled, account, view.now);
  if (feature) return { kind: 'program', instructions: feature };
  const extension = toExtension(view, dialled);
  if (extension) return extension;
  const number = parseE164(dialled, account);
  return number ? toNumber(view, number, depth) : refused(view, 'unallocated');
}

/**
 * What a dialled string leads to, in this order: emergency number of the country, feature code,
 * extension, national or international number. Pure: the same view gives the same route, so that it can
 * be asked what would happen.
 * @param dialled - as it came: separators are allowed in numbers
 */
export const resolveDestination = (view: RoutingView, dialled: string): Route =>
  resolve(view, dialled.trim(), 0);

/** The numbers that a provider may mean: as the plan reads it, else all digits with a plus before them. */
export const numbersIn = (dialled: string, read: E164 | undefined): readonly E164[] => {
  const written = /^\+?([1-9]\d{2,14})$/.exec(dialled)?.[1];
  return [...(read ? [read] : []), ...(written ? [`+${written}` as E164] : [])];
};

/**
 * What the account says about a call from a provider: one of its numbers, else a pattern. A provider that names no
 * number (it calls the registered contact) means the only one, if there is only one.
 * @param trunkId - whose call it is: patterns of other trunks do not count
 */
export function inboundNumber(
  view: RoutingView,
  dialled: string,
  trunkId?: TrunkId,
): Pick<PhoneNumber, 'target'> | undefined {
  const { numbers, patterns, account } = view.account;
  const number = parseE164(dialled, account);
  const known = numbersIn(dialled, number).flatMap(
    (meant) => numbers.find(({ e164 }) => e164 === meant) ?? [],
  );
  if (known[0]) return known[0];
  const pattern = choosePattern(patterns, number ?? dialled, trunkId);
  if (pattern) return pattern;
  return number === undefined && numbers.length === 1 ? numbers[0] : undefined;
}

/** A number that is there and leads nowhere: somebody may be there later. @see RFC 3261 section 21.4.18 */
const nobodyThere: Route = {
  kind: 'refuse',
  cause: 'no_answer',
  instructions: [{ do: 'hangup', cause: 'no_answer', sipStatus: 480 }],
};

/**
 * What happens to a call that a provider delivers for a number: what the number says, else what is said of the
 * provider's calls as a whole.
 * @param trunk - whose call it is
 */
export function resolveInbound(
  view: RoutingView,
  dialled: string,
  trunk?: Pick<Trunk, 'id' | 'applicationId'>,
): Route {
  const own = inboundNumber(view, dialled, trunk?.id);
  const leads = own && own.target.kind !== 'none';
  if (!leads && trunk?.applicationId) return toApplication(view, trunk.applicationId);
  if (own && !leads) return nobodyThere;
  return own ? toOwnNumber(view, own, 0) : refused(view, 'unallocated');
}
