import type { Actor } from '../../kernel/actor.ts';
import type { EndpointId, UserId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/page.ts';
import type { EndpointChange, LiveEndpoint, NewEndpoint } from './endpoint.ts';

/** The devices of the actor's account, with what is registered on them now. Changes reach the engine at once. */
export interface Endpoints {
  list(actor: Actor, page: PageRequest): Promise<Page<LiveEndpoint>>;
  all(actor: Actor): Promise<readonly LiveEndpoint[]>;
  ofUser(actor: Actor, userId: UserId): Promise<readonly LiveEndpoint[]>;
  /** @throws {DomainError} `endpoint.not_found` */
  get(actor: Actor, id: EndpointId): Promise<LiveEndpoint>;
  /**
   * The secret in plain, for whoever sets up a phone: for the owner and for administrators. That it was shown is
   * told before it is.
   * @throws {DomainError} `endpoint.not_found`, `access.forbidden`
   */
  showSecret(actor: Actor, id: EndpointId): Promise<string>;
  create(actor: Actor, endpoint: NewEndpoint): Promise<LiveEndpoint>;
  change(actor: Actor, id: EndpointId, change: EndpointChange): Promise<LiveEndpoint>;
  remove(actor: Actor, id: EndpointId): Promise<void>;
}
