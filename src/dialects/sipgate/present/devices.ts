import type { Account } from '../../../core/accounts/index.ts';
import { isOnline, type LiveEndpoint } from '../../../core/endpoints/index.ts';
import { displayName, type User } from '../../../core/users/index.ts';
import type { DeviceResponse, RegisterDeviceResponse } from '../schemas.ts';

/** A device. Every person has one phone line, `p` and the person's number. */
export const presentDevice = (live: LiveEndpoint, owner: User | undefined): DeviceResponse => ({
  id: `e${live.endpoint.serial}`,
  alias: live.endpoint.alias,
  type: 'REGISTER',
  online: isOnline(live),
  dnd: false,
  activePhonelines: owner ? [{ id: `p${owner.serial}`, alias: displayName(owner) }] : [],
  activeGroups: [],
});

/** Host and port apart; an IPv6 address without its brackets. */
function splitAddress(address: string): { readonly ip: string; readonly port: string } {
  const [, ip = address, port = ''] = /^(.*?):(\d+)$/.exec(address) ?? [];
  return { ip: ip.replace(/^\[|\]$/g, ''), port };
}

/**
 * A device with what a phone needs to register on it. Phones of the default account may name the bare address of
 * the exchange, those of others name their domain and send everything to the proxy.
 */
export const presentRegisterDevice = (
  live: LiveEndpoint,
  owner: User | undefined,
  known: { readonly account: Account; readonly password: string; readonly sipAddress: string },
): RegisterDeviceResponse => ({
  ...presentDevice(live, owner),
  credentials: {
    username: live.endpoint.username,
    password: known.password,
    sipServer: known.account.isDefault ? known.sipAddress : known.account.sipDomain,
    outboundProxy: known.sipAddress,
    sipServerWebsocketUrl: '',
  },
  registered: live.contacts.map(({ userAgent, viaAddress }) => ({
    userAgent,
    ...splitAddress(viaAddress),
  })),
  emergencyAddressId: null,
  addressUrl: null,
});
