import type {
  EngineBridgeId,
  EngineRecordingId,
  Media,
  PlaybackId,
} from '../../engine/port/index.ts';
import { type ConferenceId, newId, type RecordingId } from '../../kernel/ids.ts';
import { type Leg, secondsBetween, userOf } from '../calls/index.ts';
import {
  type Conference,
  listenersOf,
  membersOf,
  type Participant,
  participantOf,
  withoutParticipant,
} from '../conferences/index.ts';
import type { CoreEvent } from '../events/index.ts';
import type { ConferenceInstruction, Sound } from '../programs/index.ts';
import type { Recording } from '../recordings/index.ts';
import { about } from './leg-events.ts';
import { toMediaFor } from './sounds.ts';
import type { Stage } from './stage.ts';

/** What is needed to change a conference, by an instruction or from outside. */
export type RoomPorts = Pick<
  Stage,
  'live' | 'engine' | 'clock' | 'speech' | 'sounds' | 'directory' | 'send' | 'inform'
>;

export type LeftBecause = Extract<CoreEvent, { type: 'conference.left' }>['reason'];

/** What every event about a conference says of it. */
const aboutConference = (conference: Conference, at: Date) => ({
  accountId: conference.accountId,
  conferenceId: conference.id,
  conferenceName: conference.name,
  participants: membersOf(conference),
  durationSeconds: secondsBetween(conference.startedAt, at),
  watchers: conference.watchers,
  at,
});

const aboutParticipant = (conference: Conference, leg: Leg, at: Date) => ({
  ...about(leg, at),
  ...aboutConference(conference, at),
});

/** A conference of a name, that is made if there is none. */
export function conferenceFor(
  ports: RoomPorts,
  leg: Leg,
  wanted: ConferenceInstruction,
): Conference {
  const known = ports.live.conferences.named(leg.accountId, wanted.name);
  if (known) return known;
  const { maxParticipants } = wanted;
  return {
    id: newId<ConferenceId>(),
    accountId: leg.accountId,
    name: wanted.name,
    state: 'waiting',
    reserved: false,
    settings: { ...(maxParticipants !== undefined && { maxParticipants }) },
    notes: undefined,
    watchers: [],
    createdAt: ports.clock.now(),
    startedAt: undefined,
    endsAt: undefined,
    endedAt: undefined,
    bridge: undefined,
    recording: undefined,
    participants: [],
  };
}

/** The present meeting begins, by a leg; who waited for it is let in. */
export function startConference(ports: RoomPorts, before: Conference, leg: Leg): void {
  const at = ports.clock.now();
  const conference: Conference = {
    ...before,
    state: 'started',
    startedAt: at,
    bridge: `conference-${newId()}` as EngineBridgeId,
  };
  ports.live.conferences.put(conference);
  ports.live.tell({ ...aboutParticipant(conference, leg, at), type: 'conference.started' });
  for (const { legId, state } of conference.participants) {
    if (state === 'waiting') ports.inform(legId, { type: 'conference', change: 'started' });
  }
}

/** The place of the present meeting in the engine, made if it is not there. */
export const placeOf = (ports: RoomPorts, bridge: EngineBridgeId): Promise<EngineBridgeId> =>
  ports.engine.createBridge({ dtmf: true, many: true, id: bridge });

export const tellWaiting = (ports: RoomPorts, conference: Conference, leg: Leg): void =>
  ports.live.tell({
    ...aboutParticipant(conference, leg, ports.clock.now()),
    type: 'conference.waiting',
  });

export const tellJoined = (ports: RoomPorts, conference: Conference, leg: Leg): void =>
  ports.live.tell({
    ...aboutParticipant(conference, leg, ports.clock.now()),
    type: 'conference.joined',
    memberTag: participantOf(conference, leg.id)?.memberTag,
  });

/** Somebody begins or ceases to talk, where somebody wants to know. */
export function tellTalking(
  ports: Pick<RoomPorts, 'live' | 'clock'>,
  conference: Conference,
  leg: Leg,
  talking: boolean,
): void {
  const { settings, participants } = conference;
  if (!settings.tellTalking && !participants.some((one) => one.tellTalking)) return;
  ports.live.tell({
    ...aboutParticipant(conference, leg, ports.clock.now()),
    type: 'conference.talking',
    talking,
  });
}

/** Plays to everybody inside. */
export async function playInRoom(
  { engine }: RoomPorts,
  { bridge }: Conference,
  media: readonly Media[],
): Promise<void> {
  if (bridge) await engine.play(`conference-${newId()}` as PlaybackId, { bridge }, media);
}

export const soundInRoom = (
  ports: RoomPorts,
  conference: Conference,
  sounds: readonly Sound[],
): void => {
  if (sounds.length === 0) return;
  const play = async () =>
    playInRoom(ports, conference, await toMediaFor(ports, conference, sounds));
  ports.send('sound', play, conference.id);
};

