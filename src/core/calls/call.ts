import type { DialectName } from '../../kernel/actor.ts';
import type { AccountId, CallId, LegId, UserId } from '../../kernel/ids.ts';

/** The legs that belong together now. */
export interface Call {
  readonly id: CallId;
  readonly accountId: AccountId;
  readonly startedAt: Date;
  readonly endedAt: Date | undefined;
  /** The first leg of the causal tree. */
  readonly rootLegId: LegId;
  /** Who began it, if a person or credential did. */
  readonly startedBy:
    | { readonly dialect: DialectName; readonly userId: UserId | undefined }
    | undefined;
  /** The call that goes on after two were joined. */
  readonly mergedInto: CallId | undefined;
  /** The ids of calls that were joined with it, which lead to it while it runs. */
  readonly absorbed?: readonly CallId[];
  /** Counted in the account's limit. */
  readonly emergency: boolean;
}
