import { type Static, Type } from 'typebox';
import { DateOut, Flag, FlagIn, Nullable, SidField, strict } from './common.ts';

const Word = (maxLength: number) => Type.Optional(Nullable(Type.String({ maxLength })));
const FlagField = Type.Optional(Nullable(FlagIn));
const fields = {
  description: Word(1024),
  account_sid: Type.Optional(Nullable(SidField)),
  service_provider_sid: Type.Optional(Nullable(SidField)),
  application_sid: Type.Optional(Nullable(SidField)),
  e164_leading_plus: FlagField,
  requires_register: FlagField,
  register_username: Word(128),
  register_password: Word(128),
  register_sip_realm: Word(253),
  register_from_user: Word(128),
  register_from_domain: Word(253),
  register_public_ip_in_contact: FlagField,
  tech_prefix: Word(32),
  inbound_auth_username: Word(128),
  inbound_auth_password: Word(128),
  diversion: Word(128),
  is_active: FlagField,
  smpp_system_id: Word(128),
  smpp_password: Word(128),
  smpp_enquire_link_interval: Type.Optional(Nullable(Type.Integer({ minimum: 0 }))),
  smpp_inbound_system_id: Word(128),
  smpp_inbound_password: Word(128),
  dtmf_type: Type.Optional(
    Nullable(Type.Union([Type.Literal('rfc2833'), Type.Literal('tones'), Type.Literal('info')])),
  ),
  outbound_sip_proxy: Word(260),
  trunk_type: Type.Optional(
    Nullable(Type.Union([Type.Literal('static_ip'), Type.Literal('auth'), Type.Literal('reg')])),
  ),
};

const Name = Type.String({ minLength: 1, maxLength: 64 });

export const NewCarrierBody = Type.Object({ name: Name, ...fields }, strict);
export const CarrierChangeBody = Type.Object({ name: Type.Optional(Name), ...fields }, strict);
export type CarrierFields = Static<typeof CarrierChangeBody>;

const ShownWord = Nullable(Type.String());

export const CarrierBody = Type.Object({
  voip_carrier_sid: SidField,
  name: Type.String(),
  description: ShownWord,
  account_sid: Nullable(SidField),
  service_provider_sid: Nullable(SidField),
  application_sid: Nullable(SidField),
  e164_leading_plus: Flag,
  requires_register: Flag,
  register_username: ShownWord,
  register_password: ShownWord,
  register_sip_realm: ShownWord,
  register_from_user: ShownWord,
  register_from_domain: ShownWord,
  register_public_ip_in_contact: Flag,
  tech_prefix: ShownWord,
  inbound_auth_username: ShownWord,
  inbound_auth_password: ShownWord,
  diversion: ShownWord,
  is_active: Flag,
  smpp_system_id: ShownWord,
  smpp_password: ShownWord,
  smpp_enquire_link_interval: Type.Integer(),
  smpp_inbound_system_id: ShownWord,
  smpp_inbound_password: ShownWord,
  dtmf_type: Type.String(),
  outbound_sip_proxy: ShownWord,
  trunk_type: Type.String(),
  register_status: Type.Union([
    Type.Object({ status: Type.Optional(Type.String()), reason: Type.Optional(Type.String()) }),
    Type.String({ description: 'In lists: the same as JSON' }),
    Type.Null(),
  ]),
  created_at: DateOut,
});

const Protocol = Type.Union([
  Type.Literal('udp'),
  Type.Literal('tcp'),
  Type.Literal('tls'),
  Type.Literal('tls/srtp'),
]);
const gatewayFields = {
  port: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 65_535 }))),
  netmask: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 128 }))),
  is_active: FlagField,
  send_options_ping: FlagField,
  use_sips_scheme: FlagField,
  pad_crypto: FlagField,
  protocol: Type.Optional(Nullable(Protocol)),
  remove_ice: FlagField,
  dtls_off: FlagField,
};
const Host = Type.String({ minLength: 1, maxLength: 253 });

export const NewGatewayBody = Type.Object(
  {
    voip_carrier_sid: SidField,
    ipv4: Host,
    inbound: FlagIn,
    outbound: FlagIn,
    ...gatewayFields,
  },
  strict,
);
export const GatewayChangeBody = Type.Object(
  {
    voip_carrier_sid: Type.Optional(SidField),
    ipv4: Type.Optional(Host),
    inbound: Type.Optional(FlagIn),
    outbound: Type.Optional(FlagIn),
    ...gatewayFields,
  },
  strict,
);
export type GatewayFields = Static<typeof GatewayChangeBody>;

export const GatewayBody = Type.Object({
  sip_gateway_sid: SidField,
  voip_carrier_sid: SidField,
  ipv4: Type.String({ description: 'An address; a host name where calls only go' }),
  port: Nullable(Type.Integer()),
  netmask: Type.Integer(),
  inbound: Flag,
  outbound: Flag,
  is_active: Flag,
  send_options_ping: Flag,
  use_sips_scheme: Flag,
  pad_crypto: Flag,
  protocol: Type.String(),
  remove_ice: Flag,
  dtls_off: Flag,
});

export const PredefinedCarrierBody = Type.Object({
  predefined_carrier_sid: SidField,
  name: Type.String(),
  requires_static_ip: Flag,
  e164_leading_plus: Flag,
  requires_register: Flag,
  register_username: ShownWord,
  register_sip_realm: ShownWord,
  register_password: ShownWord,
  tech_prefix: ShownWord,
  inbound_auth_username: ShownWord,
  inbound_auth_password: ShownWord,
  diversion: ShownWord,
  trunk_type: Type.String(),
});
