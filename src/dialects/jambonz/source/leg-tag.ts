import type { LegView } from '../../../core/calls/index.ts';
import type { Tag } from '../../../core/programs/index.ts';
import type { Json } from '../../../kernel/json.ts';
import type { HookRef } from '../compile/hook-ref.ts';

/** What is kept with a leg in the words of this dialect. All of it may be missing. */
export interface LegTag {
  /** What the application sticks to the call. */
  readonly customerData?: Json;
  /** What `config` chose, BCP 47. */
  readonly language?: string;
  /** The number that a call of ours was asked to come from. */
  readonly from?: string;
  /** Hooks of a call that was made without an application, or with hooks of its own. */
  readonly callHook?: HookRef;
  readonly statusHook?: HookRef;
  /** Whether somebody removed the call from the list: nobody is shown it any more. */
  readonly isRemoved?: true;
  /** Verbs to run instead of asking. */
  readonly steps?: string;
}

export const tagOf = ({ tag }: Pick<LegView, 'tag'>): LegTag => (tag ?? {}) as LegTag;

export const asTag = (tag: LegTag): Tag => ({ ...tag }) as Tag;
