import type { Actor } from '../../../kernel/actor.ts';
import { type ConferenceId, type LegId, newId } from '../../../kernel/ids.ts';
import type { Json } from '../../../kernel/json.ts';
import { isHeld, isMuted } from '../../calls/index.ts';
import {
  type Conference,
  type ConferenceSettings,
  type Conferences,
  type ConferenceView,
  conferenceInvalid,
  conferenceNotFound,
  conferenceNotRunning,
  conferenceTaken,
  type Participant,
  participantNotFound,
  participantOf,
  type Whom,
  withParticipant,
  withWatcher,
} from '../../conferences/index.ts';
import type { Watcher } from '../../events/index.ts';
import {
  applyCoaching,
  endConference,
  playInRoom,
  recordRoom,
  setMuted,
  toMediaFor,
} from '../../interpreter/index.ts';
import type { Exchange } from '../ports.ts';
import { namePattern, roomPortsOf } from './room-ports.ts';

const largest = 10_000;

function check(name: string | undefined, { maxParticipants: most }: ConferenceSettings): void {
  if (name !== undefined && !namePattern.test(name))
    throw conferenceInvalid('name', 'has 1 to 128 characters, no colon or slash');
  if (most !== undefined && !(Number.isInteger(most) && most >= 1 && most <= largest))
    throw conferenceInvalid('maxParticipants', `is 1 to ${largest}`);
}

const viewOf = ({ live }: Exchange, conference: Conference): ConferenceView => ({
  conference,
  participants: conference.participants.flatMap((participant) => {
    const leg = live.leg(participant.legId);
    if (!leg) return [];
    const talking = live.conferences.talks(leg.id) && !isMuted(leg);
    return [{ participant, leg, muted: isMuted(leg), held: isHeld(leg), talking }];
  }),
});

/** @throws {DomainError} `conference.not_found`, also for those of others */
function own({ live }: Exchange, actor: Actor, id: ConferenceId): Conference {
  const conference = live.conferences.get(id);
  if (!conference || !actor.admin || conference.accountId !== actor.accountId)
    throw conferenceNotFound(id);
  return conference;
}

/** @throws {DomainError} `conference.participant_not_found` */
function participantIn(conference: Conference, legId: LegId): Participant {
  const found = participantOf(conference, legId);
  if (!found) throw participantNotFound(legId);
  return found;
}

function chosen(conference: Conference, whom: Whom): readonly Participant[] {
  if (whom === 'everybody') return conference.participants;
  if (whom === 'others than moderators')
    return conference.participants.filter(({ moderator }) => !moderator);
  return [participantIn(conference, whom)];
}

/** What is true of a participant from now on, whatever it does at the moment. */
function changeParticipant(
  { live }: Exchange,
  id: ConferenceId,
  legId: LegId,
  change: Partial<Participant>,
): void {
  const now = live.conferences.get(id);
  if (now) live.conferences.put(withParticipant(now, legId, change));
}

const told = (
  { live, clock }: Exchange,
  { accountId, id }: Conference,
  type: 'object.created' | 'object.changed' | 'object.removed',
): void => live.tell({ type, accountId, kind: 'conference', id, at: clock.now() });

const watcherOf = ({ dialect }: Actor, words: Json): Watcher => ({
  dialect,
  legId: undefined,
  words,
});

/** The conference with its maker told what happens in it, or not any more. */
function withMakersWatch(conference: Conference, watcher: Watcher): Conference {
  if (watcher.words !== null) return withWatcher(conference, watcher);
  const watchers = conference.watchers.filter(({ legId }) => legId !== undefined);
  return { ...conference, watchers };
}

async function create(
  exchange: Exchange,
  actor: Actor,
  { name, settings, notes, watch }: Parameters<Conferences['create']>[1],
): Promise<ConferenceView> {
  const { live, clock } = exchange;
  check(name, settings);
  if (live.conferences.named(actor.accountId, name)) throw conferenceTaken(name);
  const conference: Conference = {
    id: newId<ConferenceId>(),
    accountId: actor.accountId,
    name,
    state: 'waiting',
    reserved: true,
    settings,
    notes,
    watchers: watch === undefined || watch === null ? [] : [watcherOf(actor, watch)],
    createdAt: clock.now(),
    startedAt: undefined,
    endsAt: undefined,
    endedAt: undefined,
    bridge: undefined,
    recording: undefined,
    participants: [],
  };
  live.conferences.put(conference);
  told(exchange, conference, 'object.created');
  await live.durable();
  return viewOf(exchange, conference);
}

/** Begins or ends the recording of a meeting that runs, as its settings say now. */
async function followRecording(exchange: Exchange, conference: Conference): Promise<void> {
  const { recording, settings } = conference;
  const [first] = conference.participants.filter(({ state }) => state === 'inside');
  const leg = first && exchange.live.leg(first.legId);
  if (settings.record && !recording && leg)
    return recordRoom(roomPortsOf(exchange), conference, leg);
  if (settings.record !== false || !recording) return;
  exchange.live.conferences.put({ ...conference, recording: undefined });
  await exchange.engine.stopRecording(recording.engineId);
}

async function change(
  exchange: Exchange,
  actor: Actor,
  id: ConferenceId,
  { settings = {}, notes, watch }: Parameters<Conferences['change']>[2],
): Promise<ConferenceView> {
  const before = own(exchange, actor, id);
  check(undefined, settings);
  const changed: Conference = {
    ...before,
    settings: { ...before.settings, ...settings },
    notes: notes ?? before.notes,
  };
  const conference =
    watch === undefined ? changed : withMakersWatch(changed, watcherOf(actor, watch));
  exchange.live.conferences.put(conference);
  told(exchange, conference, 'object.changed');
  if (settings.record !== undefined) await followRecording(exchange, conference);
  await exchange.live.durable();
  return viewOf(exchange, exchange.live.conferences.get(id) ?? conference);
}

