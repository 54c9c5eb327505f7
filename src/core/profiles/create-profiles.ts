import { forbidden } from '../../kernel/access-errors.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { accountNotFound } from '../accounts/index.ts';
import type { ApplicationStore } from '../applications/index.ts';
import { applicationNotFound } from '../applications/index.ts';
import { checkHookAddress } from '../hooks/index.ts';
import { newWebhookSecret } from './profile.ts';
import type { ProfileStore } from './profile-store.ts';
import type { Profiles } from './service.ts';

export interface ProfilePorts {
  readonly store: ProfileStore;
  readonly applications: Pick<ApplicationStore, 'find'>;
}

export function createProfiles({ store, applications }: ProfilePorts): Profiles {
  const mustAdminister = (actor: Actor) => {
    if (!actor.admin) throw forbidden('change the account');
  };
  const of = async (accountId: AccountId) => {
    const known = await store.find(accountId);
    if (known) return known;
    await store.ensure(accountId, newWebhookSecret());
    const made = await store.find(accountId);
    if (!made) throw accountNotFound(accountId);
    return made;
  };
  return {
    of,
    async ofMany(accountIds) {
      const known = await store.findMany(accountIds);
      const profiles = new Map(known.map((profile) => [profile.accountId, profile]));
      for (const id of accountIds) if (!profiles.has(id)) profiles.set(id, await of(id));
      return profiles;
    },
    async change(actor, change) {
      mustAdminister(actor);
      const { registrationHook, queueHook, deviceApplicationId } = change;
      if (registrationHook) checkHookAddress('registration_hook', registrationHook);
      if (queueHook) checkHookAddress('queue_event_hook', queueHook);
      if (deviceApplicationId && !(await applications.find(actor.accountId, deviceApplicationId)))
        throw applicationNotFound(deviceApplicationId);
      await of(actor.accountId);
      await store.change(actor.accountId, change);
    },
    async renewSecret(actor) {
      mustAdminister(actor);
      await of(actor.accountId);
      const webhookSecret = newWebhookSecret();
      await store.change(actor.accountId, { webhookSecret });
      return webhookSecret;
    },
  };
}
