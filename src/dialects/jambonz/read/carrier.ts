import {
  type Gateway,
  type GatewayChange,
  type NewGateway,
  type NewTrunk,
  type OpenTrunk,
  type TrunkChange,
  type TrunkDtmf,
  wholeAddress,
} from '../../../core/trunks/index.ts';
import type { ApplicationId } from '../../../kernel/ids.ts';
import { ipVersion } from '../../../kernel/ip-address.ts';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import { badBody } from '../request-errors.ts';
import type { CarrierFields, GatewayFields } from '../schemas/carriers.ts';
import { asFlag, isTrue } from './flag.ts';

/** How the contract calls the ways to send keys. */
export const dtmfTypes = {
  rfc2833: 'rfc4733',
  tones: 'inband',
  info: 'info',
} as const satisfies Record<string, TrunkDtmf>;

/** What is kept with a carrier and nothing acts on. Flags as numbers. */
const kept = [
  'description',
  'inbound_auth_username',
  'inbound_auth_password',
  'diversion',
  'smpp_system_id',
  'smpp_password',
  'smpp_enquire_link_interval',
  'smpp_inbound_system_id',
  'smpp_inbound_password',
  'trunk_type',
] as const;

function readExtras(fields: CarrierFields, before: JsonObject): JsonObject {
  const said = kept.flatMap((name): [string, Json][] =>
    fields[name] === undefined ? [] : [[name, fields[name] as Json]],
  );
  const publicIp = fields.register_public_ip_in_contact;
  return {
    ...before,
    ...Object.fromEntries(said),
    ...(publicIp !== undefined && { register_public_ip_in_contact: asFlag(isTrue(publicIp)) }),
  };
}

