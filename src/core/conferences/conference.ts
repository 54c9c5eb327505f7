import type { EngineBridgeId, EngineRecordingId } from '../../engine/port/index.ts';
import type { AccountId, ConferenceId, LegId, RecordingId } from '../../kernel/ids.ts';
import type { Json } from '../../kernel/json.ts';
import type { Watcher } from '../events/index.ts';

/**
 * The life of a conference.
 *
 *   waiting ──(a moderator enters)──▶ started ──(a moderator who ends it leaves, or it is ended)──▶ ending
 *      ▲                                 │                                                            │
 *      └── (reserved, nobody is left) ───┴────────────────────────────────────────────────────────────┘
 *
 * One that is not reserved is gone when nobody is left.
 */
export type ConferenceState = 'waiting' | 'started' | 'ending';

/** What a conference is asked for, by whoever makes it. */
export interface ConferenceSettings {
  /** Further legs are refused. */
  readonly maxParticipants?: number | undefined;
  /** A short tone for everybody when somebody enters. */
  readonly beep?: boolean | undefined;
  /** Whoever enters first starts it: no moderator is needed. */
  readonly startOnEnter?: boolean | undefined;
  /** Nobody else is let in. */
  readonly locked?: boolean | undefined;
  /** Everything that is said is recorded while it runs. */
  readonly record?: boolean | undefined;
  /** Events tell who talks. */
  readonly tellTalking?: boolean | undefined;
}

/** A leg in a conference. */
export interface Participant {
  readonly legId: LegId;
  /**
   * `waiting` for it to start; `entering`: hears what is for it alone, or is let in; `inside`; `held`: out of it
   * for a while.
   */
  readonly state: 'waiting' | 'entering' | 'inside' | 'held';
  /** A conference that waits starts when one enters. */
  readonly moderator: boolean;
  /** The conference ends when it leaves, after so many seconds unless another one of its kind is there. */
  readonly endOnExit: boolean;
  readonly endAfterSeconds: number;
  /** By what it can be coached. */
  readonly memberTag: string | undefined;
  /** It is heard by participants with this tag alone. */
  readonly coachTag: string | undefined;
  /** Whether events tell who talks, while it is there. */
  readonly tellTalking: boolean;
  /** Whether it is to be held as soon as it can be. */
  readonly holds: boolean;
  /** When it came, and when it first heard the others. */
  readonly cameAt: Date;
  readonly joinedAt: Date | undefined;
}

/** Where legs of one account, each of a call of its own, hear each other. */
export interface Conference {
  readonly id: ConferenceId;
  readonly accountId: AccountId;
  /** Unique within the account. */
  readonly name: string;
  readonly state: ConferenceState;
  /** Made ahead: it stays when nobody is in it. Its settings win over those that a leg brings. */
  readonly reserved: boolean;
  readonly settings: ConferenceSettings;
  /** What its maker keeps with it, in that one's own words. */
  readonly notes: Json | undefined;
  /** Who is told what happens in it: its maker for good, others until the present meeting ends. */
  readonly watchers: readonly Watcher[];
  readonly createdAt: Date;
  /** When the present meeting started. */
  readonly startedAt: Date | undefined;
  /** When the present meeting ends unless somebody prevents it. */
  readonly endsAt: Date | undefined;
  /** When it is gone for good. */
  readonly endedAt: Date | undefined;
  /** Where the present meeting is, in the engine. */
  readonly bridge: EngineBridgeId | undefined;
  /** What records the present meeting. */
  readonly recording:
    | { readonly recordingId: RecordingId; readonly engineId: EngineRecordingId }
    | undefined;
  /** In the order in which they came. */
  readonly participants: readonly Participant[];
}

/** The participant with a leg. */
export const participantOf = (conference: Conference, legId: LegId): Participant | undefined =>
  conference.participants.find((participant) => participant.legId === legId);

/** The conference with some fields of one participant changed. */
export const withParticipant = (
  conference: Conference,
  legId: LegId,
  change: Partial<Participant>,
): Conference => ({
  ...conference,
  participants: conference.participants.map((participant) =>
    participant.legId === legId ? { ...participant, ...change } : participant,
  ),
});

export const withoutParticipant = (conference: Conference, legId: LegId): Conference => ({
  ...conference,
  participants: conference.participants.filter((participant) => participant.legId !== legId),
});

/** The conference with somebody more who is told what happens in it. */
export const withWatcher = (conference: Conference, watcher: Watcher): Conference => ({
  ...conference,
  watchers: [...conference.watchers.filter(({ legId }) => legId !== watcher.legId), watcher],
});

/** How many take part: inside, or held. Those who wait do not. */
export const membersOf = ({ participants }: Conference): number =>
  participants.filter(({ joinedAt }) => joinedAt !== undefined).length;

/** Why a leg is not let in; `undefined` if it is. @param wanted - the most that the leg itself wants */
export function whyRefused(
  { settings, participants, state }: Conference,
  wanted: number | undefined,
): 'locked' | 'full' | undefined {
  if (settings.locked || state === 'ending') return 'locked';
  const most = settings.maxParticipants ?? wanted;
  return most !== undefined && participants.length >= most ? 'full' : undefined;
}

/** Who hears a coach: everybody inside with its tag but itself. */
export const listenersOf = ({ participants }: Conference, coach: Participant): readonly LegId[] =>
  coach.coachTag === undefined
    ? []
    : participants
        .filter(({ state, memberTag }) => state === 'inside' && memberTag === coach.coachTag)
        .flatMap(({ legId }) => (legId === coach.legId ? [] : [legId]));
