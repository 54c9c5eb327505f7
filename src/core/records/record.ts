import type { RecordingId, Sid } from '../../kernel/ids.ts';
import type { Cdr } from '../calls/index.ts';

/** The record of a leg, with whose it is and what belongs to it. */
export interface CallRecord {
  readonly cdr: Cdr;
  readonly accountSid: Sid;
  readonly operatorSid: Sid;
  readonly trunkName: string | undefined;
  /** The number of the leg that made it. */
  readonly parentNumber: string | undefined;
  /** The last one that is stored. */
  readonly recordingId: RecordingId | undefined;
}

/** Which records are wanted; newest come first. */
export interface RecordQuery {
  /** When the leg began. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly direction?: 'inbound' | 'outbound' | undefined;
  readonly answered?: boolean | undefined;
  /** The whole name of a trunk. */
  readonly trunk?: string | undefined;
  /** A part of a number, name or second id, in any letter case. */
  readonly text?: string | undefined;
  readonly sid?: Sid | undefined;
  readonly offset: number;
  readonly limit: number;
}

export interface RecordPage {
  readonly records: readonly CallRecord[];
  /** Matches before paging. */
  readonly total: number;
}
