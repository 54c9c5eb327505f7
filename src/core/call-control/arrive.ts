import type { EngineFact } from '../../engine/port/index.ts';
import { cleanText } from '../../kernel/hostile-text.ts';
import { type CallId, type LegId, newId, newSid } from '../../kernel/ids.ts';
import { parseE164 } from '../../kernel/phone-number.ts';
import type { Leg, Party } from '../calls/index.ts';
import type { Endpoint } from '../endpoints/index.ts';
import { about, legCreated, routingView } from '../interpreter/index.ts';
import { choosePattern } from '../numbers/index.ts';
import type { Instruction, ProgramSourceRef } from '../programs/index.ts';
import {
  type AccountDirectory,
  announcement,
  inboundNumber,
  isEmergencyNumber,
  numbersIn,
  resolveDestination,
  resolveInbound,
} from '../routing/index.ts';
import type { Trunk } from '../trunks/index.ts';
import { displayName } from '../users/index.ts';
import { whyNotAdmitted } from './admit.ts';
import type { Exchange } from './ports.ts';

type Arrived = Extract<EngineFact, { type: 'leg.arrived' }>;

/** Who arrived, in whose account, and what becomes of it. */
interface Arrival {
  readonly account: AccountDirectory;
  readonly party: Party;
  readonly number: string;
  readonly name: string;
  readonly dialled: string;
  readonly instructions: readonly Instruction[];
  readonly token: string | undefined;
  /** Who wrote the program, if routing did not. */
  readonly source: ProgramSourceRef | undefined;
}

/** Seconds that what somebody dialled may ring. */
const ringTimeoutSeconds = 60;

const dialWhatWasDialled = (dialled: string): readonly Instruction[] => [
  {
    do: 'dial',
    targets: [{ kind: 'dialled', dialled }],
    order: 'parallel',
    ringTimeoutSeconds,
  },
];

/** What is done with a call, and by whom. */
type Plan = Pick<Arrival, 'instructions' | 'source'>;

const byRouting = (instructions: readonly Instruction[]): Plan => ({
  instructions,
  source: undefined,
});

/** Whether a device or its user is called by name, not by a number. */
const isNameOfDevice = (account: AccountDirectory, dialled: string): boolean =>
  [...account.endpoints.values()].some(({ username }) => username === dialled) ||
  [...account.users.values()].some(({ extension }) => extension === dialled);

/** A device is connected with what it dialled; where that is an application of its account, that is asked. */
function outboundProgram(
  exchange: Exchange,
  account: AccountDirectory,
  { mayCall }: Endpoint,
  dialled: string,
): Plan {
  const view = routingView(exchange, account.account.id);
  const route = view && resolveDestination(view, dialled);
  if (!mayCall.users && isNameOfDevice(account, dialled))
    return byRouting([{ do: 'hangup', cause: 'not_allowed' }]);
  return route?.kind === 'program' && route.source
    ? { instructions: route.instructions, source: route.source }
    : byRouting(dialWhatWasDialled(dialled));
}

function fromEndpoint(exchange: Exchange, fact: Arrived): Arrival | undefined {
  if (fact.origin.kind !== 'endpoint') return undefined;
  const found = exchange.directory.byEndpointName(fact.origin.endpoint);
  if (!found) return undefined;
  const { directory: account, endpoint } = found;
  const user = endpoint.userId && account.users.get(endpoint.userId);
  return {
    account,
    party: { kind: 'endpoint', endpointId: endpoint.id, userId: endpoint.userId },
    number: user?.extension || endpoint.username,
    name: user ? displayName(user) : endpoint.alias,
    dialled: fact.dialled,
    ...outboundProgram(exchange, account, endpoint, fact.dialled),
    token: undefined,
  };
}

/** What a call from outside leads to: only what the account's numbers say, never its trunks. */
function inboundProgram(
  exchange: Exchange,
  account: AccountDirectory,
  dialled: string,
  trunk?: Trunk,
): Plan {
  const view = routingView(exchange, account.account.id);
  const route = view && resolveInbound(view, dialled, trunk);
  if (!route) return byRouting([{ do: 'hangup', cause: 'unallocated' }]);
  if (route.kind === 'program') return { instructions: route.instructions, source: route.source };
  if (route.kind === 'refuse') return byRouting(route.instructions);
  const number = inboundNumber(view, dialled, trunk?.id);
  if (number?.target.kind === 'user') {
    return byRouting([
      {
        do: 'dial',
        targets: [{ kind: 'user', userId: number.target.userId }],
        order: 'parallel',
        ringTimeoutSeconds,
      },
    ]);
  }
  return byRouting(
    number?.target.kind === 'dial'
      ? dialWhatWasDialled(number.target.dialled)
      : [{ do: 'hangup', cause: 'unallocated' }],
  );
}

