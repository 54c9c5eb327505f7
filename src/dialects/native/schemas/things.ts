import { type Static, Type } from 'typebox';
import { Id, Instant, Nullable, strict, Text } from './common.ts';

export const ContactBody = Type.Object({
  uri: Type.String(),
  state: Type.String(),
  userAgent: Type.String(),
  viaAddress: Type.String(),
  expiresAt: Nullable(Instant),
  roundTripMicroseconds: Nullable(Type.Integer()),
});

export const EndpointBody = Type.Object({
  id: Id,
  serial: Type.Integer(),
  userId: Nullable(Id),
  username: Type.String(),
  alias: Type.String(),
  maxContacts: Type.Integer(),
  enabled: Type.Boolean(),
  online: Type.Boolean(),
  contacts: Type.Array(ContactBody),
  createdAt: Instant,
});

const Secret = Type.String({ minLength: 8, maxLength: 128 });
const MaxContacts = Type.Integer({ minimum: 1, maximum: 10 });
export const NewEndpointBody = Type.Object(
  {
    userId: Type.Optional(Nullable(Id)),
    username: Text(63),
    alias: Type.Optional(Type.String({ maxLength: 128 })),
    secret: Secret,
    maxContacts: Type.Optional(MaxContacts),
    enabled: Type.Optional(Type.Boolean()),
  },
  strict,
);
export type NewEndpointBody = Static<typeof NewEndpointBody>;
export const EndpointChangeBody = Type.Object(
  {
    userId: Type.Optional(Nullable(Id)),
    username: Type.Optional(Text(63)),
    alias: Type.Optional(Type.String({ maxLength: 128 })),
    secret: Type.Optional(Secret),
    maxContacts: Type.Optional(MaxContacts),
    enabled: Type.Optional(Type.Boolean()),
  },
  strict,
);
export type EndpointChangeBody = Static<typeof EndpointChangeBody>;

export const NumberTargetBody = Type.Union([
  Type.Object({ kind: Type.Literal('user'), userId: Id }, strict),
  Type.Object({ kind: Type.Literal('dial'), dialled: Text(20) }, strict),
  Type.Object({ kind: Type.Literal('application'), applicationId: Id }, strict),
  Type.Object({ kind: Type.Literal('none') }, strict),
]);
export type NumberTargetBody = Static<typeof NumberTargetBody>;
export const NumberBody = Type.Object({
  id: Id,
  e164: Type.String(),
  target: Type.Object({
    kind: Type.String(),
    userId: Type.Optional(Id),
    dialled: Type.Optional(Type.String()),
    applicationId: Type.Optional(Id),
  }),
  createdAt: Instant,
});
export const NewNumberBody = Type.Object({ e164: Text(32), target: NumberTargetBody }, strict);
export const NumberChangeBody = Type.Object({ target: Type.Optional(NumberTargetBody) }, strict);

const trunkFields = {
  name: Text(128),
  kind: Type.Union([Type.Literal('register'), Type.Literal('ip')]),
  host: Text(253),
};
const trunkOptions = {
  port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
  transport: Type.Optional(Type.Union([Type.Literal('udp'), Type.Literal('tcp')])),
  username: Type.Optional(Nullable(Text(128))),
  secret: Type.Optional(Nullable(Text(128))),
  inboundAddresses: Type.Optional(Type.Array(Text(64), { maxItems: 64 })),
  prefixes: Type.Optional(Type.Array(Text(16), { maxItems: 256 })),
  priority: Type.Optional(Type.Integer({ minimum: -1000, maximum: 1000 })),
  emergency: Type.Optional(Type.Boolean()),
  enabled: Type.Optional(Type.Boolean()),
};
export const NewTrunkBody = Type.Object({ ...trunkFields, ...trunkOptions }, strict);
export type NewTrunkBody = Static<typeof NewTrunkBody>;
export const TrunkChangeBody = Type.Object(
  { ...Type.Partial(Type.Object(trunkFields)).properties, ...trunkOptions },
  strict,
);
export type TrunkChangeBody = Static<typeof TrunkChangeBody>;
export const TrunkBody = Type.Object({
  id: Id,
  serial: Type.Integer(),
  name: Type.String(),
  kind: Type.String(),
  host: Type.String(),
  port: Type.Integer(),
  transport: Type.String(),
  username: Nullable(Type.String()),
  hasSecret: Type.Boolean(),
  inboundAddresses: Type.Array(Type.String()),
  prefixes: Type.Array(Type.String()),
  priority: Type.Integer(),
  emergency: Type.Boolean(),
  enabled: Type.Boolean(),
  state: Type.String(),
  createdAt: Instant,
});