const domain = /^(?=.{1,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/;

/** @throws {DomainError} `jambonz.bad_body` */
function checkRealm(realm: string | null | undefined): void {
  if (realm === undefined || realm === null) return;
  if (/^sips?:/i.test(realm))
    throw badBody('register_sip_realm must be a domain or IP with no sip: prefix');
  if (ipVersion(realm) === 0 && !domain.test(realm))
    throw badBody('register_sip_realm must be a valid domain or IP');
}

const hasBlanks = (text: string | null | undefined): boolean => /\s/.test(text ?? '');

/** @throws {DomainError} `jambonz.bad_body` in the contract's words */
export function checkRegistration(
  fields: CarrierFields,
  before?: Pick<OpenTrunk, 'kind' | 'username' | 'secret'>,
): void {
  const { requires_register: requires, register_username: user } = fields;
  const password = fields.register_password;
  const registers = requires === undefined ? before?.kind === 'register' : isTrue(requires);
  if (registers && !(user === undefined ? before?.username : user))
    throw badBody('register_username is required when requires_register is true');
  if (registers && !(password === undefined ? before?.secret : password))
    throw badBody('register_password is required when requires_register is true');
  if (hasBlanks(user)) throw badBody('register_username must not contain whitespace');
  if (hasBlanks(password)) throw badBody('register_password must not contain whitespace');
  checkRealm(fields.register_sip_realm);
}

/** Null and an empty text are nothing. */
const word = (sent: string | null | undefined): string | undefined => sent || undefined;

/** The fields of a change. @param application - of `application_sid`, if that was sent */
export function readCarrierChange(
  fields: CarrierFields,
  before: Pick<OpenTrunk, 'extras'>,
  application: { readonly id: ApplicationId | undefined } | undefined,
): TrunkChange {
  const { requires_register: registers } = fields;
  return {
    ...(fields.name !== undefined && { name: fields.name }),
    ...(registers !== undefined && { kind: isTrue(registers) ? 'register' : 'ip' }),
    ...(fields.register_username !== undefined && { username: word(fields.register_username) }),
    ...(fields.register_password !== undefined && { secret: word(fields.register_password) }),
    ...(fields.register_sip_realm !== undefined && { realm: word(fields.register_sip_realm) }),
    ...(fields.register_from_user !== undefined && { fromUser: word(fields.register_from_user) }),
    ...(fields.register_from_domain !== undefined && {
      fromDomain: word(fields.register_from_domain),
    }),
    ...(fields.tech_prefix !== undefined && { techPrefix: fields.tech_prefix ?? '' }),
    ...(fields.e164_leading_plus !== undefined && {
      leadingPlus: isTrue(fields.e164_leading_plus),
    }),
    ...(fields.outbound_sip_proxy !== undefined && {
      proxy: word(fields.outbound_sip_proxy)?.replace(/^sips?:/i, ''),
    }),
    ...(fields.dtmf_type && { dtmf: dtmfTypes[fields.dtmf_type] }),
    ...(fields.is_active !== undefined && { enabled: isTrue(fields.is_active) }),
    ...(application && { applicationId: application.id }),
    extras: readExtras(fields, before.extras),
  };
}

/** A new carrier; what is not said is as the contract has it. */
export const readNewCarrier = (
  fields: CarrierFields & { readonly name: string },
  application: { readonly id: ApplicationId | undefined } | undefined,
): NewTrunk => ({
  kind: 'ip',
  port: 5060,
  transport: 'udp',
  username: undefined,
  secret: undefined,
  inboundAddresses: [],
  prefixes: [],
  priority: 0,
  emergency: false,
  enabled: true,
  leadingPlus: false,
  ...readCarrierChange(fields, { extras: { trunk_type: 'static_ip' } }, application),
  name: fields.name,
});

/** Flags of a gateway that are kept and nothing acts on. */
export const gatewayFlags = ['use_sips_scheme', 'pad_crypto', 'remove_ice', 'dtls_off'] as const;

function readGatewayExtras(fields: GatewayFields, before: JsonObject): JsonObject {
  const flags = gatewayFlags.flatMap((name): [string, Json][] =>
    fields[name] === undefined ? [] : [[name, asFlag(isTrue(fields[name]))]],
  );
  return {
    ...before,
    ...Object.fromEntries(flags),
    ...(fields.protocol !== undefined && { protocol: fields.protocol ?? 'udp' }),
  };
}

const transportOf = (protocol: string | null): Gateway['transport'] => {
  if (protocol === 'tcp') return 'tcp';
  return protocol?.startsWith('tls') ? 'tls' : 'udp';
};

/** @throws {DomainError} `jambonz.bad_body` for a name where calls come from */
function checkInbound(host: string, inbound: boolean): void {
  if (inbound && ipVersion(host) === 0)
    throw badBody(`invalid gateway ${host}: Inbound gateway must be IPv4 address`);
}

export function readGatewayChange(fields: GatewayFields, before: Gateway): GatewayChange {
  const host = fields.ipv4 ?? before.host;
  const inbound = fields.inbound === undefined ? before.inbound : isTrue(fields.inbound);
  checkInbound(host, inbound);
  return {
    inbound,
    ...(fields.ipv4 !== undefined && { host, netmask: wholeAddress(host) }),
    ...(fields.netmask !== undefined && { netmask: fields.netmask ?? wholeAddress(host) }),
    ...(fields.port !== undefined && { port: fields.port ?? undefined }),
    ...(fields.outbound !== undefined && { outbound: isTrue(fields.outbound) }),
    ...(fields.is_active !== undefined && { enabled: isTrue(fields.is_active) }),
    ...(fields.protocol !== undefined && { transport: transportOf(fields.protocol) }),
    ...(fields.send_options_ping !== undefined && { pings: isTrue(fields.send_options_ping) }),
    extras: readGatewayExtras(fields, before.extras),
  };
}

/** A new gateway; what is not said is as the contract has it. */
export function readNewGateway(fields: GatewayFields & { readonly ipv4: string }): NewGateway {
  const { ipv4: host, is_active: active } = fields;
  const inbound = isTrue(fields.inbound);
  checkInbound(host, inbound);
  return {
    host,
    port: fields.port ?? undefined,
    netmask: fields.netmask ?? wholeAddress(host),
    inbound,
    outbound: isTrue(fields.outbound),
    enabled: active === undefined || active === null || isTrue(active),
    transport: transportOf(fields.protocol ?? null),
    pings: isTrue(fields.send_options_ping),
    extras: readGatewayExtras(fields, {}),
  };
}
