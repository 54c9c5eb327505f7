import { Type } from 'typebox';
import { Nullable, SidField, strict } from './common.ts';

const Sid = Type.Optional(Nullable(SidField));

export const NewPhoneNumberBody = Type.Object(
  {
    number: Type.String({ minLength: 1, maxLength: 64 }),
    voip_carrier_sid: Sid,
    account_sid: Sid,
    application_sid: Sid,
  },
  strict,
);

export const PhoneNumberChangeBody = Type.Object(
  { account_sid: Sid, application_sid: Sid },
  strict,
);

export const PhoneNumberBody = Type.Object({
  phone_number_sid: SidField,
  number: Type.String(),
  voip_carrier_sid: Nullable(SidField),
  account_sid: Nullable(SidField),
  application_sid: Nullable(SidField),
  service_provider_sid: Nullable(SidField),
});
