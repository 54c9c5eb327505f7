import type { EngineLegId, LegTarget, NewEngineLeg } from '../../engine/port/index.ts';
import type { CallId } from '../../kernel/ids.ts';
import { type LegId, newId, newSid } from '../../kernel/ids.ts';
import type { Leg, Party } from '../calls/index.ts';
import type { StoredProgram, Tag } from '../programs/index.ts';
import type { RingTarget } from '../routing/index.ts';

const partyOf = (target: RingTarget): Party => {
  switch (target.kind) {
    case 'contact':
      return { kind: 'endpoint', endpointId: target.endpointId, userId: target.userId };
    case 'trunk':
      return { kind: 'trunk', trunkId: target.trunkId };
    case 'remote':
      return { kind: 'remote' };
    case 'service':
      return { kind: 'service', service: target.service };
  }
};

/** The target in the engine's words. @param token - names the other side of a call between accounts */
export const engineTarget = (target: RingTarget, token: string): LegTarget => {
  switch (target.kind) {
    case 'contact':
      return { kind: 'contact', endpoint: target.endpoint, uri: target.uri };
    case 'trunk':
      return { kind: 'trunk', trunk: target.trunk, number: target.number };
    case 'remote':
      return { kind: 'internal', token };
    case 'service':
      return target;
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
): NewEngineLeg => ({
  id: leg.engineId,
  target: engineTarget(target, leg.internalToken ?? ''),
  caller,
  ringTimeoutSeconds,
  ...(partner ? { partner } : {}),
  ...(headers ? { headers } : {}),
});
