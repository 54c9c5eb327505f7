import { type Leg, secondsBetween, viewOfLeg } from '../../../core/calls/index.ts';
import {
  type ConferenceView,
  membersOf,
  type ParticipantView,
} from '../../../core/conferences/index.ts';
import type { EntryView, QueueView } from '../../../core/queues/index.ts';
import type { HookRef } from '../compile/hook-ref.ts';
import { asFlag } from '../read/flag.ts';
import { fromOf, toOf } from '../source/call-info.ts';
import { openHook } from '../source/call-session.ts';
import { conferenceSid, notesIn, queueSid } from '../source/room-notes.ts';
import { presentDate } from './dates.ts';

/** For whom something is shown, and when. */
export interface ShownTo {
  readonly accountSid: string;
  readonly now: Date;
  readonly open: (sealed: string) => string;
}

const party = (leg: Leg) => {
  const view = viewOfLeg(leg);
  return { from: fromOf(view, undefined), to: toOf(view) };
};

export const presentConference = (
  { conference }: ConferenceView,
  { accountSid, now }: ShownTo,
) => ({
  conference_sid: conferenceSid(accountSid, conference.name),
  name: conference.name,
  members: membersOf(conference),
  duration: secondsBetween(conference.startedAt, now),
  max_participants: conference.settings.maxParticipants ?? null,
  locked: asFlag(conference.settings.locked ?? false),
  beep: asFlag(conference.settings.beep ?? false),
  recording: asFlag(conference.recording !== undefined),
  reserved: asFlag(conference.reserved),
  created_at: presentDate(conference.createdAt),
});

/** With everybody in it, for those who ask for that. */
export const presentExpanded = (
  { conference, participants }: ConferenceView,
  { accountSid, now }: ShownTo,
) => ({
  id: conferenceSid(accountSid, conference.name),
  name: conference.name,
  durationSec: secondsBetween(conference.startedAt, now),
  participants: participants.map(({ participant, leg }) => ({
    call_sid: leg.sid,
    label: null,
    memberTag: participant.memberTag ?? null,
    isAgent: false,
  })),
});

/** Who still waits for the conference is on hold. */
export const presentParticipant = (
  { participant, leg, muted, held, talking }: ParticipantView,
  name: string,
  { accountSid, now }: ShownTo,
) => ({
  call_sid: leg.sid,
  conference_sid: conferenceSid(accountSid, name),
  ...party(leg),
  direction: leg.direction,
  label: null,
  member_tag: participant.memberTag ?? null,
  coach_tag: participant.coachTag ?? null,
  muted: asFlag(muted),
  on_hold: asFlag(held || participant.state === 'waiting' || participant.state === 'held'),
  moderator: asFlag(participant.moderator),
  talking: asFlag(talking),
  joined_at: presentDate(participant.joinedAt ?? participant.cameAt),
  duration: secondsBetween(participant.joinedAt, now),
});

const presentHook = (ref: HookRef | undefined, open: ShownTo['open']) => {
  if (!ref) return null;
  const { url, method, username, password } = openHook(ref, open);
  return { url, method, username: username ?? null, password: password ?? null };
};

export const presentQueue = ({ queue, entries }: QueueView, { accountSid, open }: ShownTo) => ({
  queue_sid: queueSid(accountSid, queue.name),
  name: queue.name,
  length: entries.length,
  max_length: queue.maxLength ?? null,
  wait_hook: presentHook(notesIn(queue.notes).waitHook, open),
  event_hook: presentHook(notesIn(queue.notes).eventHook, open),
  longest_wait: Math.max(0, ...entries.map(({ waitedSeconds }) => waitedSeconds)),
  reserved: asFlag(queue.reserved),
  created_at: presentDate(queue.createdAt),
});

export const presentQueuedCall = (
  { entry, leg, position, waitedSeconds }: EntryView,
  name: string,
  { accountSid }: ShownTo,
) => ({
  call_sid: leg.sid,
  queue_sid: queueSid(accountSid, name),
  ...party(leg),
  position,
  priority: entry.priority,
  wait_time: waitedSeconds,
  joined_at: presentDate(entry.joinedAt),
});
