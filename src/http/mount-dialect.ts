import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import type { Logger } from '../kernel/logger.ts';
import { checkAccess } from './check-access.ts';
import type { Dialect } from './dialect.ts';
import type { RouteTable } from './route-table.ts';
import { sendError } from './send-error.ts';
import type { Services } from './services.ts';

/** What a mounted dialect offers to the server. */
export interface MountedDialect {
  readonly dialect: Dialect;
  /** Its OpenAPI document, made from the schemas that validate. */
  openapi(): object;
}

/**
 * Registers the routes of a dialect in a scope of its own: its wording of errors, its way of signing in,
 * and a check of the declared access before anything of the request is read.
 * @throws {Error} at start-up if a route does not declare its access
 */
export async function mountDialect(
  app: FastifyInstance,
  dialect: Dialect,
  options: {
    readonly services: Services;
    readonly publicUrl: () => string;
    readonly routes: RouteTable;
    readonly logger: Logger;
  },
): Promise<MountedDialect> {
  let document: () => object = () => ({});
  await app.register(async (scope) => {
    await scope.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: dialect.title, version: dialect.version },
        servers: [{ url: options.publicUrl() }],
        components: { securitySchemes: dialect.securitySchemes },
      },
    });
    scope.addHook('onRoute', (route) => {
      if (!route.config?.access) {
        throw new Error(`${[route.method].flat().join()} ${route.url} does not declare its access`);
      }
      for (const method of [route.method].flat()) options.routes.add(method, route.url);
      route.schema = {
        ...route.schema,
        security:
          route.config.access.kind === 'public'
            ? []
            : Object.keys(dialect.securitySchemes).map((name) => ({ [name]: [] })),
      };
    });
    scope.addHook('onRequest', async (request) => {
      const { access } = request.routeOptions.config;
      if (!access || access.kind === 'public') return;
      request.actor = await dialect.authenticate(request);
      checkAccess(access, request.actor);
    });
    scope.setErrorHandler((error, request, reply) =>
      sendError(dialect.errors, error, request, reply, options.logger),
    );
    await dialect.routes(scope, options.services);
    document = () => scope.swagger();
  });
  return { dialect, openapi: () => document() };
}
