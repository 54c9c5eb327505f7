import type { HangupCause } from '../../engine/port/index.ts';
import type { LegId } from '../../kernel/ids.ts';
import type { Meanwhile } from '../programs/index.ts';

/** What a running instruction may hear of. */
export type Input =
  /** Another leg of the same call changed. */
  | {
      readonly type: 'leg';
      readonly change: 'progress' | 'ringing' | 'answered' | 'accepted' | 'ended';
      readonly legId: LegId;
      readonly cause: HangupCause | undefined;
    }
  /** The leg itself was answered. */
  | { readonly type: 'self_answered' }
  | { readonly type: 'dtmf'; readonly digit: string }
  /** A key was pressed at a leg that this one's program made. */
  | { readonly type: 'far_dtmf'; readonly legId: LegId; readonly digit: string }
  /** The party of the leg was asked to call somebody else, and that is over. */
  | { readonly type: 'referred'; readonly ok: boolean; readonly sipStatus: number | undefined }
  | { readonly type: 'playback_finished'; readonly playback: string; readonly ok: boolean }
  | { readonly type: 'deadline'; readonly name: string }
  /** The conference that the leg is in changed, or the leg is steered in it. */
  | {
      readonly type: 'conference';
      readonly change: 'started' | 'ending' | 'ended' | 'kicked' | 'held' | 'resumed';
      /** With `held`: what it hears. */
      readonly meanwhile?: Meanwhile;
    }
  /** Something happened in the queue in which the leg waits, or from which it takes. */
  | {
      readonly type: 'queue';
      readonly change:
        | 'offered' /* to a taker: somebody waits */
        | 'taken' /* to an entry: it is about to be joined */
        | 'freed' /* to an entry: it is not, after all */
        | 'bridged' /* to an entry: it is joined */
        | 'parted' /* to either: the other one is no longer there */
        | 'moved' /* to an entry: it waits in another queue */
        | 'removed' /* to either: it is to wait no longer */;
      readonly legId?: LegId;
    }
  /** Something that was asked for is there. */
  | { readonly type: 'work_done'; readonly work: string; readonly value: unknown }
  | { readonly type: 'work_failed'; readonly work: string; readonly error: unknown };

/** Why a running instruction is cut short. */
export type AbortReason = 'hangup' | 'replaced' | 'break';
