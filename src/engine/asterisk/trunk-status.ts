import type { TrunkName, TrunkStatus } from '../port/index.ts';
import type { AmiClient } from './ami-client.ts';

const registrationStates: Readonly<Record<string, TrunkStatus['state']>> = {
  Registered: 'registered',
  Rejected: 'rejected',
  Unregistered: 'unregistered',
};

const contactStates: Readonly<Record<string, TrunkStatus['state']>> = {
  Reachable: 'reachable',
  Unreachable: 'unreachable',
};

const refusedIsEmpty = (error: { readonly code?: string }) => {
  if (error.code === 'engine.refused') return [];
  throw error;
};

/** How the providers stand: registrations where we register, OPTIONS answers elsewhere. */
export async function listTrunkStatuses(ami: AmiClient): Promise<readonly TrunkStatus[]> {
  const registrations = await ami.list('PJSIPShowRegistrationsOutbound').catch(refusedIsEmpty);
  const contacts = await ami.list('PJSIPShowContacts').catch(refusedIsEmpty);
  const statuses = new Map<TrunkName, TrunkStatus>();
  for (const message of contacts) {
    const trunk = (message.Aor ?? message.AOR ?? '') as TrunkName;
    if (message.Event === 'ContactList' && trunk.startsWith('trunk-')) {
      statuses.set(trunk, { trunk, state: contactStates[message.Status ?? ''] ?? 'unknown' });
    }
  }
  for (const message of registrations) {
    if (message.Event !== 'OutboundRegistrationDetail') continue;
    const trunk = (message.ObjectName ?? '').replace(/-registration$/, '') as TrunkName;
    statuses.set(trunk, {
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
