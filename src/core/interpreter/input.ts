import type { HangupCause } from '../../engine/port/index.ts';
import type { LegId } from '../../kernel/ids.ts';

/** What a running instruction may hear of. */
export type Input =
  /** Another leg of the same call changed. */
  | {
      readonly type: 'leg';
      readonly change: 'progress' | 'ringing' | 'answered' | 'ended';
      readonly legId: LegId;
      readonly cause: HangupCause | undefined;
    }
  /** The leg itself was answered. */
  | { readonly type: 'self_answered' }
  | { readonly type: 'dtmf'; readonly digit: string }
  | { readonly type: 'playback_finished'; readonly playback: string; readonly ok: boolean }
  | { readonly type: 'deadline'; readonly name: string }
  /** Something that was asked for is there. */
  | { readonly type: 'work_done'; readonly work: string; readonly value: unknown }
  | { readonly type: 'work_failed'; readonly work: string; readonly error: unknown };

/** Why a running instruction is cut short. */
export type AbortReason = 'hangup' | 'replaced' | 'break';
