import { type Leg, userOf } from '../../../core/calls/index.ts';
import type { ConferenceView, ParticipantView } from '../../../core/conferences/index.ts';
import type { EntryView, QueueView } from '../../../core/queues/index.ts';

export const presentConference = ({ conference, participants }: ConferenceView) => ({
  id: conference.id,
  name: conference.name,
  state: conference.state,
  reserved: conference.reserved,
  maxParticipants: conference.settings.maxParticipants ?? null,
  beep: conference.settings.beep ?? false,
  startOnEnter: conference.settings.startOnEnter ?? false,
  locked: conference.settings.locked ?? false,
  record: conference.settings.record ?? false,
  recording: conference.recording !== undefined,
  participants: participants.length,
  createdAt: conference.createdAt.toISOString(),
  startedAt: conference.startedAt?.toISOString() ?? null,
  endsAt: conference.endsAt?.toISOString() ?? null,
});

const presentParty = (leg: Leg) => ({
  legId: leg.id,
  callId: leg.callId,
  userId: userOf(leg) ?? null,
  number: leg.number,
  name: leg.name,
});

export const presentParticipant = ({
  participant,
  leg,
  muted,
  held,
  talking,
}: ParticipantView) => ({
  ...presentParty(leg),
  state: participant.state,
  moderator: participant.moderator,
  endOnExit: participant.endOnExit,
  muted,
  held,
  talking,
  memberTag: participant.memberTag ?? null,
  coachTag: participant.coachTag ?? null,
  cameAt: participant.cameAt.toISOString(),
  joinedAt: participant.joinedAt?.toISOString() ?? null,
});

export const presentQueue = ({ queue, entries }: QueueView) => ({
  id: queue.id,
  name: queue.name,
  reserved: queue.reserved,
  maxLength: queue.maxLength ?? null,
  length: entries.length,
  longestWaitSeconds: Math.max(0, ...entries.map(({ waitedSeconds }) => waitedSeconds)),
  takers: queue.takers.length,
  createdAt: queue.createdAt.toISOString(),
});

export const presentEntry = ({ entry, leg, position, waitedSeconds }: EntryView) => ({
  ...presentParty(leg),
  position,
  priority: entry.priority,
  waitedSeconds,
  joinedAt: entry.joinedAt.toISOString(),
  takenBy: entry.takenBy ?? null,
});
