import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Static, type TSchema, Type } from 'typebox';
import type { ConferenceSettings } from '../../../core/conferences/index.ts';
import { idempotent } from '../../../http/idempotent.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import type { Actor } from '../../../kernel/actor.ts';
import type { ConferenceId, LegId } from '../../../kernel/ids.ts';
import { pathId, withoutNulls } from '../path-id.ts';
import { presentConference, presentParticipant } from '../present/rooms.ts';
import { SwitchBody } from '../schemas/calls.ts';
import { IdempotencyHeaders, IdParameters, Nothing, problems } from '../schemas/common.ts';
import {
  ConferenceBody,
  ConferenceChangeBody,
  HangUpQuery,
  HoldBody,
  LegParameters,
  NewConferenceBody,
  ParticipantBody,
  PlayBody,
  TagBody,
  WhomBody,
} from '../schemas/rooms.ts';
import { steeringRoute } from './steering.ts';

const access = { kind: 'admin' } as const;
const config = { access };
const path = '/native/v1/conferences';
const onePath = `${path}/:id`;
const participantPath = `${onePath}/participants/:legId`;

const settingsOf = (body: ConferenceChangeBody): ConferenceSettings => withoutNulls(body);

const soundOf = (body: PlayBody) =>
  'url' in body
    ? ({ kind: 'url', url: body.url } as const)
    : ({
        kind: 'speech',
        text: body.text,
        ...(body.language && { language: body.language }),
      } as const);

/** Conferences, running and made ahead, and who is in them. */
export function conferenceRoutes(app: TypedApp, services: Services): void {
  const { conferences, idempotency } = services;
  app.get(
    path,
    {
      config,
      schema: {
        summary: 'Lists the conferences that run or were made ahead, oldest first',
        response: { 200: Type.Object({ items: Type.Array(ConferenceBody) }), ...problems },
      },
    },
    async ({ actor }) => ({ items: conferences.list(actor).map(presentConference) }),
  );
  app.post(
    path,
    {
      config,
      schema: {
        summary: 'Makes a conference ahead; it stays until it is ended',
        body: NewConferenceBody,
        headers: IdempotencyHeaders,
        response: { 201: ConferenceBody, ...problems },
      },
    },
    (request, reply) =>
      idempotent(
        idempotency,
        request as FastifyRequest,
        reply as unknown as FastifyReply,
        async () => {
          const { name, ...settings } = request.body;
          const view = await conferences.create(request.actor, {
            name,
            settings: settingsOf(settings),
          });
          return { status: 201, body: presentConference(view) };
        },
      ) as never,
  );
  app.get(
    onePath,
    {
      config,
      schema: {
        summary: 'Reads a conference',
        params: IdParameters,
        response: { 200: ConferenceBody, ...problems },
      },
    },
    async ({ actor, params }) => presentConference(conferences.get(actor, pathId(params.id))),
  );
  app.patch(
    onePath,
    {
      config,
      schema: {
        summary: 'Changes the settings of a conference that are sent',
        params: IdParameters,
        body: ConferenceChangeBody,
        response: { 200: ConferenceBody, ...problems },
      },
    },
    async ({ actor, params, body }) =>
      presentConference(
        await conferences.change(actor, pathId(params.id), { settings: settingsOf(body) }),
      ),
  );
  app.delete(
    onePath,
    {
      config,
      schema: {
        summary: 'Ends a conference for good; who is in it goes on',
        params: IdParameters,
        querystring: HangUpQuery,
        response: { 204: Nothing, ...problems },
      },
    },
    async ({ actor, params, query }, reply) => {
      await conferences.end(actor, pathId(params.id), query);
      return reply.code(204).send(null);
    },
  );
  participantRoutes(app, services);
  steeringRoutes(app, services);
}

/** Who is in a conference. */
function participantRoutes(app: TypedApp, { conferences }: Services): void {
  app.get(
    `${onePath}/participants`,
    {
      config,
      schema: {
        summary: 'Lists who is in a conference, in the order in which they came',
        params: IdParameters,
        response: { 200: Type.Object({ items: Type.Array(ParticipantBody) }), ...problems },
      },
    },
    async ({ actor, params }) => ({
      items: conferences.get(actor, pathId(params.id)).participants.map(presentParticipant),
    }),
  );
  app.delete(
    participantPath,
    {
      config,
      schema: {
        summary: 'Takes somebody out of a conference',
        params: LegParameters,
        querystring: HangUpQuery,
        response: { 204: Nothing, ...problems },
      },
    },
    async ({ actor, params, query }, reply) => {
      await conferences.kick(actor, pathId(params.id), pathId(params.legId), query);
      return reply.code(204).send(null);
    },
  );
}

/** Changes to a conference that runs, whole or for one participant. */
function steeringRoutes(app: TypedApp, { conferences, idempotency }: Services): void {
  const whole = <Body extends TSchema>(
    name: string,
    summary: string,
    body: Body,
    steer: (actor: Actor, id: ConferenceId, body: Static<Body>) => Promise<void>,
  ) =>
    steeringRoute(app, idempotency, {
      url: `${onePath}/${name}`,
      summary,
      access,
      params: IdParameters,
      body,
      steer: (actor, { id }, asked) => steer(actor, pathId(id), asked),
    });
  const single = <Body extends TSchema>(
    name: string,
    summary: string,
    body: Body,
    steer: (actor: Actor, at: readonly [ConferenceId, LegId], body: Static<Body>) => Promise<void>,
  ) =>
    steeringRoute(app, idempotency, {
      url: `${participantPath}/${name}`,
      summary,
      access,
      params: LegParameters,
      body,
      steer: (actor, { id, legId }, asked) => steer(actor, [pathId(id), pathId(legId)], asked),
    });

  whole('mute', 'Silences everybody, or all but moderators', WhomBody, (actor, id, body) =>
    conferences.mute(actor, id, body.except ? 'others than moderators' : 'everybody', body.on),
  );
  whole('hold', 'Everybody hears music or silence, or talks again', HoldBody, (actor, id, body) =>
    conferences.hold(actor, id, 'everybody', body.on, { kind: body.hears ?? 'music' }),
  );
  whole('play', 'Plays a sound or speaks to everybody inside', PlayBody, (actor, id, body) =>
    conferences.play(actor, id, [soundOf(body)]),
  );
  single('mute', 'Silences a participant', SwitchBody, (actor, [id, legId], { on }) =>
    conferences.mute(actor, id, legId, on),
  );
  single('hold', 'Takes a participant out for a while', HoldBody, (actor, [id, legId], body) =>
    conferences.hold(actor, id, legId, body.on, { kind: body.hears ?? 'music' }),
  );
  single('tag', 'Labels a participant', TagBody, (actor, [id, legId], { tag }) =>
    conferences.tag(actor, id, legId, tag ?? undefined),
  );
  single('coach', 'Is heard by those of a label alone', TagBody, (actor, [id, legId], { tag }) =>
    conferences.coach(actor, id, legId, tag ?? undefined),
  );
}
