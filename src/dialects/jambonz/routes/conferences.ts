import { Type } from 'typebox';
import type { Account } from '../../../core/accounts/index.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import { before, needs } from '../before.ts';
import { changeMissing } from '../call-errors.ts';
import { heldBy } from '../change-conference.ts';
import {
  presentConference,
  presentExpanded,
  presentParticipant,
  type ShownTo,
} from '../present/room.ts';
import { accountInPath } from '../reach.ts';
import { readConference, valid } from '../read/room.ts';
import { conferenceInPath, participantInPath } from '../rooms-in-path.ts';
import { Nothing, refusals, SidParameters } from '../schemas/common.ts';
import {
  ConferenceBody,
  ConferenceChangeBody,
  ExpandedConference,
  MadeRoom,
  NewConferenceBody,
  ParticipantBody,
  ParticipantChangeBody,
  Truth,
} from '../schemas/rooms.ts';
import { type FindApplication, sessionOf } from '../source/call-session.ts';
import { conferenceSid } from '../source/room-notes.ts';
import { accepted, sendAccepted } from './accepted.ts';
import { anybody } from './access.ts';

export interface RoomRoutePorts
  extends Pick<Services, 'accounts' | 'legs' | 'conferences' | 'queues' | 'clock'> {
  readonly applications: FindApplication;
  readonly box: { seal(secret: string): string; open(sealed: string): string };
}

const all = '/v1/Accounts/:account_sid/Conferences';
const one = `${all}/:conference`;
const everyone = `${one}/Participants`;
const somebody = `${everyone}/:call_sid`;

const HangUp = Type.Object({ hangup: Truth });

