import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { EntryMove } from '../../../core/queues/index.ts';
import { idempotent } from '../../../http/idempotent.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import type { QueueId } from '../../../kernel/ids.ts';
import { pathId } from '../path-id.ts';
import { presentEntry, presentQueue } from '../present/rooms.ts';
import { IdempotencyHeaders, IdParameters, Nothing, problems } from '../schemas/common.ts';
import {
  ConnectBody,
  EntryBody,
  ForceQuery,
  HangUpQuery,
  LegParameters,
  MoveBody,
  NewQueueBody,
  QueueBody,
  QueueChangeBody,
} from '../schemas/rooms.ts';
import { steeringRoute } from './steering.ts';

const access = { kind: 'admin' } as const;
const config = { access };
const path = '/native/v1/queues';
const onePath = `${path}/:id`;
const entryPath = `${onePath}/entries/:legId`;

const moveOf = (body: MoveBody): EntryMove =>
  'queueId' in body ? { queueId: pathId<QueueId>(body.queueId) } : body;

/** Queues, in use and made ahead, and who waits in them. */
export function queueRoutes(app: TypedApp, services: Services): void {
  const { queues, idempotency } = services;
  app.get(
    path,
    {
      config,
      schema: {
        summary: 'Lists the queues that are in use or were made ahead, oldest first',
        response: { 200: Type.Object({ items: Type.Array(QueueBody) }), ...problems },
      },
    },
    async ({ actor }) => ({ items: queues.list(actor).map(presentQueue) }),
  );
  app.post(
    path,
    {
      config,
      schema: {
        summary: 'Makes a queue ahead; it stays until it is removed',
        body: NewQueueBody,
        headers: IdempotencyHeaders,
        response: { 201: QueueBody, ...problems },
      },
    },
    (request, reply) =>
      idempotent(
        idempotency,
        request as FastifyRequest,
        reply as unknown as FastifyReply,
        async () => {
          const { name, maxLength } = request.body;
          const view = await queues.create(request.actor, {
            name,
            maxLength: maxLength ?? undefined,
          });
          return { status: 201, body: presentQueue(view) };
        },
      ) as never,
  );
  app.get(
    onePath,
    {
      config,
      schema: {
        summary: 'Reads a queue',
        params: IdParameters,
        response: { 200: QueueBody, ...problems },
      },
    },
    async ({ actor, params }) => presentQueue(queues.get(actor, pathId(params.id))),
  );
  app.patch(
    onePath,
    {
      config,
      schema: {
        summary: 'Changes the fields of a queue that are sent',
        params: IdParameters,
        body: QueueChangeBody,
        response: { 200: QueueBody, ...problems },
      },
    },
    async ({ actor, params, body }) =>
      presentQueue(await queues.change(actor, pathId(params.id), body)),
  );
  app.delete(
    onePath,
    {
      config,
      schema: {
        summary: 'Removes a queue in which nobody waits',
        params: IdParameters,
        querystring: ForceQuery,
        response: { 204: Nothing, ...problems },
      },
    },
    async ({ actor, params, query }, reply) => {
      await queues.remove(actor, pathId(params.id), query);
      return reply.code(204).send(null);
    },
  );
  entryRoutes(app, services);
}

/** Who waits in a queue. */
function entryRoutes(app: TypedApp, { queues, idempotency }: Services): void {
  app.get(
    `${onePath}/entries`,
    {
      config,
      schema: {
        summary: 'Lists who waits in a queue, in the order in which they are served',
        params: IdParameters,
        response: { 200: Type.Object({ items: Type.Array(EntryBody) }), ...problems },
      },
    },
    async ({ actor, params }) => ({
      items: queues.get(actor, pathId(params.id)).entries.map(presentEntry),
    }),
  );
  app.delete(
    entryPath,
    {
      config,
      schema: {
        summary: 'Takes somebody out of a queue',
        params: LegParameters,
        querystring: HangUpQuery,
        response: { 204: Nothing, ...problems },
      },
    },
    async ({ actor, params, query }, reply) => {
      await queues.takeOut(actor, pathId(params.id), pathId(params.legId), query);
      return reply.code(204).send(null);
    },
  );
  steeringRoute(app, idempotency, {
    url: `${entryPath}/move`,
    summary: 'Gives somebody another place, or another queue',
    access,
    params: LegParameters,
    body: MoveBody,
    steer: (actor, { id, legId }, body) =>
      queues.move(actor, pathId(id), pathId(legId), moveOf(body)),
  });
  steeringRoute(app, idempotency, {
    url: `${entryPath}/connect`,
    summary: 'Joins somebody who waits with a leg that is up',
    access,
    params: LegParameters,
    body: ConnectBody,
    steer: (actor, { id, legId }, body) =>
      queues.connect(actor, pathId(id), pathId(legId), pathId(body.legId)),
  });
}
