import { type Static, Type } from 'typebox';
import { Id, Instant, Nullable, strict, Text } from './common.ts';

export const AccountBody = Type.Object({
  id: Id,
  serial: Type.Integer(),
  name: Type.String(),
  sipDomain: Type.String(),
  country: Type.String(),
  areaCode: Type.String(),
  timeZone: Type.String(),
  language: Type.String(),
  maxConcurrentCalls: Type.Integer(),
  isDefault: Type.Boolean(),
  isDemo: Type.Boolean(),
  createdAt: Instant,
});

const accountFields = {
  country: Type.String({ minLength: 2, maxLength: 2 }),
  areaCode: Type.String({ maxLength: 6 }),
  timeZone: Text(64),
  language: Text(16),
  maxConcurrentCalls: Type.Integer({ minimum: 0, maximum: 10_000 }),
};
export const NewAccountBody = Type.Object(
  { name: Text(128), sipDomain: Text(190), ...Type.Partial(Type.Object(accountFields)).properties },
  strict,
);
export const AccountChangeBody = Type.Partial(
  Type.Object({ name: Text(128), sipDomain: Text(190), ...accountFields }),
  strict,
);

export const UserBody = Type.Object({
  id: Id,
  serial: Type.Integer(),
  email: Type.String(),
  login: Type.String(),
  firstName: Type.String(),
  lastName: Type.String(),
  admin: Type.Boolean(),
  extension: Nullable(Type.String()),
  timeZone: Nullable(Type.String()),
  language: Nullable(Type.String()),
  busyOnBusy: Type.Boolean(),
  createdAt: Instant,
});

const userFields = {
  email: Text(254),
  login: Text(63),
  firstName: Type.String({ maxLength: 64 }),
  lastName: Type.String({ maxLength: 64 }),
  password: Type.String({ minLength: 8, maxLength: 256 }),
};
const userOptions = {
  admin: Type.Optional(Type.Boolean()),
  extension: Type.Optional(Nullable(Text(6))),
  timeZone: Type.Optional(Nullable(Text(64))),
  language: Type.Optional(Nullable(Text(16))),
};
export const NewUserBody = Type.Object({ ...userFields, ...userOptions }, strict);
export type NewUserBody = Static<typeof NewUserBody>;
export const UserChangeBody = Type.Object(
  {
    ...Type.Partial(Type.Object(userFields)).properties,
    ...userOptions,
    busyOnBusy: Type.Optional(Type.Boolean()),
  },
  strict,
);
export type UserChangeBody = Static<typeof UserChangeBody>;

const LoginDialect = Type.Literal('mikopbx', { description: 'The API that it opens' });
export const LoginBody = Type.Object({
  id: Id,
  dialect: LoginDialect,
  name: Type.String(),
  createdAt: Instant,
});
export const NewLoginBody = Type.Object(
  {
    dialect: LoginDialect,
    name: Text(63),
    password: Type.String({ minLength: 8, maxLength: 256 }),
  },
  strict,
);

export const TokenBody = Type.Object({
  id: Id,
  name: Type.String(),
  scopes: Type.Union([Type.Literal('all'), Type.Array(Type.String())]),
  createdAt: Instant,
});
export const NewTokenBody = Type.Object(
  {
    scopes: Type.Optional(
      Type.Union([Type.Literal('all'), Type.Array(Text(64), { maxItems: 64 })]),
    ),
  },
  strict,
);
export const ShownTokenBody = Type.Object({
  ...TokenBody.properties,
  secret: Type.String({ description: 'Shown this once' }),
});
