import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { forbidden } from '../kernel/access-errors.ts';
import type { Actor } from '../kernel/actor.ts';
import { readAuthorization } from './basic-credentials.ts';
import { docsPage, errorsPage, frontPage } from './docs-page.ts';
import { isLocalRequest } from './local-request.ts';
import type { MountedDialect } from './mount-dialect.ts';
import type { Readiness } from './readiness.ts';
import type { Services } from './services.ts';

export interface OperatorPages {
  readonly services: Services;
  readonly readiness: () => Promise<Readiness>;
  /** Prometheus text. */
  readonly metrics: () => Promise<string>;
  readonly observe: (sample: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly seconds: number;
  }) => void;
}

/** Generated out of the code. */
const errorList = new URL('../../docs/errors.md', import.meta.url);

const contentSecurity =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Numbers about the exchange are for this machine and for the operator. */
async function mayMeasure(request: FastifyRequest, services: Services): Promise<boolean> {
  if (isLocalRequest(request)) return true;
  const sent = readAuthorization(request.headers.authorization);
  if (sent?.kind !== 'bearer') return false;
  const source = { dialect: 'native', address: request.ip } as const;
  const actor: Actor = await services.authentication.bearer(sent.token, source);
  return actor.operator;
}

/** Health, measurements and documentation: what belongs to no dialect. */
export function addOperatorPages(
  app: FastifyInstance,
  mounted: readonly MountedDialect[],
  options: OperatorPages,
): void {
  app.addHook('onResponse', async (request, reply) => {
    options.observe({
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1_000,
    });
  });
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const state = await options.readiness();
    return reply.code(state.ready ? 200 : 503).send(state);
  });
  app.get('/metrics', async (request, reply) => {
    if (!(await mayMeasure(request, options.services))) throw forbidden('see measurements');
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await options.metrics());
  });
  for (const { dialect, openapi } of mounted) {
    let text: string | undefined;
    app.get(`/openapi/${dialect.name}.json`, async (_request, reply) => {
      text ??= JSON.stringify(openapi());
      return reply.type('application/json; charset=utf-8').send(text);
    });
  }
  const page = (html: () => string) => {
    let text: string | undefined;
    return async (_request: FastifyRequest, reply: FastifyReply) => {
      text ??= html();
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', contentSecurity)
        .header('x-frame-options', 'DENY')
        .header('referrer-policy', 'no-referrer')
        .send(text);
    };
  };
  app.get(
    '/docs',
    page(() => docsPage(mounted)),
  );
  app.get(
    '/docs/errors',
    page(() => errorsPage(readFileSync(errorList, 'utf8'))),
  );
  app.get(
    '/',
    page(() => frontPage(mounted)),
  );
}
