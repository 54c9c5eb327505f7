import type { HangupCause } from '../../engine/port/index.ts';
import type { AccountId, CallId, EndpointId, LegId, Sid, TrunkId } from '../../kernel/ids.ts';
import type { ProgramSourceRef, Tag } from '../programs/index.ts';
import type { Cdr } from './cdr.ts';
import type { Leg, LegState } from './leg.ts';

/** A leg as it is now, or as it was when it ended. */
export interface LegView {
  readonly id: LegId;
  readonly sid: Sid;
  readonly callId: CallId;
  readonly accountId: AccountId;
  readonly parentLegId: LegId | undefined;
  readonly direction: Leg['direction'];
  readonly endpointId: EndpointId | undefined;
  readonly trunkId: TrunkId | undefined;
  readonly number: string;
  readonly name: string;
  readonly dialled: string;
  readonly state: LegState;
  readonly startedAt: Date;
  readonly answeredAt: Date | undefined;
  readonly endedAt: Date | undefined;
  /** Whole seconds from answer to end; undefined until then. */
  readonly durationSeconds: number | undefined;
  readonly cause: HangupCause | undefined;
  readonly sipStatus: number | undefined;
  readonly endedBy: Cdr['endedBy'] | undefined;
  readonly source: ProgramSourceRef | undefined;
  readonly tag: Tag | undefined;
}

/** A running leg. */
export const viewOfLeg = (leg: Leg): LegView => ({
  ...leg,
  endpointId: leg.party.kind === 'endpoint' ? leg.party.endpointId : undefined,
  trunkId: leg.party.kind === 'trunk' ? leg.party.trunkId : undefined,
  durationSeconds: undefined,
  endedBy: undefined,
});

/** A leg that has ended. */
export const viewOfCdr = (cdr: Cdr): LegView => ({ ...cdr, id: cdr.legId, state: 'hangup' });
