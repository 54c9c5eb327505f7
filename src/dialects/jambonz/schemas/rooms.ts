import { type Static, Type } from 'typebox';
import { DateOut, Flag, FlagIn, Nullable, SidField, strict } from './common.ts';
import { HookIn } from './hook.ts';

/** An address, or a hook with a method and credentials; `null` takes it away. */
const AnyHook = Nullable(Type.Union([Type.String({ minLength: 1, maxLength: 2048 }), HookIn]));

const HookOut = Nullable(
  Type.Object({
    url: Type.String(),
    method: Type.String(),
    username: Nullable(Type.String()),
    password: Nullable(Type.String()),
  }),
);

const Name = Type.String({ minLength: 1, maxLength: 128, pattern: '^[^:/]*$' });
const Limit = Nullable(Type.Integer({ minimum: 1, maximum: 10_000 }));
const Switch = (on: 'mute' | 'hold') => Type.Union([Type.Literal(on), Type.Literal(`un${on}`)]);

export const StatusEvent = Type.Union(
  (['start', 'end', 'join', 'leave', 'start-talking', 'stop-talking'] as const).map((name) =>
    Type.Literal(name),
  ),
);

const conferenceSettings = {
  max_participants: Type.Optional(Limit),
  beep: Type.Optional(FlagIn),
  start_on_create: Type.Optional(FlagIn),
  locked: Type.Optional(FlagIn),
  wait_hook: Type.Optional(AnyHook),
  status_hook: Type.Optional(AnyHook),
  status_events: Type.Optional(Type.Array(StatusEvent, { maxItems: 20 })),
  record: Type.Optional(FlagIn),
};

export const NewConferenceBody = Type.Object({ name: Name, ...conferenceSettings }, strict);

export const ConferenceChangeBody = Type.Object(
  {
    ...conferenceSettings,
    mute_status: Type.Optional(Switch('mute')),
    hold_status: Type.Optional(Switch('hold')),
  },
  strict,
);
export type ConferenceChangeBody = Static<typeof ConferenceChangeBody>;

export const ConferenceBody = Type.Object({
  conference_sid: Type.String(),
  name: Type.String(),
  members: Type.Integer(),
  duration: Type.Integer(),
  max_participants: Nullable(Type.Integer()),
  locked: Flag,
  beep: Flag,
  recording: Flag,
  reserved: Flag,
  created_at: DateOut,
});

const Party = { from: Type.String(), to: Type.String() };

export const ParticipantBody = Type.Object({
  call_sid: SidField,
  conference_sid: Type.String(),
  ...Party,
  direction: Type.String(),
  label: Nullable(Type.String()),
  member_tag: Nullable(Type.String()),
  coach_tag: Nullable(Type.String()),
  muted: Flag,
  on_hold: Flag,
  moderator: Flag,
  talking: Flag,
  joined_at: DateOut,
  duration: Type.Integer(),
});

const Tag = Nullable(Type.String({ minLength: 1, maxLength: 128 }));

export const ParticipantChangeBody = Type.Object(
  {
    mute_status: Type.Optional(Switch('mute')),
    hold_status: Type.Optional(Switch('hold')),
    wait_hook: Type.Optional(AnyHook),
    member_tag: Type.Optional(Tag),
    coach_tag: Type.Optional(Tag),
  },
  strict,
);
export type ParticipantChangeBody = Static<typeof ParticipantChangeBody>;

/** What a list of conferences shows of each of them, if more than names is asked for. */
export const ExpandedConference = Type.Object({
  id: Type.String(),
  name: Type.String(),
  durationSec: Type.Integer(),
  participants: Type.Array(
    Type.Object({
      call_sid: SidField,
      label: Nullable(Type.String()),
      memberTag: Nullable(Type.String()),
      isAgent: Type.Boolean(),
    }),
  ),
});

const queueSettings = {
  max_length: Type.Optional(Limit),
  wait_hook: Type.Optional(AnyHook),
  event_hook: Type.Optional(AnyHook),
};

export const NewQueueBody = Type.Object({ name: Name, ...queueSettings }, strict);
export const QueueChangeBody = Type.Object(queueSettings, strict);
export type QueueChangeBody = Static<typeof QueueChangeBody>;

export const QueueLength = Type.Object({ name: Type.String(), length: Type.Integer() });

export const QueueBody = Type.Object({
  queue_sid: Type.String(),
  name: Type.String(),
  length: Type.Integer(),
  max_length: Nullable(Type.Integer()),
  wait_hook: HookOut,
  event_hook: HookOut,
  longest_wait: Type.Integer(),
  reserved: Flag,
  created_at: DateOut,
});

export const QueuedCallBody = Type.Object({
  call_sid: SidField,
  queue_sid: Type.String(),
  ...Party,
  position: Type.Integer(),
  priority: Type.Integer(),
  wait_time: Type.Integer(),
  joined_at: DateOut,
});

export const QueuedCallChangeBody = Type.Object(
  {
    priority: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    move_to: Type.Optional(Name),
    bridge_to: Type.Optional(SidField),
    call_hook: Type.Optional(AnyHook),
  },
  strict,
);
export type QueuedCallChangeBody = Static<typeof QueuedCallChangeBody>;

/** The sid of a conference or a queue that was made. */
export const MadeRoom = Type.Object({ sid: Type.String() });

/** `true` and `false`, as they are written in queries. */
export const Truth = Type.Optional(Type.Boolean());