async function end(
  exchange: Exchange,
  actor: Actor,
  id: ConferenceId,
  hangUp: boolean,
): Promise<void> {
  const { live, engine } = exchange;
  const before = own(exchange, actor, id);
  const legs = before.participants.flatMap(({ legId }) => live.leg(legId) ?? []);
  const conference = { ...before, reserved: false };
  live.conferences.put(conference);
  endConference(roomPortsOf(exchange), conference);
  if (before.reserved) told(exchange, before, 'object.removed');
  if (hangUp) await Promise.all(legs.map((leg) => engine.hangUp(leg.engineId, 'normal')));
  await live.durable();
}

async function mute(
  exchange: Exchange,
  actor: Actor,
  id: ConferenceId,
  whom: Whom,
  on: boolean,
): Promise<void> {
  const { mailboxes } = exchange.interpreter;
  await Promise.all(
    chosen(own(exchange, actor, id), whom).map(({ legId }) =>
      mailboxes.of(legId).post(() => setMuted(exchange, legId, 'conference', on)),
    ),
  );
  await exchange.live.durable();
}

async function hold(
  exchange: Exchange,
  actor: Actor,
  id: ConferenceId,
  {
    whom,
    on,
    meanwhile,
  }: {
    readonly whom: Whom;
    readonly on: boolean;
    readonly meanwhile: Parameters<Conferences['hold']>[4];
  },
): Promise<void> {
  const { interpreter, live } = exchange;
  const participants = chosen(own(exchange, actor, id), whom);
  for (const { legId } of participants) {
    changeParticipant(exchange, id, legId, { holds: on });
    interpreter.input(legId, {
      type: 'conference',
      change: on ? 'held' : 'resumed',
      ...(meanwhile && { meanwhile }),
    });
  }
  const done = participants.map(({ legId }) =>
    interpreter.mailboxes.of(legId).post(async () => undefined),
  );
  await Promise.all(done);
  await live.durable();
}

async function coach(
  exchange: Exchange,
  actor: Actor,
  id: ConferenceId,
  legId: LegId,
  change: Pick<Partial<Participant>, 'memberTag' | 'coachTag'>,
): Promise<void> {
  const { live, engine, interpreter } = exchange;
  const before = participantIn(own(exchange, actor, id), legId);
  const box = interpreter.mailboxes.of(legId);
  const leg = live.leg(legId);
  changeParticipant(exchange, id, legId, change);
  const isOver = 'coachTag' in change && change.coachTag === undefined;
  if (isOver && before.coachTag !== undefined && leg)
    await box.post(() => engine.coach(leg.engineId, undefined));
  const now = live.conferences.get(id);
  if (now) applyCoaching(roomPortsOf(exchange), now);
  await box.post(async () => undefined);
  await live.durable();
}

async function kick(
  exchange: Exchange,
  actor: Actor,
  id: ConferenceId,
  legId: LegId,
  hangUp: boolean,
): Promise<void> {
  const { interpreter, engine, live } = exchange;
  participantIn(own(exchange, actor, id), legId);
  const leg = live.leg(legId);
  interpreter.input(legId, { type: 'conference', change: 'kicked' });
  if (hangUp && leg)
    await interpreter.mailboxes.of(legId).post(() => engine.hangUp(leg.engineId, 'normal'));
  await live.durable();
}

/** The conferences of the exchange, for the dialects. */
export function createConferences(exchange: Exchange): Conferences {
  const { live, interpreter } = exchange;
  const visible = (actor: Actor, conference: Conference | undefined) =>
    conference && actor.admin && conference.accountId === actor.accountId
      ? viewOf(exchange, conference)
      : undefined;
  return {
    list: (actor) =>
      live.conferences
        .of(actor.accountId)
        .flatMap((conference) => visible(actor, conference) ?? []),
    get: (actor, id) => viewOf(exchange, own(exchange, actor, id)),
    named: (actor, name) => visible(actor, live.conferences.named(actor.accountId, name)),
    withLeg: (actor, legId) => visible(actor, live.conferences.withLeg(legId)),
    create: (actor, wanted) => create(exchange, actor, wanted),
    change: (actor, id, wanted) => change(exchange, actor, id, wanted),
    end: (actor, id, options) => end(exchange, actor, id, options?.hangUp ?? false),
    mute: (actor, id, whom, on) => mute(exchange, actor, id, whom, on),
    hold: (actor, id, whom, on, meanwhile) => hold(exchange, actor, id, { whom, on, meanwhile }),
    tag: (actor, id, legId, memberTag) => coach(exchange, actor, id, legId, { memberTag }),
    coach: (actor, id, legId, coachTag) => coach(exchange, actor, id, legId, { coachTag }),
    kick: (actor, id, legId, options) => kick(exchange, actor, id, legId, options?.hangUp ?? false),
    async play(actor, id, sounds) {
      const conference = own(exchange, actor, id);
      const isHeard = conference.participants.some(({ state }) => state === 'inside');
      if (!isHeard) throw conferenceNotRunning(conference.name);
      const media = await toMediaFor(exchange, conference, sounds);
      await interpreter.mailboxes
        .of(id)
        .post(() => playInRoom(roomPortsOf(exchange), conference, media));
    },
  };
}
