import type {
  EndpointName,
  EngineEndpoint,
  EngineTrunk,
  TrunkName,
} from '../../engine/port/index.ts';
import type {
  AccountId,
  ApplicationId,
  EndpointId,
  Sid,
  TrunkId,
  UserId,
} from '../../kernel/ids.ts';
import type { E164 } from '../../kernel/phone-number.ts';
import type { Account } from '../accounts/index.ts';
import type { Endpoint } from '../endpoints/index.ts';
import type { NumberPattern, PhoneNumber } from '../numbers/index.ts';
import type { Trunk } from '../trunks/index.ts';
import type { User } from '../users/index.ts';

/** Everything of one account that routing looks at: a consistent picture, replaced when anything changes. */
export interface AccountDirectory {
  readonly account: Account;
  readonly users: ReadonlyMap<UserId, User>;
  readonly endpoints: ReadonlyMap<EndpointId, Endpoint>;
  readonly numbers: readonly PhoneNumber[];
  /** Looked at after the numbers, for calls from outside. */
  readonly patterns: readonly NumberPattern[];
  readonly trunks: readonly Trunk[];
  /** Program sources know an application by its second id. */
  readonly applications: ReadonlyMap<ApplicationId, Sid>;
}

/**
 * The configuration that calls are routed by, held in memory and kept current by events. Crosses
 * accounts: the only one besides signing in that does.
 */
export interface Directory {
  account(id: AccountId): AccountDirectory | undefined;
  defaultAccount(): AccountDirectory | undefined;
  /** The accounts that an operator owns. */
  customersOf(operatorId: AccountId): readonly AccountDirectory[];
  /** The account that owns a public number, and the number. */
  ownerOf(
    number: E164,
  ): { readonly directory: AccountDirectory; readonly number: PhoneNumber } | undefined;
  byEndpointName(
    name: EndpointName,
  ): { readonly directory: AccountDirectory; readonly endpoint: Endpoint } | undefined;
  byTrunkName(
    name: TrunkName,
  ): { readonly directory: AccountDirectory; readonly trunk: Trunk } | undefined;
  endpointName(endpoint: Endpoint): EndpointName;
  trunkName(trunk: { readonly id: TrunkId }): TrunkName;
}

/** What the engine must know. Crosses accounts. */
export interface DirectoryStore {
  loadAccount(id: AccountId): Promise<AccountDirectory | undefined>;
  loadAll(): Promise<readonly AccountDirectory[]>;
  /** Trunks with their decrypted secrets, for the engine alone. */
  engineTrunks(): Promise<readonly EngineTrunk[]>;
  engineEndpoints(): Promise<readonly EngineEndpoint[]>;
}
