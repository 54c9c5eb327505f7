import type { Actor } from '../../kernel/actor.ts';
import type { AccountId, Sid } from '../../kernel/ids.ts';
import type { NewSipAddress, SipAddress } from './installation.ts';

/** What holds for the whole installation. Only whoever manages it may change anything. */
export interface Installation {
  /** Those of an operator, else those for everybody, else where the exchange itself listens. */
  sipAddresses(operatorId: AccountId | undefined): Promise<readonly SipAddress[]>;
  /** @throws {DomainError} `access.forbidden`, `installation.invalid` */
  addSipAddress(actor: Actor, address: NewSipAddress): Promise<SipAddress>;
  /** @throws {DomainError} `access.forbidden`, `installation.address_not_found` */
  removeSipAddress(actor: Actor, sid: Sid): Promise<void>;
}
