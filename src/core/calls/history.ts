import type { AccountId, CallId, EndpointId, UserId } from '../../kernel/ids.ts';

export type HistoryStatus = 'answered' | 'missed' | 'busy' | 'rejected' | 'failed';

/** One call as one user remembers it. Written when the call ends. */
export interface HistoryEntry {
  /** Counts up over the installation. */
  readonly serial: number;
  readonly accountId: AccountId;
  readonly callId: CallId;
  readonly userId: UserId;
  readonly direction: 'incoming' | 'outgoing';
  readonly status: HistoryStatus;
  readonly fromNumber: string;
  readonly fromName: string;
  readonly toNumber: string;
  readonly toName: string;
  /** The device that talked, else the first that rang or called. */
  readonly endpointId: EndpointId;
  readonly startedAt: Date;
  readonly answeredAt: Date | undefined;
  readonly endedAt: Date;
  readonly durationSeconds: number;
}

export type NewHistoryEntry = Omit<HistoryEntry, 'serial'>;

export interface HistoryConnections {
  readonly userIds: readonly UserId[];
  readonly endpointIds: readonly EndpointId[];
}

export interface HistoryQuery {
  /** Undefined: of every user of the account. */
  readonly userId: UserId | undefined;
  readonly directions: readonly HistoryDirection[] | undefined;
  /** Of any of these users, or through any of these devices. */
  readonly connections: HistoryConnections | undefined;
  readonly from: Date | undefined;
  readonly to: Date | undefined;
  /** From or to this number, with or without plus. */
  readonly number: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

export type HistoryDirection = 'incoming' | 'outgoing' | 'missed_incoming' | 'missed_outgoing';

export interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  /** Matches before paging. */
  readonly total: number;
}
