import type { Actor } from '../../kernel/actor.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Profile, ProfileChange } from './profile.ts';

/** What accounts' programs and hooks need to know of them. Every account has a profile, made when it is first read. */
export interface Profiles {
  /** For program sources and whoever sends hooks. */
  of(accountId: AccountId): Promise<Profile>;
  /** Of accounts that somebody reaches. */
  ofMany(accountIds: readonly AccountId[]): Promise<ReadonlyMap<AccountId, Profile>>;
  /** Of the actor's account. @throws {DomainError} `hook.invalid`, `application.not_found` */
  change(actor: Actor, change: ProfileChange): Promise<void>;
  /** A new secret, with which everything is signed from now on. */
  renewSecret(actor: Actor): Promise<string>;
}
