import type { Delivery } from '../../../core/deliveries/index.ts';

export const presentDelivery = (delivery: Delivery) => ({
  id: delivery.id,
  dialect: delivery.dialect,
  key: delivery.key,
  subject: delivery.subject,
  host: delivery.host,
  state: delivery.state,
  attempts: delivery.attempts,
  lastCode: delivery.lastFailure?.code ?? null,
  lastStatus: delivery.lastFailure?.status ?? null,
  lastAttemptAt: delivery.lastAttemptAt?.toISOString() ?? null,
  createdAt: delivery.createdAt.toISOString(),
});
