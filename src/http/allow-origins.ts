import type { FastifyInstance } from 'fastify';

/** Seconds for which a browser remembers what it may send. */
const rememberSeconds = 7_200;

/**
 * Lets pages of every origin read the answers of some paths, and answers browsers that ask before they send.
 * @see Fetch, 3.2 (CORS protocol)
 */
export function allowOrigins(app: FastifyInstance, isOpen: (path: string) => boolean): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!isOpen(request.url)) return;
    reply.header('access-control-allow-origin', '*');
    const asked = request.headers['access-control-request-method'];
    if (request.method !== 'OPTIONS' || asked === undefined) return;
    return reply
      .code(204)
      .headers({
        'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
        'access-control-allow-headers':
          request.headers['access-control-request-headers'] ?? 'authorization,content-type',
        'access-control-max-age': rememberSeconds,
        vary: 'access-control-request-headers',
      })
      .send();
  });
}
