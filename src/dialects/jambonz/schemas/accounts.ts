import { type Static, Type } from 'typebox';
import { limitCategories } from '../../../core/limits/index.ts';
import { DateOut, Flag, FlagIn, Nullable, SidField, strict } from './common.ts';
import { HookIn, HookOut } from './hook.ts';

const Name = Type.String({ minLength: 1, maxLength: 64 });
const Text = Type.Optional(Nullable(Type.String({ maxLength: 8_192 })));

/** Where recordings are also to be put. */
export const BucketIn = Type.Object(
  {
    vendor: Type.Union(
      ['aws_s3', 's3_compatible', 'google', 'azure', 'none'].map((word) => Type.Literal(word)),
    ),
    name: Text,
    region: Text,
    endpoint: Text,
    access_key_id: Text,
    secret_access_key: Text,
    service_key: Text,
    connection_string: Text,
    tags: Type.Optional(
      Nullable(Type.Array(Type.Record(Type.String(), Type.String()), { maxItems: 50 })),
    ),
  },
  strict,
);

const fields = {
  service_provider_sid: Type.Optional(Nullable(SidField)),
  sip_realm: Type.Optional(Nullable(Type.String({ maxLength: 190 }))),
  registration_hook: Type.Optional(Nullable(HookIn)),
  queue_event_hook: Type.Optional(Nullable(HookIn)),
  device_calling_application_sid: Type.Optional(Nullable(SidField)),
  is_active: Type.Optional(FlagIn),
  disable_cdrs: Type.Optional(FlagIn),
  siprec_hook_sid: Type.Optional(Nullable(SidField)),
  record_all_calls: Type.Optional(FlagIn),
  record_format: Type.Optional(Type.Union([Type.Literal('mp3'), Type.Literal('wav')])),
  bucket_credential: Type.Optional(Nullable(BucketIn)),
  enable_debug_log: Type.Optional(FlagIn),
  device_to_call_ratio: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  plan_type: Type.Optional(Type.Union(['trial', 'free', 'paid'].map((word) => Type.Literal(word)))),
};

export const NewAccountBody = Type.Object({ name: Name, ...fields }, strict);
export const AccountChangeBody = Type.Object({ name: Type.Optional(Name), ...fields }, strict);
export type AccountFields = Static<typeof AccountChangeBody>;

const ShownText = Nullable(Type.String());

export const AccountBody = Type.Object({
  account_sid: SidField,
  name: Type.String(),
  sip_realm: ShownText,
  service_provider_sid: SidField,
  device_calling_application_sid: Nullable(SidField),
  is_active: Flag,
  created_at: DateOut,
  plan_type: Type.String(),
  stripe_customer_id: Type.Null(),
  webhook_secret: Type.String(),
  disable_cdrs: Flag,
  trial_end_date: Type.Null(),
  deactivated_reason: Type.Null(),
  device_to_call_ratio: Type.Integer(),
  subspace_client_id: Type.Null(),
  subspace_client_secret: Type.Null(),
  subspace_sip_teleport_id: Type.Null(),
  subspace_sip_teleport_destinations: Type.Null(),
  siprec_hook_sid: Nullable(SidField),
  record_all_calls: Flag,
  record_format: Type.String(),
  bucket_credential: Nullable(Type.Record(Type.String(), Type.Unknown())),
  enable_debug_log: Flag,
  registration_hook: HookOut,
  queue_event_hook: HookOut,
});

export const WebhookSecretBody = Type.Object({ webhook_secret: Type.String() });

export const NewLimitBody = Type.Object(
  {
    category: Type.Union(limitCategories.map((category) => Type.Literal(category))),
    quantity: Type.Integer({ minimum: 0, maximum: 10_000 }),
  },
  strict,
);

export const LimitQuery = Type.Object({
  category: Type.Optional(Type.String({ maxLength: 64 })),
});

export const LimitBody = Type.Object({
  account_limits_sid: Type.Optional(SidField),
  account_sid: Type.Optional(SidField),
  service_provider_limits_sid: Type.Optional(SidField),
  service_provider_sid: Type.Optional(SidField),
  category: Type.String(),
  quantity: Type.Integer(),
});
