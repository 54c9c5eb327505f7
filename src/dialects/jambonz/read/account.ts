import type { AccountChange } from '../../../core/accounts/index.ts';
import type { Profile, ProfileChange } from '../../../core/profiles/index.ts';
import type { ApplicationId } from '../../../kernel/ids.ts';
import type { Json } from '../../../kernel/json.ts';
import { unmasked } from '../masked.ts';
import type { AccountFields } from '../schemas/accounts.ts';
import { readHook } from '../schemas/hook.ts';
import { asFlag, isTrue } from './flag.ts';

/** What of an account the core itself acts on. */
export const readAccountChange = (fields: AccountFields): AccountChange => ({
  ...(fields.name !== undefined && { name: fields.name }),
  ...(fields.sip_realm && { sipDomain: fields.sip_realm.toLowerCase() }),
  ...(fields.is_active !== undefined && { active: isTrue(fields.is_active) }),
});

/** Secrets of a bucket, which are shown masked, and how many of their characters are. */
export const bucketSecrets = [
  'access_key_id',
  'secret_access_key',
  'service_key',
  'connection_string',
] as const;
export const bucketShown = 4;

type Bucket = Readonly<Record<string, Json>>;

/** A bucket; secrets that come back masked stay what they are. Of no vendor: none. */
function readBucket(
  sent: AccountFields['bucket_credential'],
  before: Bucket | undefined,
): Bucket | undefined {
  if (!sent || sent.vendor === 'none') return undefined;
  const secrets = Object.fromEntries(
    bucketSecrets.flatMap((name) => {
      const stored = before?.[name];
      const value = unmasked(
        sent[name],
        typeof stored === 'string' ? stored : undefined,
        bucketShown,
      );
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const { vendor, name, region, endpoint, tags } = sent;
  const rest = { vendor, name, region, endpoint, tags };
  return {
    ...Object.fromEntries(
      Object.entries(rest).filter(([, value]) => value !== undefined && value !== null),
    ),
    ...secrets,
  } as Bucket;
}

/** What of an account its programs and hooks need. @param applicationId - of `device_calling_application_sid` */
export function readProfileChange(
  fields: AccountFields,
  before: Pick<Profile, 'bucket'>,
  applicationId: ApplicationId | undefined,
): ProfileChange {
  const extras: Record<string, Json> = {
    ...(fields.siprec_hook_sid !== undefined && { siprec_hook_sid: fields.siprec_hook_sid }),
    ...(fields.enable_debug_log !== undefined && {
      enable_debug_log: asFlag(isTrue(fields.enable_debug_log)),
    }),
    ...(fields.device_to_call_ratio !== undefined && {
      device_to_call_ratio: fields.device_to_call_ratio,
    }),
    ...(fields.plan_type !== undefined && { plan_type: fields.plan_type }),
  };
  return {
    ...(fields.registration_hook !== undefined && {
      registrationHook: readHook(fields.registration_hook),
    }),
    ...(fields.queue_event_hook !== undefined && { queueHook: readHook(fields.queue_event_hook) }),
    ...(fields.device_calling_application_sid !== undefined && {
      deviceApplicationId: applicationId,
    }),
    ...(fields.disable_cdrs !== undefined && { keepsCdrs: !isTrue(fields.disable_cdrs) }),
    ...(fields.record_all_calls !== undefined && {
      recordAllCalls: isTrue(fields.record_all_calls),
    }),
    ...(fields.record_format !== undefined && { recordFormat: fields.record_format }),
    ...(fields.bucket_credential !== undefined && {
      bucket: readBucket(fields.bucket_credential, before.bucket),
    }),
    ...(Object.keys(extras).length > 0 && { extras }),
  };
}
