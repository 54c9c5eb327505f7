import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from '../kernel/logger.ts';
import { allowOrigins } from './allow-origins.ts';
import { answerUnreadable } from './answer-unreadable.ts';
import type { Dialect } from './dialect.ts';
import type { ErrorStyle } from './error-style.ts';
import { mountDialect } from './mount-dialect.ts';
import { addOperatorPages, type OperatorPages } from './operator-pages.ts';
import { malformedBody, unknownRoute, wrongMediaType, wrongMethod } from './request-errors.ts';
import { createRouteTable } from './route-table.ts';
import { sendError } from './send-error.ts';
import type { Services } from './services.ts';
import { validatorCompiler } from './validate.ts';

export interface HttpServerOptions extends OperatorPages {
  readonly dialects: readonly Dialect[];
  readonly services: Services;
  readonly publicUrl: () => string;
  readonly trustedProxies: readonly string[];
  readonly logger: Logger;
}

/** Bytes of a body where a route says nothing else. */
const bodyLimit = 1_048_576;

/** Outside every dialect. */
const plainStyle: ErrorStyle = {
  body: (error, status) => ({ status, code: error.code, message: error.message }),
};

/** `GET http://host/path HTTP/1.1` is the same as `GET /path`. @see RFC 9112 section 3.2.2 */
const toOriginForm = (url: string | undefined): string =>
  (url ?? '/').replace(/^https?:\/\/[^/?#]*/i, '') || '/';

/** JSON itself and what is built on it, such as merge patches. @see RFC 6839 section 3.1 */
const jsonTypes = ['application/json', /^application\/[\w.-]+\+json(?:\s*;|$)/];

/** JSON, where an empty body is none; nothing in it reaches a prototype. */
function acceptJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  for (const type of jsonTypes) {
    app.addContentTypeParser<string>(type, { parseAs: 'string' }, (request, body, done) => {
      if (body.trim() === '') return done(null, undefined);
      void parse(request, body, (error, value) =>
        error ? done(malformedBody(error.message.slice(0, 200))) : done(null, value),
      );
    });
  }
  app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => {
    done(body === '' ? null : wrongMediaType());
  });
}

/** The server with every dialect on it; it does not listen yet. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { dialects, logger } = options;
  const dialectOf = (path: string): Dialect | undefined =>
    dialects.find((dialect) => dialect.paths.some((start) => path.startsWith(start)));
  const styleOf = (path: string): ErrorStyle => dialectOf(path)?.errors ?? plainStyle;
  const app = Fastify({
    bodyLimit,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 512 },
    rewriteUrl: (request) => toOriginForm(request.url),
    logger: false,
    keepAliveTimeout: 72_000,
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) =>
      void sendError(styleOf(request.url), error, request, reply, logger),
    clientErrorHandler: answerUnreadable(styleOf),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.removeContentTypeParser(['application/json', 'text/plain']);
  acceptJson(app);
  await app.register(cookie);
  app.decorateRequest('actor', null as never);
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('x-request-id', request.id);
  });
  allowOrigins(app, (path) => dialectOf(path)?.origins);
  const routes = createRouteTable();
  app.setErrorHandler((error, request, reply) =>
    sendError(styleOf(request.url), error, request, reply, logger),
  );
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.replace(/\?.*$/, '');
    const methods = routes.methodsOf(path);
    const refusal = methods.length > 0 ? wrongMethod(methods) : unknownRoute();
    return sendError(styleOf(path), refusal, request, reply, logger);
  });
  const mounted = [];
  for (const dialect of dialects) {
    mounted.push(
      await mountDialect(app, dialect, {
        services: options.services,
        publicUrl: options.publicUrl,
        routes,
        logger,
      }),
    );
  }
  addOperatorPages(app, mounted, options);
  return app;
}
