import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Static, type TSchema, Type } from 'typebox';
import type { CallOrigin } from '../../../core/calls/index.ts';
import { idempotent } from '../../../http/idempotent.ts';
import { sendRecording, soundAnswers } from '../../../http/send-recording.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import { forbidden } from '../../../kernel/access-errors.ts';
import { type Actor, mayActFor } from '../../../kernel/actor.ts';
import type { CallId, EndpointId, RecordingId, UserId } from '../../../kernel/ids.ts';
import { pathId } from '../path-id.ts';
import { presentCall, presentCdr, presentRecording } from '../present/calls.ts';
import {
  AnnounceBody,
  CallBody,
  CdrBody,
  DtmfBody,
  NewCallBody,
  RecordBody,
  RecordingBody,
  SwitchBody,
  TransferBody,
} from '../schemas/calls.ts';
import {
  IdempotencyHeaders,
  IdParameters,
  Nothing,
  Nullable,
  PageQuery,
  problems,
} from '../schemas/common.ts';
import { steeringRoute } from './steering.ts';

const anybody = { access: { kind: 'credential' } } as const;

const notYours = () => forbidden('call for others');

/**
 * Who begins a call: people call for themselves, administrators for everybody in the account.
 * @throws {DomainError} `user.not_found`, `endpoint.not_found`, `access.forbidden`
 */
async function originOf(
  { users, endpoints }: Services,
  actor: Actor,
  { from }: NewCallBody,
): Promise<CallOrigin> {
  if ('userId' in from) {
    const { id } = await users.get(actor, from.userId as UserId);
    if (!mayActFor(actor, id)) throw notYours();
    return { kind: 'user', userId: id };
  }
  const { endpoint } = await endpoints.get(actor, from.endpointId as EndpointId);
  if (!mayActFor(actor, endpoint.userId)) throw notYours();
  if ('number' in from) return { kind: 'dialled', dialled: from.number, endpointId: endpoint.id };
  return { kind: 'endpoint', endpointId: endpoint.id };
}

/** Running calls, finished ones and their recordings. */
export function callRoutes(app: TypedApp, services: Services): void {
  const { calls, recordings, idempotency } = services;
  app.get(
    '/native/v1/calls',
    {
      config: anybody,
      schema: {
        summary: 'Lists the running calls, oldest first',
        response: { 200: Type.Object({ items: Type.Array(CallBody) }), ...problems },
      },
    },
    async ({ actor }) => ({ items: calls.running(actor).map(presentCall) }),
  );
  app.post(
    '/native/v1/calls',
    {
      config: anybody,
      schema: {
        summary: 'Rings the origin, then dials',
        body: NewCallBody,
        headers: IdempotencyHeaders,
        response: { 201: CallBody, ...problems },
      },
    },
    (request, reply) =>
      idempotent(
        idempotency,
        request as FastifyRequest,
        reply as unknown as FastifyReply,
        async () => ({
          status: 201,
          body: presentCall(
            await calls.place(request.actor, {
              from: await originOf(services, request.actor, request.body),
              to: request.body.to,
              callerId: request.body.callerId ?? undefined,
            }),
          ),
        }),
      ) as never,
  );
  app.get(
    '/native/v1/calls/:id',
    {
      config: anybody,
      schema: {
        summary: 'Reads a running call',
        params: IdParameters,
        response: { 200: CallBody, ...problems },
      },
    },
    async ({ actor, params }) => presentCall(calls.get(actor, pathId(params.id))),
  );
  app.delete(
    '/native/v1/calls/:id',
    {
      config: anybody,
      schema: {
        summary: 'Hangs up',
        params: IdParameters,
        response: { 204: Nothing, ...problems },
      },
    },
    async ({ actor, params }, reply) => {
      await calls.hangUp(actor, pathId(params.id));
      return reply.code(204).send(null);
    },
  );
  steeringRoutes(app, services);
  app.get(
    '/native/v1/cdrs',
    {
      config: { access: { kind: 'admin' } },
      schema: {
        summary: 'Lists the records of finished legs, newest first',
        querystring: PageQuery,
        response: {
          200: Type.Object({ items: Type.Array(CdrBody), next: Nullable(Type.String()) }),
          ...problems,
        },
      },
    },
    async ({ actor, query }) => {
      const page = { limit: query.limit ?? 100, after: query.after };
      const { items, next } = await calls.history.cdrs(actor.accountId, page);
      return { items: items.map(presentCdr), next: next ?? null };
    },
  );
  app.get(
    '/native/v1/calls/:id/recordings',
    {
      config: anybody,
      schema: {
        summary: 'Lists the stored recordings of a call, running or finished',
        params: IdParameters,
        response: { 200: Type.Object({ items: Type.Array(RecordingBody) }), ...problems },
      },
    },
    async ({ actor, params }) => ({
      items: (await recordings.ofCalls(actor, [pathId<CallId>(params.id)])).map(presentRecording),
    }),
  );
  app.get(
    '/native/v1/recordings/:id/audio',
    {
      config: anybody,
      schema: {
        summary: 'The WAV; ranges are served',
        params: IdParameters,
        response: { ...soundAnswers('audio/wav'), ...problems },
      },
    },
    (request, reply) =>
      sendRecording(
        recordings,
        request.actor,
        pathId<RecordingId>(request.params.id),
        request as FastifyRequest,
        reply as unknown as FastifyReply,
        'audio/wav',
      ) as never,
  );
}

/** Changes to a running call: each is done once for an `Idempotency-Key`. */
function steeringRoutes(app: TypedApp, { calls, idempotency }: Services): void {
  const steering = <Body extends TSchema>(
    name: string,
    summary: string,
    body: Body,
    steer: (actor: Actor, id: CallId, body: Static<Body>) => Promise<void>,
  ) =>
    steeringRoute(app, idempotency, {
      url: `/native/v1/calls/:id/${name}`,
      summary,
      access: anybody.access,
      params: IdParameters,
      body,
      steer: (actor, { id }, asked) => steer(actor, pathId(id), asked),
    });
  steering('hold', 'Music for everybody, or talk again', SwitchBody, (actor, id, { on }) =>
    calls.hold(actor, id, on),
  );
  steering('mute', 'Silences the own microphone', SwitchBody, (actor, id, { on }) =>
    calls.mute(actor, id, on),
  );
  steering('record', 'Starts or stops recording', RecordBody, (actor, id, { on, announcement }) =>
    calls.record(actor, id, { on, announcement: announcement ?? false }),
  );
  steering('transfer', 'Hands the call on', TransferBody, (actor, id, { to, attended, callerId }) =>
    calls.transfer(actor, id, { to, attended: attended ?? false, callerId: callerId ?? undefined }),
  );
  steering('dtmf', 'Sends keys to the others', DtmfBody, (actor, id, { digits }) =>
    calls.sendDtmf(actor, id, digits),
  );
  steering('announce', 'Plays a sound file to everybody', AnnounceBody, (actor, id, { url }) =>
    calls.announce(actor, id, url),
  );
}
