import { type Account, hasOwnDomain } from '../../../core/accounts/index.ts';
import type { Owned } from '../../../core/estate/index.ts';
import type { Limit } from '../../../core/limits/index.ts';
import type { Operator } from '../../../core/operators/index.ts';
import type { Profile } from '../../../core/profiles/index.ts';
import { masked } from '../masked.ts';
import { bucketSecrets, bucketShown } from '../read/account.ts';
import { asFlag } from '../read/flag.ts';
import { presentHook } from '../schemas/hook.ts';
import { presentDate } from './dates.ts';

function presentBucket({ bucket }: Profile) {
  if (!bucket) return null;
  const secrets: readonly string[] = bucketSecrets;
  return Object.fromEntries(
    Object.entries(bucket).map(([name, value]) => [
      name,
      secrets.includes(name) ? masked(String(value), bucketShown) : value,
    ]),
  );
}

export const presentAccount = ({ item, owner }: Owned<Account>, profile: Profile) => ({
  account_sid: item.sid,
  name: item.name,
  sip_realm: hasOwnDomain(item) ? item.sipDomain : null,
  service_provider_sid: owner.operatorSid,
  device_calling_application_sid: profile.deviceApplication?.sid ?? null,
  is_active: asFlag(item.active),
  created_at: presentDate(item.createdAt),
  plan_type: String(profile.extras.plan_type ?? 'trial'),
  stripe_customer_id: null,
  webhook_secret: profile.webhookSecret,
  disable_cdrs: asFlag(!profile.keepsCdrs),
  trial_end_date: null,
  deactivated_reason: null,
  device_to_call_ratio: Number(profile.extras.device_to_call_ratio ?? 5),
  subspace_client_id: null,
  subspace_client_secret: null,
  subspace_sip_teleport_id: null,
  subspace_sip_teleport_destinations: null,
  siprec_hook_sid: (profile.extras.siprec_hook_sid ?? null) as string | null,
  record_all_calls: asFlag(profile.recordAllCalls),
  record_format: profile.recordFormat,
  bucket_credential: presentBucket(profile),
  enable_debug_log: Number(profile.extras.enable_debug_log ?? 0),
  registration_hook: presentHook(profile.registrationHook),
  queue_event_hook: presentHook(profile.queueHook),
});

export const presentProvider = (operator: Operator) => ({
  service_provider_sid: operator.account.sid,
  name: operator.name,
  description: operator.description ?? null,
  root_domain: operator.rootDomain ?? null,
  ms_teams_fqdn: operator.msTeamsFqdn ?? null,
  registration_hook: presentHook(operator.registrationHook),
});

export const presentLimit = ({ sid, category, quantity }: Limit, owner: Account) => ({
  ...(owner.kind === 'operator'
    ? { service_provider_limits_sid: sid, service_provider_sid: owner.sid }
    : { account_limits_sid: sid, account_sid: owner.sid }),
  category,
  quantity,
});
