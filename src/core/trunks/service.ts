import type { TrunkStatus } from '../../engine/port/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { GatewayId, Sid, TrunkId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/page.ts';
import type { Gateway, GatewayChange, NewGateway } from './gateway.ts';
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
  /** How a trunk stands with its provider now. */
  stateOf(trunk: Pick<Trunk, 'id'>): LiveTrunk['state'];
  create(actor: Actor, trunk: NewTrunk): Promise<LiveTrunk>;
  change(actor: Actor, id: TrunkId, change: TrunkChange): Promise<LiveTrunk>;
  /** With its gateways. @throws {DomainError} `trunk.in_use` (conflict) while numbers belong to it */
  remove(actor: Actor, id: TrunkId): Promise<void>;
  /** Makes the gateway that is tried last. @throws {DomainError} `trunk.not_found`, `trunk.invalid` */
  addGateway(actor: Actor, id: TrunkId, gateway: NewGateway): Promise<Gateway>;
  /** @throws {DomainError} `trunk.gateway_not_found`, `trunk.invalid` */
  changeGateway(actor: Actor, gateway: Gateway, change: GatewayChange): Promise<void>;
  removeGateway(actor: Actor, id: GatewayId): Promise<void>;
}
