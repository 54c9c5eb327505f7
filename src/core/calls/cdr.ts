import type { HangupCause } from '../../engine/port/index.ts';
import type {
  AccountId,
  CallId,
  EndpointId,
  LegId,
  Sid,
  TrunkId,
  UserId,
} from '../../kernel/ids.ts';
import type { ProgramSourceRef, Tag } from '../programs/index.ts';

/** The record of one leg, written once when it ends, before anybody is told. */
export interface Cdr {
  readonly legId: LegId;
  readonly sid: Sid;
  readonly callId: CallId;
  readonly accountId: AccountId;
  readonly parentLegId: LegId | undefined;
  readonly rootLegId: LegId;
  readonly direction: 'inbound' | 'outbound';
  readonly role: 'caller' | 'callee';
  readonly userId: UserId | undefined;
  readonly endpointId: EndpointId | undefined;
  readonly trunkId: TrunkId | undefined;
  readonly number: string;
  readonly name: string;
  readonly dialled: string;
  readonly startedAt: Date;
  readonly ringingAt: Date | undefined;
  readonly answeredAt: Date | undefined;
  readonly endedAt: Date;
  /** Whole seconds from answer to end; 0 if it was never answered. */
  readonly durationSeconds: number;
  readonly cause: HangupCause;
  readonly sipStatus: number | undefined;
  /** Who ended it: the leg's own party, or we. */
  readonly endedBy: 'party' | 'exchange';
  /** Whose doing it was, and what that kept with it. */
  readonly source: ProgramSourceRef | undefined;
  readonly tag: Tag | undefined;
}