/** In whose account a provider's call is: for a provider that an operator shares, the one that has the number. */
function whoseCall(
  { directory }: Exchange,
  owner: AccountDirectory,
  trunk: Trunk,
  dialled: string,
): AccountDirectory {
  const { account } = owner;
  if (account.kind !== 'operator') return owner;
  const number = parseE164(dialled, account);
  for (const meant of numbersIn(dialled, number)) {
    const found = directory.ownerOf(meant)?.directory;
    if (found?.account.operatorId === account.id) return found;
  }
  const customers = directory.customersOf(account.id);
  return (
    customers.find(({ patterns }) =>
      choosePattern(
        patterns.filter(({ trunkId }) => trunkId === trunk.id),
        number ?? dialled,
        trunk.id,
      ),
    ) ?? owner
  );
}

function fromTrunk(exchange: Exchange, fact: Arrived): Arrival | undefined {
  if (fact.origin.kind !== 'trunk') return undefined;
  const found = exchange.directory.byTrunkName(fact.origin.trunk);
  if (!found) return undefined;
  const account = whoseCall(exchange, found.directory, found.trunk, fact.dialled);
  return {
    account,
    party: { kind: 'trunk', trunkId: found.trunk.id },
    number: cleanText(fact.callerNumber, 64),
    name: cleanText(fact.callerName),
    dialled: fact.dialled,
    ...inboundProgram(exchange, account, fact.dialled, found.trunk),
    token: undefined,
  };
}

/** The other side of a call between two accounts: the far party is remote, its leg is the first account's. */
function fromOtherAccount(exchange: Exchange, fact: Arrived): Arrival | undefined {
  if (fact.origin.kind !== 'internal') return undefined;
  const { token } = fact.origin;
  const far = exchange.live.leg(token as LegId);
  const owner = far && exchange.directory.ownerOf(far.number as never);
  if (!far || !owner) return undefined;
  return {
    account: owner.directory,
    party: { kind: 'remote' },
    number: cleanText(fact.callerNumber, 64),
    name: cleanText(fact.callerName),
    dialled: far.number,
    ...inboundProgram(exchange, owner.directory, far.number),
    token,
  };
}

function admitted(
  exchange: Exchange,
  arrival: Arrival,
  emergency: boolean,
): readonly Instruction[] {
  const { account } = arrival.account;
  if (!exchange.admits()) return [{ do: 'hangup', cause: 'congestion' }];
  const why = emergency ? undefined : whyNotAdmitted(exchange, arrival.account);
  if (!why) return arrival.instructions;
  if (why === 'suspended') return [{ do: 'hangup', cause: 'congestion', sipStatus: 503 }];
  return [
    { do: 'progress' },
    {
      do: 'say',
      text: announcement('limit_reached', account.language),
      language: account.language,
    },
    { do: 'hangup', cause: 'congestion' },
  ];
}

function newLeg(fact: Arrived, arrival: Arrival, callId: CallId): Leg {
  const id = newId<LegId>();
  return {
    id,
    sid: newSid(),
    engineId: fact.leg,
    callId,
    accountId: arrival.account.account.id,
    direction: 'inbound',
    role: 'caller',
    party: arrival.party,
    number: arrival.number,
    name: arrival.name,
    dialled: cleanText(arrival.dialled, 64),
    state: 'calling',
    startedAt: fact.at,
    ringingAt: undefined,
    answeredAt: undefined,
    endedAt: undefined,
    cause: undefined,
    sipStatus: undefined,
    parentLegId: undefined,
    rootLegId: id,
    heldBy: [],
    mutedBy: [],
    bridge: undefined,
    program: undefined,
    source: arrival.source,
    tag: undefined,
    consultation: undefined,
    recordings: [],
    internalToken: arrival.token,
  };
}

/** A leg arrived: it becomes a call of its account and runs the program that routing gives it. */
export function applyLegArrived(exchange: Exchange, fact: Arrived): void {
  const { live, interpreter, engine, logger } = exchange;
  if (live.legByEngineId(fact.leg)) return;
  const arrival =
    fromEndpoint(exchange, fact) ?? fromTrunk(exchange, fact) ?? fromOtherAccount(exchange, fact);
  if (!arrival) {
    logger.warn({ origin: fact.origin }, 'a call arrived from nobody we know');
    engine.hangUp(fact.leg, 'rejected').catch(() => undefined);
    return;
  }
  const emergency = isEmergencyNumber(arrival.dialled, arrival.account.account.country);
  const instructions = admitted(exchange, arrival, emergency);
  const source =
    instructions === arrival.instructions && arrival.source
      ? arrival.source
      : ({ dialect: 'routing', reference: arrival.dialled } as const);
  const leg = newLeg(fact, arrival, newId<CallId>());
  live.putCall({
    id: leg.callId,
    accountId: leg.accountId,
    startedAt: fact.at,
    endedAt: undefined,
    rootLegId: leg.id,
    startedBy: undefined,
    mergedInto: undefined,
    emergency,
  });
  live.putLeg(leg);
  live.tell({
    type: 'call.started',
    accountId: leg.accountId,
    callId: leg.callId,
    from: leg.number,
    to: leg.dialled,
    at: fact.at,
  });
  live.tell(legCreated(leg));
  live.tell({ ...about(leg, fact.at), type: 'leg.progress' });
  interpreter.run(leg.id, source, instructions);
}
