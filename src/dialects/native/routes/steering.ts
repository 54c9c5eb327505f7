import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import type { Access } from '../../../http/dialect.ts';
import { idempotent } from '../../../http/idempotent.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import type { Actor } from '../../../kernel/actor.ts';
import type { IdempotencyStore } from '../../../kernel/idempotency.ts';
import { IdempotencyHeaders, Nothing, problems } from '../schemas/common.ts';

/** A change to something that runs, asked for by a POST that answers nothing. */
export interface Steering<Params extends TSchema, Body extends TSchema> {
  readonly url: string;
  readonly summary: string;
  readonly access: Access;
  readonly params: Params;
  readonly body: Body;
  readonly steer: (actor: Actor, params: Static<Params>, body: Static<Body>) => Promise<void>;
}

/** Registers it; it is done once for an `Idempotency-Key`. */
export function steeringRoute<Params extends TSchema, Body extends TSchema>(
  app: TypedApp,
  keys: IdempotencyStore,
  { url, summary, access, params, body, steer }: Steering<Params, Body>,
): void {
  app.post(
    url,
    {
      config: { access },
      schema: {
        summary,
        params,
        body,
        headers: IdempotencyHeaders,
        response: { 204: Nothing, ...problems },
      },
    },
    (request, reply) =>
      idempotent(keys, request as FastifyRequest, reply as unknown as FastifyReply, async () => {
        await steer(request.actor, request.params as Static<Params>, request.body as Static<Body>);
        return { status: 204, body: null };
      }) as never,
  );
}
