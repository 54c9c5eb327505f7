import type { AccountId } from '../../kernel/ids.ts';
import type { Profile, ProfileChange } from './profile.ts';

export interface ProfileStore {
  find(accountId: AccountId): Promise<Profile | undefined>;
  /** Of several accounts at once; crosses them. */
  findMany(accountIds: readonly AccountId[]): Promise<readonly Profile[]>;
  /** An empty one with this secret, unless there is one. */
  ensure(accountId: AccountId, webhookSecret: string): Promise<void>;
  change(
    accountId: AccountId,
    change: ProfileChange & { readonly webhookSecret?: string },
  ): Promise<void>;
}
