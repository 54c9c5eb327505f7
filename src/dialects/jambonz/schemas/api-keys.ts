import { Type } from 'typebox';
import { DateIn, DateOut, Nullable, SidField, strict } from './common.ts';

/** Seconds in a hundred years. */
const longestLife = 3_155_760_000;

export const NewApiKeyBody = Type.Object(
  {
    service_provider_sid: Type.Optional(Nullable(SidField)),
    account_sid: Type.Optional(Nullable(SidField)),
    expires_at: Type.Optional(Nullable(DateIn)),
    expiry_secs: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: longestLife }))),
  },
  strict,
);

export const MadeApiKey = Type.Object({ sid: SidField, token: SidField });

export const ApiKeyBody = Type.Object({
  api_key_sid: SidField,
  token: SidField,
  account_sid: Nullable(SidField),
  service_provider_sid: Nullable(SidField),
  expires_at: Nullable(DateOut),
  last_used: Nullable(DateOut),
  created_at: DateOut,
});
