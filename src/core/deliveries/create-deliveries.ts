import { forbidden } from '../../kernel/access-errors.ts';
import type { Actor } from '../../kernel/actor.ts';
import { deliveryNotFound } from './delivery-errors.ts';
import type { DeliveryStore } from './delivery-store.ts';
import type { Deliveries } from './service.ts';

export interface DeliveryPorts {
  readonly store: DeliveryStore;
  readonly follow: Deliveries['follow'];
}

/** Deliveries, for the dialects: putting them in, and looking after those that failed. */
export function createDeliveries({ store, follow }: DeliveryPorts): Deliveries {
  const mustAdminister = (actor: Actor) => {
    if (!actor.admin) throw forbidden('see or repeat deliveries');
  };
  return {
    enqueue: (deliveries) => store.enqueue(deliveries),
    follow,
    async failed(actor, page) {
      mustAdminister(actor);
      return store.failed(actor.accountId, page);
    },
    async retry(actor, id) {
      mustAdminister(actor);
      const delivery = await store.retry(actor.accountId, id);
      if (!delivery) throw deliveryNotFound(id);
      return delivery;
    },
  };
}
