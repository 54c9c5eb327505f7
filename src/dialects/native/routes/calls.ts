import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { CallOrigin } from '../../../core/calls/index.ts';
import { idempotent } from '../../../http/idempotent.ts';
import { sendRecording } from '../../../http/send-recording.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
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
import { IdParameters, Nothing, Nullable, PageQuery, problems } from '../schemas/common.ts';

const anybody = { access: { kind: 'credential' } } as const;

function originOf({ from }: NewCallBody): CallOrigin {
  if ('userId' in from) return { kind: 'user', userId: from.userId as UserId };
  const endpointId = from.endpointId as EndpointId;
  if ('number' in from) return { kind: 'dialled', dialled: from.number, endpointId };
  return { kind: 'endpoint', endpointId };
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
        headers: Type.Object({ 'idempotency-key': Type.Optional(Type.String({ maxLength: 255 })) }),
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
              from: originOf(request.body),
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
      schema: { summary: 'The WAV; ranges are served', params: IdParameters, response: problems },
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

function steeringRoutes(app: TypedApp, { calls }: Services): void {
  const options = <Body>(summary: string, body: Body) => ({
    config: anybody,
    schema: { summary, params: IdParameters, body, response: { 204: Nothing, ...problems } },
  });
  app.post(
    '/native/v1/calls/:id/hold',
    options('Music for everybody, or talk again', SwitchBody),
    async ({ actor, params, body }, reply) => {
      await calls.hold(actor, pathId(params.id), body.on);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/native/v1/calls/:id/mute',
    options('Silences the own microphone', SwitchBody),
    async ({ actor, params, body }, reply) => {
      await calls.mute(actor, pathId(params.id), body.on);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/native/v1/calls/:id/record',
    options('Starts or stops recording', RecordBody),
    async ({ actor, params, body }, reply) => {
      const { on, announcement } = body;
      await calls.record(actor, pathId(params.id), { on, announcement: announcement ?? false });
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/native/v1/calls/:id/transfer',
    options('Hands the call on', TransferBody),
    async ({ actor, params, body }, reply) => {
      await calls.transfer(actor, pathId(params.id), {
        to: body.to,
        attended: body.attended ?? false,
        callerId: body.callerId ?? undefined,
      });
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/native/v1/calls/:id/dtmf',
    options('Sends keys to the others', DtmfBody),
    async ({ actor, params, body }, reply) => {
      await calls.sendDtmf(actor, pathId(params.id), body.digits);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/native/v1/calls/:id/announce',
    options('Plays a sound file to everybody', AnnounceBody),
    async ({ actor, params, body }, reply) => {
      await calls.announce(actor, pathId(params.id), body.url);
      return reply.code(204).send(null);
    },
  );
}