/** Who coaches is heard by its listeners alone. To be called when somebody's place or label has changed. */
export function applyCoaching(ports: RoomPorts, conference: Conference): void {
  for (const coach of conference.participants) {
    const leg = coach.coachTag === undefined ? undefined : ports.live.leg(coach.legId);
    if (!leg || coach.joinedAt === undefined) continue;
    const ids = coach.state === 'inside' ? listenersOf(conference, coach) : [];
    const listeners = ids.flatMap((id) => ports.live.leg(id)?.engineId ?? []);
    ports.send('coach', () => ports.engine.coach(leg.engineId, listeners), leg.id);
  }
}

/** Everything that is said is recorded from now on, in the name of a leg. Once is enough. */
export function recordRoom(ports: RoomPorts, conference: Conference, leg: Leg): void {
  const { bridge } = conference;
  if (!bridge || conference.recording) return;
  const recordingId = newId<RecordingId>();
  const engineId = recordingId as string as EngineRecordingId;
  const at = ports.clock.now();
  const recording: Recording = {
    id: recordingId,
    accountId: conference.accountId,
    callId: leg.callId,
    legId: leg.id,
    ownerUserId: userOf(leg),
    startedBy: { dialect: leg.program?.source.dialect ?? 'routing', credentialId: undefined },
    state: 'running',
    startedAt: at,
    endedAt: undefined,
    durationSeconds: undefined,
    sizeBytes: undefined,
    file: undefined,
  };
  ports.live.putRecording(recording);
  ports.live.conferences.put({ ...conference, recording: { recordingId, engineId } });
  const stored = ports.live.durable();
  const begin = async () => {
    await stored;
    if (ports.live.conferences.get(conference.id)?.bridge !== bridge)
      throw new Error('the conference is over');
    await placeOf(ports, bridge);
    await ports.engine.recordBridge(engineId, bridge);
    ports.live.tell({ ...about(leg, at), type: 'recording.started', recordingId });
  };
  const failed = (error: unknown) => {
    ports.live.putRecording({ ...recording, state: 'failed', endedAt: ports.clock.now() });
    throw error;
  };
  ports.send('record conference', () => begin().catch(failed), conference.id);
}

/**
 * Nobody is left: the place is given back, and the conference is gone unless it is reserved.
 * @param last - who left last, if anybody was there: its commands come first
 */
function closeConference(ports: RoomPorts, conference: Conference, last: Leg | undefined): void {
  const { bridge, recording, startedAt, watchers } = conference;
  const at = ports.clock.now();
  if (bridge) {
    const close = async () => {
      if (recording) await ports.engine.stopRecording(recording.engineId);
      await ports.engine.destroyBridge(bridge);
    };
    ports.send('close conference', close, last?.id ?? conference.id);
  }
  if (startedAt && last)
    ports.live.tell({ ...aboutParticipant(conference, last, at), type: 'conference.ended' });
  ports.live.conferences.put({
    ...conference,
    state: 'waiting',
    startedAt: undefined,
    endsAt: undefined,
    bridge: undefined,
    recording: undefined,
    watchers: watchers.filter(({ legId }) => legId === undefined),
    endedAt: conference.reserved ? undefined : at,
  });
}

/** The present meeting is over: everybody is let go. What is not reserved is gone then. */
export function endConference(ports: RoomPorts, conference: Conference): void {
  if (conference.state === 'ending') return;
  if (conference.participants.length === 0) return closeConference(ports, conference, undefined);
  ports.live.conferences.put({ ...conference, state: 'ending', endsAt: undefined });
  for (const { legId } of conference.participants)
    ports.inform(legId, { type: 'conference', change: 'ended' });
}

/** One with the right to end the conference has left: it ends, at once or after a while. */
function moderatorLeft(ports: RoomPorts, conference: Conference, gone: Participant): void {
  if (gone.endAfterSeconds <= 0) return endConference(ports, conference);
  const endsAt = new Date(ports.clock.now().getTime() + gone.endAfterSeconds * 1000);
  ports.live.conferences.put({ ...conference, endsAt });
  for (const { legId } of conference.participants)
    ports.inform(legId, { type: 'conference', change: 'ending' });
}

/** A leg is no longer in a conference: that is told, and what follows from it happens. */
export function applyLeft(
  ports: RoomPorts,
  before: Conference,
  leg: Leg,
  reason: LeftBecause,
  exitSound: readonly Sound[],
): void {
  const gone = participantOf(before, leg.id);
  if (!gone) return;
  const at = ports.clock.now();
  const conference = withoutParticipant(before, leg.id);
  ports.live.conferences.setTalking(leg.id, false);
  ports.live.conferences.put(conference);
  if (gone.joinedAt) {
    ports.live.tell({
      ...aboutParticipant(conference, leg, at),
      type: 'conference.left',
      reason,
      joinedSeconds: secondsBetween(gone.joinedAt, at),
    });
  }
  if (conference.participants.length === 0) return closeConference(ports, conference, leg);
  if (conference.state !== 'started') return;
  if (gone.memberTag !== undefined) applyCoaching(ports, conference);
  if (gone.joinedAt && gone.endOnExit) moderatorLeft(ports, conference, gone);
  else soundInRoom(ports, conference, exitSound);
}
