import type { TrunkStatus } from '../../engine/port/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Sid, TrunkId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/page.ts';
import type { NewTrunk, Trunk, TrunkChange } from './trunk.ts';

/** A trunk and how it stands with its provider now. */
export interface LiveTrunk {
  readonly trunk: Trunk;
  readonly state: TrunkStatus['state'];
}

/** The provider connections of the actor's account; administrators only. Changes reach the engine at once. */
export interface Trunks {
  list(actor: Actor, page: PageRequest): Promise<Page<LiveTrunk>>;
  all(actor: Actor): Promise<readonly LiveTrunk[]>;
  /** @throws {DomainError} `trunk.not_found` */
  get(actor: Actor, id: TrunkId): Promise<LiveTrunk>;
  /** A trunk of the account, or one that its operator shares, by its second id. */
  shared(actor: Actor, sid: Sid): Trunk | undefined;
  create(actor: Actor, trunk: NewTrunk): Promise<LiveTrunk>;
  change(actor: Actor, id: TrunkId, change: TrunkChange): Promise<LiveTrunk>;
  remove(actor: Actor, id: TrunkId): Promise<void>;
}
