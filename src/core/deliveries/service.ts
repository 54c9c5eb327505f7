import type { Actor } from '../../kernel/actor.ts';
import type { DeliveryId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/page.ts';
import type { Delivery, DeliverySource, NewDelivery } from './delivery.ts';

/** Hooks that only tell: they arrive at least once, and in order where they have the same key. */
export interface Deliveries {
  /** Durable when it resolves; sent as soon as possible after that. */
  enqueue(deliveries: readonly NewDelivery[]): Promise<void>;
  /**
   * Lets a source word every event that is stored from now on, or from where it was when the server ended.
   * Once for a dialect.
   */
  follow(source: DeliverySource): Promise<void>;
  /** Those that were given up, newest first. @throws {DomainError} `access.forbidden` */
  failed(actor: Actor, page: PageRequest): Promise<Page<Delivery>>;
  /** Tries a failed one again. @throws {DomainError} `delivery.not_found`, `access.forbidden` */
  retry(actor: Actor, id: DeliveryId): Promise<Delivery>;
}
