import type { EngineEndpoint, EngineTrunk, LegTarget } from '../../port/index.ts';
import { configText, configValue, section } from './value.ts';

/** Seconds between two questions whether a registered device is there. */
export const qualifyFrequencySeconds = 60;

type Settings = readonly (readonly [string, string | number])[];

/** What every leg's media has in common. */
const media = (codecs: readonly string[]): Settings => [
  ['disallow', 'all'],
  ['allow', codecs.join(',')],
  ['direct_media', 'no'],
  ['rtp_symmetric', 'yes'],
  ['force_rport', 'yes'],
  ['rewrite_contact', 'yes'],
  ['dtmf_mode', 'rfc4733'],
  ['context', 'polyvox'],
  ['send_pai', 'no'],
  ['trust_id_inbound', 'no'],
];

/** The settings of an endpoint's three objects, as files and ARI want them. */
export const endpointObjects = (endpoint: EngineEndpoint, codecs: readonly string[]) => ({
  auth: [
    ['auth_type', 'md5'],
    ['username', configValue(endpoint.username)],
    ['realm', configValue(endpoint.realm)],
    ['md5_cred', configValue(endpoint.ha1)],
  ] as Settings,
  aor: [
    ['max_contacts', endpoint.maxContacts],
    ['remove_existing', 'no'],
    ['remove_unavailable', 'yes'],
    ['qualify_frequency', qualifyFrequencySeconds],
    ['minimum_expiration', 30],
    ['default_expiration', 300],
    ['maximum_expiration', 3600],
    ['support_path', 'yes'],
  ] as Settings,
  endpoint: [
    ...media(codecs),
    ['aors', configValue(endpoint.name)],
    ['auth', configValue(endpoint.name)],
    ['identify_by', 'username'],
    ['language', configValue(endpoint.language)],
    ['callerid', `"${configText(endpoint.displayName)}" <${configValue(endpoint.username)}>`],
    ['from_domain', configValue(endpoint.realm)],
  ] as Settings,
});

const typed = (type: string, settings: Settings): Settings => [['type', type], ...settings];

/** Sections of one endpoint. */
export function endpointSections(endpoint: EngineEndpoint, codecs: readonly string[]): string {
  const name = configValue(endpoint.name);
  const objects = endpointObjects(endpoint, codecs);
  return (
    section(name, typed('auth', objects.auth)) +
    section(name, typed('aor', objects.aor)) +
    section(name, typed('endpoint', objects.endpoint))
  );
}

const sipUri = (trunk: EngineTrunk, user?: string): string =>
  configValue(
    `sip:${user ? `${user}@` : ''}${trunk.host}:${trunk.port}${trunk.transport === 'tcp' ? '\\;transport=tcp' : ''}`.replace(
      /\\;/,
      '%3B',
    ),
  ).replace('%3B', '\\;');

const trunkAuth = (trunk: EngineTrunk, name: string): string =>
  trunk.username
    ? section(
        name,
        typed('auth', [
          ['auth_type', 'userpass'],
          ['username', configValue(trunk.username)],
          ['password', configValue(trunk.secret ?? '')],
        ]),
      )
    : '';

const trunkRegistration = (trunk: EngineTrunk, name: string): string =>
  trunk.kind === 'register' && trunk.username
    ? section(
        `${name}-registration`,
        typed('registration', [
          ['server_uri', sipUri(trunk)],
          ['client_uri', sipUri(trunk, trunk.username)],
          ['contact_user', name],
          ['outbound_auth', name],
          ['transport', trunk.transport === 'tcp' ? 'transport-tcp' : 'transport-udp'],
          ['retry_interval', 10],
          ['forbidden_retry_interval', 60],
          ['fatal_retry_interval', 60],
          ['max_retries', 1_000_000],
          ['expiration', 300],
          ['line', 'yes'],
          ['endpoint', name],
        ]),
      )
    : '';

const trunkIdentify = (trunk: EngineTrunk, name: string): string => {
  const matches = trunk.inboundAddresses.map((address): [string, string] => [
    'match',
    configValue(address),
  ]);
  return matches.length > 0
    ? section(`${name}-identify`, typed('identify', [['endpoint', name], ...matches]))
    : '';
};

/** Sections of one trunk. Nobody can register on it: its AOR has a fixed contact and no room. */
export function trunkSections(trunk: EngineTrunk, codecs: readonly string[]): string {
  const name = configValue(trunk.name);
  return (
    trunkAuth(trunk, name) +
    section(
      name,
      typed('aor', [
        ['contact', sipUri(trunk)],
        ['max_contacts', 0],
        ['qualify_frequency', trunk.kind === 'ip' ? qualifyFrequencySeconds : 0],
      ]),
    ) +
    section(
      name,
      typed('endpoint', [
        ...media(codecs),
        ['aors', name],
        ['identify_by', 'ip'],
        ...(trunk.username
          ? ([
              ['outbound_auth', name],
              ['from_user', configValue(trunk.username)],
            ] as Settings)
          : []),
      ]),
    ) +
    trunkIdentify(trunk, name) +
    trunkRegistration(trunk, name)
  );
}

const hostPart = (address: string): string => (address.includes(':') ? `[${address}]` : address);

/** The settings of the objects by which one leg reaches an address somewhere else, as ARI wants them. */
export const outsideObjects = (
  name: string,
  { route, login, fromHost }: Extract<LegTarget, { kind: 'sip' }>,
  codecs: readonly string[],
) => ({
  auth: (login
    ? [
        ['auth_type', 'userpass'],
        ['username', configValue(login.username)],
        ['password', login.password],
      ]
    : []) as Settings,
  endpoint: [
    ...media(codecs),
    ['identify_by', 'ip'],
    ['transport', `transport-${route.transport}`],
    [
      'outbound_proxy',
      `sip:${hostPart(route.address)}:${route.port};transport=${route.transport};lr`,
    ],
    ...(login ? [['outbound_auth', name]] : []),
    ...(fromHost ? [['from_domain', configValue(fromHost)]] : []),
  ] as Settings,
});

/** `pjsip.conf`: transports, and the files that hold endpoints and trunks. */
export const pjsipConf = (sip: { readonly host: string; readonly port: number }): string =>
  section('global', [
    ['type', 'global'],
    ['user_agent', 'Polyvox'],
    ['endpoint_identifier_order', 'ip,username'],
    ['default_realm', 'polyvox'],
    ['mwi_disable_initial_unsolicited', 'yes'],
  ]) +
  section('system', [['type', 'system']]) +
  (['udp', 'tcp'] as const)
    .map((protocol) =>
      section(`transport-${protocol}`, [
        ['type', 'transport'],
        ['protocol', protocol],
        ['bind', `${configValue(sip.host)}:${sip.port}`],
        ['symmetric_transport', 'yes'],
      ]),
    )
    .join('') +
  section('transport-ws', [
    ['type', 'transport'],
    ['protocol', 'ws'],
    ['bind', configValue(sip.host)],
  ]) +
  '#include endpoints.conf\n#include trunks.conf\n';
