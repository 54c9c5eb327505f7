export { createDeliveries } from './create-deliveries.ts';
export type {
  Delivery,
  DeliveryFailure,
  DeliveryRequest,
  DeliverySource,
  NewDelivery,
} from './delivery.ts';
export { failureOf, retryAfterMs } from './delivery-retry.ts';
export type { DeliveryLane, DeliveryStore, DueDelivery, LaneStore } from './delivery-store.ts';
export type { Deliveries } from './service.ts';
