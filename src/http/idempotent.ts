import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../kernel/domain-error.ts';
import type { IdempotencyStore } from '../kernel/idempotency.ts';

const header = 'idempotency-key';

const mismatch = () =>
  new DomainError('invalid', 'idempotency.mismatch', 'The key was used for another request');
const stillRunning = () =>
  new DomainError('conflict', 'idempotency.running', 'The first request with this key still runs');
const badKey = () =>
  new DomainError('invalid', 'idempotency.bad_key', 'The key has 1 to 255 visible characters');

/** Keys belong to the person as well as to the request. */
const hashOf = ({ method, url, body, actor }: FastifyRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([method, url, actor.userId ?? '', body ?? null]))
    .digest('hex');

/**
 * Does the work of a POST once: a request that comes again with the same `Idempotency-Key` gets the answer
 * of the first. Refusals are forgotten, so that they may be tried again.
 */
export async function idempotent(
  store: IdempotencyStore,
  request: FastifyRequest,
  reply: FastifyReply,
  work: () => Promise<{ readonly status: number; readonly body: unknown }>,
): Promise<FastifyReply> {
  const key = request.headers[header];
  if (key === undefined) {
    const { status, body } = await work();
    return reply.code(status).send(body);
  }
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) throw badKey();
  const { accountId } = request.actor;
  const found = await store.begin(accountId, key, hashOf(request));
  if (found.state === 'mismatch') throw mismatch();
  if (found.state === 'running') throw stillRunning();
  if (found.state === 'done')
    return reply.code(found.status).header('idempotent-replayed', 'true').send(found.body);
  try {
    const { status, body } = await work();
    await store.finish(accountId, key, status, body);
    return await reply.code(status).send(body);
  } catch (error) {
    await store.forget(accountId, key);
    throw error;
  }
}
