import type { Contact, EngineTrunk, TrunkName, TrunkStatus } from '../port/index.ts';
import type { AmiClient } from './ami-client.ts';
import { contactsOf } from './contacts.ts';

const registrationStates: Readonly<Record<string, TrunkStatus['state']>> = {
  Registered: 'registered',
  Rejected: 'rejected',
  Unregistered: 'unregistered',
};

const refusedIsEmpty = (error: { readonly code?: string }) => {
  if (error.code === 'engine.refused') return [];
  throw error;
};

/** `host:port` of a URI. */
const addressIn = (uri: string): string | undefined =>
  /^sips?:(?:[^@]*@)?(\[[^\]]*\]:\d+|[^;:]+:\d+)/.exec(uri)?.[1]?.replace(/[[\]]/g, '');

/** A trunk is reachable if one of its gateways is. */
function reachability(contacts: readonly Contact[]): TrunkStatus['state'] {
  if (contacts.some(({ state }) => state === 'reachable')) return 'reachable';
  return contacts.some(({ state }) => state === 'unreachable') ? 'unreachable' : 'unknown';
}

/** How the gateways of a trunk answer that are asked. */
async function gatewayStatus(ami: AmiClient, trunk: TrunkName): Promise<TrunkStatus> {
  const contacts = await contactsOf(ami, trunk as string as Contact['endpoint']);
  const away = contacts.filter(({ state }) => state === 'unreachable');
  return {
    trunk,
    state: reachability(contacts),
    unreachable: away.flatMap(({ uri }) => addressIn(uri) ?? []),
  };
}

/** How the providers stand: registrations where we register, OPTIONS answers elsewhere. */
export async function listTrunkStatuses(
  ami: AmiClient,
  trunks: readonly Pick<EngineTrunk, 'name' | 'gateways'>[],
): Promise<readonly TrunkStatus[]> {
  const registrations = await ami.list('PJSIPShowRegistrationsOutbound').catch(refusedIsEmpty);
  const statuses = new Map<TrunkName, TrunkStatus>();
  for (const { name, gateways } of trunks)
    if (gateways.some(({ pings }) => pings)) statuses.set(name, await gatewayStatus(ami, name));
  for (const message of registrations) {
    if (message.Event !== 'OutboundRegistrationDetail') continue;
    const trunk = (message.ObjectName ?? '').replace(/-registration$/, '') as TrunkName;
    statuses.set(trunk, {
      ...statuses.get(trunk),
      trunk,
      state: registrationStates[message.Status ?? ''] ?? 'unregistered',
    });
  }
  return [...statuses.values()];
}

/**
 * Registers with a provider again, at once: what changed counts now and not when the old registration runs
 * out. One that the engine has not made yet registers by itself.
 * @see Asterisk 22 AMI, PJSIPRegister
 */
export async function registerNow(ami: AmiClient, trunk: TrunkName): Promise<void> {
  await ami
    .action('PJSIPRegister', { Registration: `${trunk}-registration` })
    .catch((error: { readonly code?: string }) => {
      if (error.code !== 'engine.refused') throw error;
    });
}
