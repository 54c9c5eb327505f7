import { type Static, Type } from 'typebox';
import { Flag, FlagIn, Nullable, SidField, strict } from './common.ts';

const Username = Type.String({ minLength: 1, maxLength: 63 });
const fields = {
  account_sid: Type.Optional(Nullable(SidField)),
  password: Type.Optional(Nullable(Type.String({ maxLength: 128 }))),
  is_active: Type.Optional(FlagIn),
  allow_direct_app_calling: Type.Optional(FlagIn),
  allow_direct_queue_calling: Type.Optional(FlagIn),
  allow_direct_user_calling: Type.Optional(FlagIn),
};

export const NewClientBody = Type.Object({ username: Username, ...fields }, strict);
export const ClientChangeBody = Type.Object(
  { username: Type.Optional(Username), ...fields },
  strict,
);
export type ClientFields = Static<typeof ClientChangeBody>;

export const ClientBody = Type.Object({
  client_sid: SidField,
  account_sid: SidField,
  username: Type.String(),
  password: Type.String({ description: 'Its first character, then an X for each further one' }),
  is_active: Flag,
  allow_direct_app_calling: Flag,
  allow_direct_queue_calling: Flag,
  allow_direct_user_calling: Flag,
});

const Registered = Type.Union([Type.Literal('active'), Type.Literal('inactive')]);
const state = {
  name: Type.String(),
  contact: Nullable(Type.String()),
  expiryTime: Type.Integer({ description: 'Milliseconds since 1970; 0 for nobody' }),
  protocol: Nullable(Type.String()),
  registered_status: Registered,
};

export const RegisteredUserBody = Type.Object(state);
export const RegisteredUserDetail = Type.Object({
  ...state,
  allow_direct_app_calling: Flag,
  allow_direct_queue_calling: Flag,
  allow_direct_user_calling: Flag,
  proxy: Nullable(Type.String()),
});
export const UserNames = Type.Array(Type.String({ maxLength: 128 }), { maxItems: 1_000 });
