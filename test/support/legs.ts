import type { Call, Leg } from '../../src/core/calls/index.ts';
import type { EngineLegId } from '../../src/engine/port/index.ts';
import {
  type AccountId,
  type CallId,
  type EndpointId,
  type LegId,
  newId,
  newSid,
  type UserId,
} from '../../src/kernel/ids.ts';

const startedAt = new Date('2026-03-17T17:05:00.000Z');

/** An account that nothing but its id is known of. */
export const someAccountId = newId<AccountId>();

/** A call that runs. */
export const aCall = (change: Partial<Call> = {}): Call => ({
  id: newId<CallId>(),
  accountId: someAccountId,
  startedAt,
  endedAt: undefined,
  rootLegId: newId<LegId>(),
  startedBy: undefined,
  mergedInto: undefined,
  emergency: false,
  ...change,
});

/** A leg of a call, that of the phone which called unless said otherwise. */
export function aLeg(call: Call, change: Partial<Leg> = {}): Leg {
  const id = change.id ?? newId<LegId>();
  return {
    id,
    sid: newSid(),
    engineId: id as string as EngineLegId,
    callId: call.id,
    accountId: call.accountId,
    direction: 'inbound',
    role: 'caller',
    party: { kind: 'endpoint', endpointId: newId<EndpointId>(), userId: newId<UserId>() },
    number: '201',
    name: 'Alice',
    dialled: '202',
    state: 'calling',
    startedAt: call.startedAt,
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
    source: undefined,
    tag: undefined,
    consultation: undefined,
    recordings: [],
    internalToken: undefined,
    ...change,
  };
}

/** So many seconds after a call began. */
export const secondsInto = (call: Call, seconds: number): Date =>
  new Date(call.startedAt.getTime() + seconds * 1000);
