import type { EngineLegId, LegTarget, NewEngineLeg, SipRoute } from '../../engine/port/index.ts';
import type { CallId } from '../../kernel/ids.ts';
import { type LegId, newId, newSid } from '../../kernel/ids.ts';
import type { Leg, LiveCalls, Party } from '../calls/index.ts';
import type { StoredProgram, Tag } from '../programs/index.ts';
import type { RingTarget, TrunkWay } from '../routing/index.ts';
import type { InterpreterPorts } from './ports.ts';

const partyOf = (target: RingTarget): Party => {
  switch (target.kind) {
    case 'contact':
      return { kind: 'endpoint', endpointId: target.endpointId, userId: target.userId };
    case 'trunk':
      return { kind: 'trunk', trunkId: target.trunkId };
    case 'remote':
    case 'sip':
      return { kind: 'remote' };
    case 'service':
      return { kind: 'service', service: target.service };
  }
};

const throughGateway = ({ trunk, number, gateway }: TrunkWay): LegTarget => ({
  kind: 'trunk',
  trunk,
  number,
  gateway,
});

/** A leg remembers the further gateways that it may take. Call before it is asked for. */
export function keepWays(
  live: Pick<LiveCalls, 'changeLeg'>,
  leg: Leg,
  target: RingTarget,
  { id: _id, target: _target, ...asked }: NewEngineLeg,
): void {
  if (target.kind !== 'trunk' || target.ways.length < 2) return;
  const left = target.ways
    .slice(1)
    .map((way) => ({ trunkId: way.trunkId, target: throughGateway(way) }));
  live.changeLeg(leg.id, { ways: { asked, left } });
}

/** How an address somewhere else is reached, and with which password. */
export interface SipWay {
  readonly route: SipRoute;
  readonly password: string | undefined;
}

/**
 * Finds the way to a target, if it is one that must be found.
 * @throws {DomainError} `sip_target.refused`, `sip_target.unreachable`
 */
export async function sipWay(
  { sipTargets }: Pick<InterpreterPorts, 'sipTargets'>,
  target: RingTarget,
): Promise<SipWay | undefined> {
  if (target.kind !== 'sip') return undefined;
  const { sealedPassword } = target;
  return {
    route: await sipTargets.find(target.uri),
    password: sealedPassword && sipTargets.open(sealedPassword),
  };
}

/**
 * The target in the engine's words.
 * @param token - names the other side of a call between accounts
 * @param way - to an address somewhere else
 */
export const engineTarget = (
  target: RingTarget,
  token: string,
  way: SipWay | undefined,
): LegTarget => {
  switch (target.kind) {
    case 'contact':
      return { kind: 'contact', endpoint: target.endpoint, uri: target.uri };
    case 'trunk': {
      const [way] = target.ways;
      if (!way) throw new Error(`the trunk ${target.trunk} has no gateway`);
      return throughGateway(way);
    }
    case 'remote':
      return { kind: 'internal', token };
    case 'sip': {
      if (!way) throw new Error('the way to an address was not looked for');
      const { uri, username, fromHost } = target;
      const { route, password } = way;
      const login = username && password !== undefined ? { username, password } : undefined;
      return {
        kind: 'sip',
        uri,
        route,
        ...(login && { login }),
        ...(fromHost && { fromHost }),
      };
    }
    case 'service':
      return { kind: 'service', service: target.service };
  }
};

export interface OutboundLeg {
  readonly callId: CallId;
  readonly accountId: Leg['accountId'];
  readonly role: Leg['role'];
  readonly target: RingTarget;
  readonly dialled: string;
  readonly parent: Leg | undefined;
  readonly program: StoredProgram | undefined;
  /** What the source keeps with it besides what it keeps with the parent. */
  readonly tag?: Tag;
  readonly at: Date;
  readonly mostSeconds?: number;
}

/** A leg that is about to be made. Its id in the engine is its own, so that it is known beforehand. */
export function outboundLeg(wanted: OutboundLeg): Leg {
  const id = newId<LegId>();
  const { target } = wanted;
  return {
    id,
    sid: newSid(),
    engineId: id as string as EngineLegId,
    callId: wanted.callId,
    accountId: wanted.accountId,
    direction: 'outbound',
    role: wanted.role,
    party: partyOf(target),
    number: 'number' in target ? target.number : '',
    name: target.kind === 'contact' ? target.name : '',
    dialled: wanted.dialled,
    state: 'calling',
    startedAt: wanted.at,
    ringingAt: undefined,
    answeredAt: undefined,
    endedAt: undefined,
    cause: undefined,
    sipStatus: undefined,
    parentLegId: wanted.parent?.id,
    rootLegId: wanted.parent?.rootLegId ?? id,
    heldBy: [],
    mutedBy: [],
    bridge: undefined,
    program: wanted.program,
    source: wanted.parent?.source ?? wanted.program?.source,
    tag: wanted.tag ? { ...wanted.parent?.tag, ...wanted.tag } : wanted.parent?.tag,
    consultation: undefined,
    recordings: [],
    internalToken: target.kind === 'remote' ? id : undefined,
    ...(wanted.mostSeconds && { mostSeconds: wanted.mostSeconds }),
  };
}

/** What the engine is asked to make. */
export const toEngineLeg = (
  leg: Leg,
  target: RingTarget,
  caller: NewEngineLeg['caller'],
  ringTimeoutSeconds: number,
  partner: EngineLegId | undefined,
  headers: NewEngineLeg['headers'] = undefined,
  way: SipWay | undefined = undefined,
): NewEngineLeg => ({
  id: leg.engineId,
  target: engineTarget(target, leg.internalToken ?? '', way),
  caller,
  ringTimeoutSeconds,
  ...(partner ? { partner } : {}),
  ...(headers ? { headers } : {}),
});
