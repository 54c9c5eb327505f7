import { type Static, Type } from 'typebox';
import { Id, Instant, Nullable, strict, Text } from './common.ts';

export const LegBody = Type.Object({
  id: Id,
  direction: Type.String(),
  role: Type.String(),
  state: Type.String(),
  number: Type.String(),
  name: Type.String(),
  dialled: Type.String(),
  userId: Nullable(Id),
  endpointId: Nullable(Id),
  trunkId: Nullable(Id),
  held: Type.Boolean(),
  muted: Type.Boolean(),
  recording: Type.Boolean(),
  startedAt: Instant,
  ringingAt: Nullable(Instant),
  answeredAt: Nullable(Instant),
});

export const CallBody = Type.Object({
  id: Id,
  startedAt: Instant,
  ownLegId: Nullable(Id),
  legs: Type.Array(LegBody),
});

export const NewCallBody = Type.Object(
  {
    from: Type.Union(
      [
        Type.Object({ endpointId: Id }, strict),
        Type.Object({ userId: Id }, strict),
        Type.Object({ number: Text(32), endpointId: Id }, strict),
      ],
      { description: 'A device, every device of a person, or a number called as if from a device' },
    ),
    to: Text(32, 'Extension, feature code or number'),
    callerId: Type.Optional(Nullable(Text(32))),
  },
  strict,
);
export type NewCallBody = Static<typeof NewCallBody>;

export const SwitchBody = Type.Object({ on: Type.Boolean() }, strict);
export const RecordBody = Type.Object(
  { on: Type.Boolean(), announcement: Type.Optional(Type.Boolean()) },
  strict,
);
export const TransferBody = Type.Object(
  {
    to: Text(32),
    attended: Type.Optional(Type.Boolean()),
    callerId: Type.Optional(Nullable(Text(32))),
  },
  strict,
);
export const DtmfBody = Type.Object({ digits: Text(128) }, strict);
export const AnnounceBody = Type.Object({ url: Text(2048) }, strict);

export const CdrBody = Type.Object({
  legId: Id,
  callId: Id,
  parentLegId: Nullable(Id),
  rootLegId: Id,
  direction: Type.String(),
  role: Type.String(),
  userId: Nullable(Id),
  endpointId: Nullable(Id),
  trunkId: Nullable(Id),
  number: Type.String(),
  name: Type.String(),
  dialled: Type.String(),
  startedAt: Instant,
  ringingAt: Nullable(Instant),
  answeredAt: Nullable(Instant),
  endedAt: Instant,
  durationSeconds: Type.Integer(),
  cause: Type.String(),
  sipStatus: Nullable(Type.Integer()),
});

export const RecordingBody = Type.Object({
  id: Id,
  callId: Id,
  legId: Id,
  startedAt: Instant,
  durationSeconds: Nullable(Type.Number()),
  sizeBytes: Nullable(Type.Integer()),
  url: Type.String(),
});