/** Conferences, running and made ahead. @see contracts/jambonz.json, section 1.5 */
export function conferenceRoutes(app: TypedApp, ports: RoomRoutePorts): void {
  const { conferences, box } = ports;
  const shownTo = ({ sid }: Account): ShownTo => ({
    accountSid: sid,
    now: ports.clock.now(),
    open: box.open,
  });
  app.get(
    all,
    {
      config: anybody,
      schema: {
        summary: 'Lists the conferences that run or were made ahead, by name',
        params: SidParameters('account_sid'),
        querystring: Type.Object({ expand: Type.Optional(Type.Literal('participants')) }),
        response: {
          200: Type.Union([Type.Array(Type.String()), Type.Array(ExpandedConference)]),
          ...refusals,
        },
      },
    },
    async (request) => {
      const { actor, account } = await accountInPath(ports, request);
      const views = conferences.list(actor);
      return request.query.expand
        ? views.map((view) => presentExpanded(view, shownTo(account)))
        : views.map(({ conference }) => conference.name);
    },
  );
  app.post(
    all,
    {
      config: anybody,
      ...before(needs('name'), valid(NewConferenceBody)),
      schema: {
        summary: 'Makes a conference ahead; it stays until it is deleted',
        params: SidParameters('account_sid'),
        body: NewConferenceBody,
        response: { 201: MadeRoom, ...refusals },
      },
    },
    async (request, reply) => {
      const { actor, account } = await accountInPath(ports, request);
      const { name, ...settings } = request.body;
      const wanted = { start_on_create: true, ...settings };
      await conferences.create(actor, { name, ...readConference(wanted, undefined, box.seal) });
      return reply.code(201).send({ sid: conferenceSid(account.sid, name) });
    },
  );
  app.get(
    one,
    {
      config: anybody,
      schema: {
        summary: 'One conference',
        params: SidParameters('account_sid', 'conference'),
        response: { 200: ConferenceBody, ...refusals },
      },
    },
    async (request) => {
      const { view, account } = await conferenceInPath(ports, request);
      return presentConference(view, shownTo(account));
    },
  );
  app.put(
    one,
    {
      config: anybody,
      ...before(valid(ConferenceChangeBody)),
      schema: {
        summary: 'Changes the settings of a conference that are sent; mutes or holds who is in it',
        params: SidParameters('account_sid', 'conference'),
        body: ConferenceChangeBody,
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { actor, view } = await conferenceInPath(ports, request);
      const { mute_status: mute, hold_status: hold, ...settings } = request.body;
      const { id } = view.conference;
      const change = readConference(settings, view, box.seal);
      if (Object.keys(settings).length > 0) await conferences.change(actor, id, change);
      if (mute) await conferences.mute(actor, id, 'others than moderators', mute === 'mute');
      if (hold) await conferences.hold(actor, id, 'everybody', hold === 'hold');
      return reply.code(204).send(null);
    },
  );
  app.delete(
    one,
    {
      config: anybody,
      schema: {
        summary: 'Ends a conference for good; who is in it goes on, or is hung up',
        params: SidParameters('account_sid', 'conference'),
        querystring: HangUp,
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { actor, view } = await conferenceInPath(ports, request);
      await conferences.end(actor, view.conference.id, { hangUp: request.query.hangup });
      return reply.code(204).send(null);
    },
  );
  participantRoutes(app, ports, shownTo);
}

/** Who is in a conference. */
function participantRoutes(
  app: TypedApp,
  ports: RoomRoutePorts,
  shownTo: (account: Account) => ShownTo,
): void {
  const { conferences, legs, applications, box } = ports;
  app.get(
    everyone,
    {
      config: anybody,
      schema: {
        summary: 'Lists who is in a conference, in the order in which they came',
        params: SidParameters('account_sid', 'conference'),
        response: { 200: Type.Array(ParticipantBody), ...refusals },
      },
    },
    async (request) => {
      const { view, account } = await conferenceInPath(ports, request);
      const { name } = view.conference;
      return view.participants.map((each) => presentParticipant(each, name, shownTo(account)));
    },
  );
  app.get(
    somebody,
    {
      config: anybody,
      schema: {
        summary: 'One participant',
        params: SidParameters('account_sid', 'conference', 'call_sid'),
        response: { 200: ParticipantBody, ...refusals },
      },
    },
    async (request) => {
      const { view, account } = await conferenceInPath(ports, request);
      const found = participantInPath(view, request);
      return presentParticipant(found, view.conference.name, shownTo(account));
    },
  );
  app.put(
    somebody,
    {
      config: anybody,
      ...before(valid(ParticipantChangeBody)),
      schema: {
        summary: 'Mutes, holds, labels or lets coach a participant',
        params: SidParameters('account_sid', 'conference', 'call_sid'),
        body: ParticipantChangeBody,
        response: { 202: accepted, ...refusals },
      },
    },
    async (request, reply) => {
      const { actor, view } = await conferenceInPath(ports, request);
      const { leg } = participantInPath(view, request);
      const at = [view.conference.id, leg.id] as const;
      const { mute_status: mute, hold_status: hold, ...more } = request.body;
      const { member_tag: label, coach_tag: coach, wait_hook: hook } = more;
      if ([mute, hold, label, coach].every((sent) => sent === undefined)) throw changeMissing();
      const session = await sessionOf(await legs.get(actor, leg.sid), applications, box.open);
      const base = session.callHook?.url ?? 'http://localhost/';
      const heard = heldBy(hook, { base, seal: box.seal });
      if (mute) await conferences.mute(actor, ...at, mute === 'mute');
      if (hold) await conferences.hold(actor, ...at, hold === 'hold', heard);
      if (label !== undefined) await conferences.tag(actor, ...at, label ?? undefined);
      if (coach !== undefined) await conferences.coach(actor, ...at, coach ?? undefined);
      return sendAccepted(reply);
    },
  );
  app.delete(
    somebody,
    {
      config: anybody,
      schema: {
        summary: 'Takes a participant out: on with its verbs, or hung up',
        params: SidParameters('account_sid', 'conference', 'call_sid'),
        querystring: HangUp,
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { actor, view } = await conferenceInPath(ports, request);
      const { leg } = participantInPath(view, request);
      await conferences.kick(actor, view.conference.id, leg.id, { hangUp: request.query.hangup });
      return reply.code(204).send(null);
    },
  );
}
