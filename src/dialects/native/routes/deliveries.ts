import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import type { DeliveryId } from '../../../kernel/ids.ts';
import { pathId } from '../path-id.ts';
import { presentDelivery } from '../present/deliveries.ts';
import { IdParameters, PageOf, PageQuery, problems } from '../schemas/common.ts';
import { DeliveryBody } from '../schemas/deliveries.ts';

const administrators = { access: { kind: 'admin' } } as const;

/** Hooks that only tell, and were given up. */
export function deliveryRoutes(app: TypedApp, { deliveries }: Services): void {
  app.get(
    '/native/v1/deliveries',
    {
      config: administrators,
      schema: {
        summary: 'Lists the deliveries that were given up, newest first',
        querystring: PageQuery,
        response: { 200: PageOf(DeliveryBody), ...problems },
      },
    },
    async ({ actor, query }) => {
      const page = { limit: query.limit ?? 100, after: query.after };
      const { items, next } = await deliveries.failed(actor, page);
      return { items: items.map(presentDelivery), next: next ?? null };
    },
  );
  app.post(
    '/native/v1/deliveries/:id/retry',
    {
      config: administrators,
      schema: {
        summary: 'Tries a delivery again that was given up',
        params: IdParameters,
        response: { 202: DeliveryBody, ...problems },
      },
    },
    async ({ actor, params }, reply) => {
      const delivery = await deliveries.retry(actor, pathId<DeliveryId>(params.id));
      return reply.code(202).send(presentDelivery(delivery));
    },
  );
}
