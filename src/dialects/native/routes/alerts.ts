import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import { AlertList, AlertQuery } from '../schemas/alerts.ts';
import { problems } from '../schemas/common.ts';

const administrators = { access: { kind: 'admin' } } as const;

/** What somebody should look at. */
export function alertRoutes(app: TypedApp, { alerts }: Services): void {
  app.get(
    '/native/v1/alerts',
    {
      config: administrators,
      schema: {
        summary: 'Lists alerts of the account, newest first; they are kept for 30 days',
        querystring: AlertQuery,
        response: { 200: AlertList, ...problems },
      },
    },
    async ({ actor, query }) => {
      const { kind, offset = 0, limit = 100 } = query;
      const within = { kind: 'account', accountId: actor.accountId } as const;
      const page = await alerts.list(actor, { kind, offset, limit }, within);
      return {
        total: page.total,
        items: page.alerts.map((alert) => ({
          id: alert.id,
          at: alert.at.toISOString(),
          kind: alert.kind,
          message: alert.message,
          detail: alert.detail ?? null,
          target: alert.target ?? null,
        })),
      };
    },
  );
}
