import type { FastifyInstance } from 'fastify';

/** The origins whose pages may use an API. */
export type Origins = 'any' | readonly string[];

/** Seconds for which a browser remembers what it may send. */
const rememberSeconds = 7_200;

/** Headers of answers that pages may read besides the usual ones. */
const exposed = 'retry-after,x-request-id';

/** What an origin is answered as leave; `undefined` if it has none. */
function leaveFor(origins: Origins, origin: string | undefined): string | undefined {
  if (origins === 'any') return '*';
  return origin !== undefined && origins.includes(origin) ? origin : undefined;
}

/**
 * Lets pages of some origins read the answers of some paths, and answers browsers that ask before they send. What a
 * browser keeps (cookies, passwords) is never let along: a page must know the credential itself.
 * @see Fetch, 3.2 (CORS protocol)
 */
export function allowOrigins(
  app: FastifyInstance,
  originsOf: (path: string) => Origins | undefined,
): void {
  app.addHook('onRequest', async (request, reply) => {
    const origins = originsOf(request.url);
    if (origins === undefined) return;
    if (origins !== 'any') reply.header('vary', 'origin');
    const leave = leaveFor(origins, request.headers.origin);
    if (leave === undefined) return;
    reply.header('access-control-allow-origin', leave);
    reply.header('access-control-expose-headers', exposed);
    const asked = request.headers['access-control-request-method'];
    if (request.method !== 'OPTIONS' || asked === undefined) return;
    return reply
      .code(204)
      .headers({
        'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
        'access-control-allow-headers':
          request.headers['access-control-request-headers'] ?? 'authorization,content-type',
        'access-control-max-age': rememberSeconds,
        vary: `${origins === 'any' ? '' : 'origin, '}access-control-request-headers`,
      })
      .send();
  });
}
