import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type Calls as CallService, callNotFound } from '../../../core/calls/index.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import type { CallId } from '../../../kernel/ids.ts';
import { callOrigin, dialledCallee, shownDevice } from '../call-origin.ts';
import { fromCallId, toCallId, toDialled } from '../ids.ts';
import { isEstablished, presentCall } from '../present/call.ts';
import {
  AnnouncementRequest,
  BooleanRequest,
  CallParameters,
  Calls,
  DtmfRequest,
  isTrue,
  NewCallRequest,
  NewCallResponse,
  RecordingRequest,
  refusals,
  TransferRequest,
} from '../schemas.ts';

const mayRead = { access: { kind: 'scope', anyOf: ['all', 'rtcm:read'] } } as const;
const maySteer = { access: { kind: 'scope', anyOf: ['all', 'rtcm:write'] } } as const;
const mayCall = {
  access: { kind: 'scope', anyOf: ['all', 'sessions:write', 'sessions:calls:write'] },
} as const;

const noContent = { 204: Type.Null({ description: 'Done' }), ...refusals };

/** The number that the other side shall see. */
const shown = ({ callerId }: { readonly callerId?: string | null }): string | undefined =>
  callerId ? toDialled(callerId) : undefined;

/** The running call that a path names; only established ones exist for the clients of sipgate. */
function runningCall(calls: CallService, request: FastifyRequest, callId: string): CallId {
  const id = fromCallId(callId);
  const view = id && calls.get(request.actor, id);
  if (!view || !isEstablished(view)) throw callNotFound(callId);
  return view.call.id;
}

/** Click-to-dial and real-time call manipulation. @see contracts/sipgate.json, sections 1.8 and 1.20 */
export function callRoutes(app: TypedApp, services: Services): void {
  const { calls } = services;
  app.post(
    '/v2/sessions/calls',
    {
      config: mayCall,
      schema: {
        summary: 'Rings the caller; once it is picked up, calls the callee',
        body: NewCallRequest,
        response: { 200: NewCallResponse, ...refusals },
      },
    },
    async ({ actor, body }) => {
      const shownAs = await shownDevice(services, actor, body.deviceId ?? undefined);
      const from = await callOrigin(services, actor, body.caller, shownAs);
      const to = await dialledCallee(services, actor, body.callee);
      const { call } = await calls.place(actor, {
        from,
        to,
        callerId: shown(body),
        ...(shownAs && { shownAs }),
      });
      return { sessionId: toCallId(call.id) };
    },
  );
  app.get(
    '/v2/calls',
    {
      config: mayRead,
      schema: {
        summary: 'Lists the established calls: the own ones, for administrators all',
        response: { 200: Calls, ...refusals },
      },
    },
    async ({ actor }) => ({
      data: calls.running(actor).filter(isEstablished).map(presentCall),
    }),
  );
  steeringRoutes(app, calls);
  app.delete(
    '/v2/calls/:callId',
    {
      config: maySteer,
      schema: {
        summary: 'Hangs up everybody, also while it still rings',
        params: CallParameters,
        response: noContent,
      },
    },
    async ({ actor, params }, reply) => {
      const id = fromCallId(params.callId);
      if (!id) throw callNotFound(params.callId);
      await calls.hangUp(actor, id);
      return reply.code(204).send(null);
    },
  );
}

function steeringRoutes(app: TypedApp, calls: CallService): void {
  const options = <Body>(summary: string, body: Body) => ({
    config: maySteer,
    schema: { summary, params: CallParameters, body, response: noContent },
  });
  app.put(
    '/v2/calls/:callId/hold',
    options('Music for everybody in the call, or talk again', BooleanRequest),
    async (request, reply) => {
      const id = runningCall(calls, request, request.params.callId);
      await calls.hold(request.actor, id, isTrue(request.body.value));
      return reply.code(204).send(null);
    },
  );
  app.put(
    '/v2/calls/:callId/muted',
    options('Keeps the own voice from the others, or lets it through again', BooleanRequest),
    async (request, reply) => {
      const id = runningCall(calls, request, request.params.callId);
      await calls.mute(request.actor, id, isTrue(request.body.value));
      return reply.code(204).send(null);
    },
  );
  app.put(
    '/v2/calls/:callId/recording',
    options(
      'Starts or stops recording both directions; says so aloud if asked to',
      RecordingRequest,
    ),
    async (request, reply) => {
      const id = runningCall(calls, request, request.params.callId);
      const { value, announcement } = request.body;
      await calls.record(request.actor, id, {
        on: isTrue(value),
        announcement: isTrue(announcement),
      });
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/v2/calls/:callId/announcements',
    options('Plays a sound file to everybody, into the conversation', AnnouncementRequest),
    async (request, reply) => {
      const id = runningCall(calls, request, request.params.callId);
      await calls.announce(request.actor, id, request.body.url);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/v2/calls/:callId/transfer',
    options('Hands the partner to another party, at once or after asking there', TransferRequest),
    async (request, reply) => {
      const id = runningCall(calls, request, request.params.callId);
      const { attended, phoneNumber } = request.body;
      await calls.transfer(request.actor, id, {
        attended: isTrue(attended),
        to: toDialled(phoneNumber),
        callerId: shown(request.body),
      });
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/v2/calls/:callId/dtmf',
    options('Sends key tones to the others', DtmfRequest),
    async (request, reply) => {
      const id = runningCall(calls, request, request.params.callId);
      await calls.sendDtmf(request.actor, id, request.body.sequence);
      return reply.code(204).send(null);
    },
  );
}
