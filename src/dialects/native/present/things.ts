import { isOnline, type LiveEndpoint } from '../../../core/endpoints/index.ts';
import type { PhoneNumber } from '../../../core/numbers/index.ts';
import { inboundNetworks, type LiveTrunk, mainGateway } from '../../../core/trunks/index.ts';

export const presentEndpoint = (live: LiveEndpoint) => ({
  id: live.endpoint.id,
  serial: live.endpoint.serial,
  userId: live.endpoint.userId ?? null,
  username: live.endpoint.username,
  alias: live.endpoint.alias,
  maxContacts: live.endpoint.maxContacts,
  enabled: live.endpoint.enabled,
  online: isOnline(live),
  contacts: live.contacts.map((contact) => ({
    uri: contact.uri,
    state: contact.state,
    userAgent: contact.userAgent,
    viaAddress: contact.viaAddress,
    expiresAt: contact.expiresAt?.toISOString() ?? null,
    roundTripMicroseconds: contact.roundTripMicroseconds ?? null,
  })),
  createdAt: live.endpoint.createdAt.toISOString(),
});

export const presentNumber = (number: PhoneNumber) => ({
  id: number.id,
  e164: number.e164,
  target: number.target,
  createdAt: number.createdAt.toISOString(),
});

/** A trunk by its first gateway; further ones are the business of APIs that know them. */
export const presentTrunk = ({ trunk, state }: LiveTrunk) => ({
  id: trunk.id,
  serial: trunk.serial,
  name: trunk.name,
  kind: trunk.kind,
  host: mainGateway(trunk)?.host ?? trunk.realm ?? '',
  port: mainGateway(trunk)?.port ?? 5060,
  transport: mainGateway(trunk)?.transport ?? 'udp',
  username: trunk.username ?? null,
  hasSecret: trunk.hasSecret,
  inboundAddresses: [...inboundNetworks(trunk.gateways)],
  prefixes: [...trunk.prefixes],
  priority: trunk.priority,
  emergency: trunk.emergency,
  enabled: trunk.enabled,
  state,
  createdAt: trunk.createdAt.toISOString(),
});
