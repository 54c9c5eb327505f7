import type { LiveEndpoint } from '../../../core/endpoints/index.ts';
import type { ListedEndpoint, Owned } from '../../../core/estate/index.ts';
import { asFlag } from '../read/flag.ts';

/** A SIP user. Those of a service provider itself have no account to show; there are none. */
export const presentClient = ({ item, owner }: Owned<ListedEndpoint>) => ({
  client_sid: item.sid,
  account_sid: owner.accountSid ?? owner.operatorSid,
  username: item.username,
  password: item.maskedSecret,
  is_active: asFlag(item.enabled),
  allow_direct_app_calling: asFlag(item.mayCall.applications),
  allow_direct_queue_calling: asFlag(item.mayCall.queues),
  allow_direct_user_calling: asFlag(item.mayCall.users),
});

/** How a device reached us, as its contact says; UDP says nothing. @see RFC 3261 section 19.1.1 */
const protocolOf = (uri: string): string =>
  /;transport=(\w+)/i.exec(uri)?.[1]?.toLowerCase() ?? 'udp';

/** Whether somebody is registered under a name, and where. @param live - absent if there is no such user */
export function presentRegistration(name: string, live: LiveEndpoint | undefined) {
  const [contact] = live?.contacts ?? [];
  return {
    name,
    contact: contact?.uri ?? null,
    expiryTime: contact?.expiresAt?.getTime() ?? 0,
    protocol: contact ? protocolOf(contact.uri) : null,
    registered_status: contact ? ('active' as const) : ('inactive' as const),
  };
}

/** The same with what the user may call: nothing for a name that nobody has. */
export function presentRegistrationDetail(name: string, live: LiveEndpoint | undefined) {
  const { applications, queues, users } = live?.endpoint.mayCall ?? {
    applications: false,
    queues: false,
    users: false,
  };
  return {
    ...presentRegistration(name, live),
    allow_direct_app_calling: asFlag(applications),
    allow_direct_queue_calling: asFlag(queues),
    allow_direct_user_calling: asFlag(users),
    proxy: null,
  };
}
