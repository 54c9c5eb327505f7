import { type Static, Type } from 'typebox';
import { Id, Instant, Nullable, strict, Text } from './common.ts';

const Name = Type.String({
  minLength: 1,
  maxLength: 128,
  description: 'Without colon and slash; unique in the account',
});
const Label = Nullable(Text(128));

export const ConferenceBody = Type.Object({
  id: Id,
  name: Type.String(),
  state: Type.String({ description: '`waiting`, `started` or `ending`' }),
  reserved: Type.Boolean({ description: 'Made ahead: it stays when nobody is in it' }),
  maxParticipants: Nullable(Type.Integer()),
  beep: Type.Boolean(),
  startOnEnter: Type.Boolean(),
  locked: Type.Boolean(),
  record: Type.Boolean(),
  recording: Type.Boolean(),
  participants: Type.Integer(),
  createdAt: Instant,
  startedAt: Nullable(Instant),
  endsAt: Nullable(Instant),
});

const conferenceSettings = {
  maxParticipants: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 10_000 }))),
  beep: Type.Optional(Type.Boolean({ description: 'A tone when somebody enters' })),
  startOnEnter: Type.Optional(Type.Boolean({ description: 'No moderator is needed' })),
  locked: Type.Optional(Type.Boolean({ description: 'Nobody else is let in' })),
  record: Type.Optional(Type.Boolean({ description: 'Everything that is said is recorded' })),
};
export const NewConferenceBody = Type.Object({ name: Name, ...conferenceSettings }, strict);
export const ConferenceChangeBody = Type.Object(conferenceSettings, strict);
export type ConferenceChangeBody = Static<typeof ConferenceChangeBody>;

export const ParticipantBody = Type.Object({
  legId: Id,
  callId: Id,
  userId: Nullable(Id),
  number: Type.String(),
  name: Type.String(),
  state: Type.String({ description: '`waiting`, `entering`, `inside` or `held`' }),
  moderator: Type.Boolean(),
  endOnExit: Type.Boolean(),
  muted: Type.Boolean(),
  held: Type.Boolean(),
  talking: Type.Boolean(),
  memberTag: Nullable(Type.String()),
  coachTag: Nullable(Type.String()),
  cameAt: Instant,
  joinedAt: Nullable(Instant),
});

export const LegParameters = Type.Object({
  id: Type.String({ maxLength: 64 }),
  legId: Type.String({ maxLength: 64 }),
});
export const HangUpQuery = Type.Object({
  hangUp: Type.Optional(Type.Boolean({ description: 'Hangs up instead of going on' })),
});

export const WhomBody = Type.Object(
  {
    on: Type.Boolean(),
    except: Type.Optional(
      Type.Literal('moderators', { description: 'All but moderators; else everybody' }),
    ),
  },
  strict,
);
export const HoldBody = Type.Object(
  {
    on: Type.Boolean(),
    hears: Type.Optional(
      Type.Union([Type.Literal('music'), Type.Literal('silence')], { default: 'music' }),
    ),
  },
  strict,
);
export const TagBody = Type.Object({ tag: Label }, strict);
export const PlayBody = Type.Union([
  Type.Object({ url: Text(2048) }, strict),
  Type.Object({ text: Text(4000), language: Type.Optional(Text(16)) }, strict),
]);
export type PlayBody = Static<typeof PlayBody>;

export const QueueBody = Type.Object({
  id: Id,
  name: Type.String(),
  reserved: Type.Boolean({ description: 'Made ahead: it stays when nobody waits in it' }),
  maxLength: Nullable(Type.Integer()),
  length: Type.Integer(),
  longestWaitSeconds: Type.Integer(),
  takers: Type.Integer({ description: 'How many wait for somebody to take' }),
  createdAt: Instant,
});

const MaxLength = Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 10_000 })));
export const NewQueueBody = Type.Object({ name: Name, maxLength: MaxLength }, strict);
export const QueueChangeBody = Type.Object({ maxLength: MaxLength }, strict);

export const EntryBody = Type.Object({
  legId: Id,
  callId: Id,
  userId: Nullable(Id),
  number: Type.String(),
  name: Type.String(),
  position: Type.Integer({ description: 'From 0' }),
  priority: Type.Integer(),
  waitedSeconds: Type.Integer(),
  joinedAt: Instant,
  takenBy: Nullable(Id),
});

export const ForceQuery = Type.Object({
  force: Type.Optional(Type.Boolean({ description: 'Takes out who waits' })),
});
export const MoveBody = Type.Union([
  Type.Object({ priority: Type.Integer({ minimum: 0, maximum: 1_000_000 }) }, strict),
  Type.Object({ toFront: Type.Literal(true) }, strict),
  Type.Object({ queueId: Id }, strict),
]);
export type MoveBody = Static<typeof MoveBody>;
export const ConnectBody = Type.Object({ legId: Id }, strict);
