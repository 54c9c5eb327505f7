import type { AccountId, GatewayId, TrunkId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/page.ts';
import type { GatewayChange, NewGateway } from './gateway.ts';
import type { NewTrunk, Trunk, TrunkChange } from './trunk.ts';

export interface TrunkStore {
  find(accountId: AccountId, id: TrunkId): Promise<Trunk | undefined>;
  list(accountId: AccountId, page: PageRequest): Promise<Page<Trunk>>;
  all(accountId: AccountId): Promise<readonly Trunk[]>;
  insert(accountId: AccountId, trunk: NewTrunk): Promise<Trunk>;
  change(accountId: AccountId, id: TrunkId, change: TrunkChange): Promise<Trunk | undefined>;
  remove(accountId: AccountId, id: TrunkId): Promise<boolean>;
  secret(accountId: AccountId, id: TrunkId): Promise<string | undefined>;
  /** The trunk with its new gateway, which is the last; `undefined` if there is no such trunk. */
  insertGateway(accountId: AccountId, id: TrunkId, gateway: NewGateway): Promise<Trunk | undefined>;
  /** The trunk of the gateway. */
  changeGateway(
    accountId: AccountId,
    id: GatewayId,
    change: GatewayChange,
  ): Promise<Trunk | undefined>;
  removeGateway(accountId: AccountId, id: GatewayId): Promise<Trunk | undefined>;
}
