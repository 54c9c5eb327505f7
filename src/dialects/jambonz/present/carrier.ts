import type { ListedGateway, ListedTrunk, Owned } from '../../../core/estate/index.ts';
import type { LiveTrunk } from '../../../core/trunks/index.ts';
import { dtmfTypes, gatewayFlags } from '../read/carrier.ts';
import { asFlag } from '../read/flag.ts';
import { presentDate } from './dates.ts';

const dtmfType = (dtmf: ListedTrunk['dtmf']): string =>
  Object.entries(dtmfTypes).find(([, ours]) => ours === dtmf)?.[0] ?? 'rfc2833';

/** How a carrier stands with its registrar; nothing for one that does not register. */
export function presentRegisterStatus(
  { kind, enabled }: Pick<ListedTrunk, 'kind' | 'enabled'>,
  state: LiveTrunk['state'],
): { readonly status?: string; readonly reason?: string } {
  if (kind !== 'register' || !enabled) return {};
  return { status: state === 'registered' ? 'ok' : 'fail', reason: state };
}

/** A carrier as it is read alone; its secrets are for whoever has set them. */
export function presentCarrier({ item, owner }: Owned<ListedTrunk>, state: LiveTrunk['state']) {
  const { extras } = item;
  const kept = (name: string) => (extras[name] ?? null) as string | null;
  return {
    voip_carrier_sid: item.sid,
    name: item.name,
    description: kept('description'),
    account_sid: owner.accountSid ?? null,
    service_provider_sid: owner.accountSid ? null : owner.operatorSid,
    application_sid: item.applicationSid ?? null,
    e164_leading_plus: asFlag(item.leadingPlus),
    requires_register: asFlag(item.kind === 'register'),
    register_username: item.username ?? null,
    register_password: item.secret ?? null,
    register_sip_realm: item.realm ?? null,
    register_from_user: item.fromUser ?? null,
    register_from_domain: item.fromDomain ?? null,
    register_public_ip_in_contact: Number(extras.register_public_ip_in_contact ?? 0),
    tech_prefix: item.techPrefix || null,
    inbound_auth_username: kept('inbound_auth_username'),
    inbound_auth_password: kept('inbound_auth_password'),
    diversion: kept('diversion'),
    is_active: asFlag(item.enabled),
    smpp_system_id: kept('smpp_system_id'),
    smpp_password: kept('smpp_password'),
    smpp_enquire_link_interval: Number(extras.smpp_enquire_link_interval ?? 0),
    smpp_inbound_system_id: kept('smpp_inbound_system_id'),
    smpp_inbound_password: kept('smpp_inbound_password'),
    dtmf_type: dtmfType(item.dtmf),
    outbound_sip_proxy: item.proxy ?? null,
    trunk_type: kept('trunk_type') ?? (item.kind === 'register' ? 'reg' : 'static_ip'),
    register_status: presentRegisterStatus(item, state),
    created_at: presentDate(item.createdAt),
  };
}

/** The same in a list, where the registration is a text. */
export function presentListedCarrier(owned: Owned<ListedTrunk>, state: LiveTrunk['state']) {
  const shown = presentCarrier(owned, state);
  const { status } = shown.register_status;
  return { ...shown, register_status: status ? JSON.stringify(shown.register_status) : null };
}

export function presentGateway({ item }: Owned<ListedGateway>) {
  const [useSips, padCrypto, removeIce, dtlsOff] = gatewayFlags.map((name) =>
    Number(item.extras[name] ?? 0),
  );
  return {
    sip_gateway_sid: item.sid,
    voip_carrier_sid: item.trunkSid,
    ipv4: item.host,
    port: item.port ?? null,
    netmask: item.netmask,
    inbound: asFlag(item.inbound),
    outbound: asFlag(item.outbound),
    is_active: asFlag(item.enabled),
    send_options_ping: asFlag(item.pings),
    use_sips_scheme: useSips ?? 0,
    pad_crypto: padCrypto ?? 0,
    protocol: String(item.extras.protocol ?? item.transport),
    remove_ice: removeIce ?? 0,
    dtls_off: dtlsOff ?? 0,
  };
}
