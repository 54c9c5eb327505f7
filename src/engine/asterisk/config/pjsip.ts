import type { EngineEndpoint, EngineTrunk, GatewayAddress, LegTarget } from '../../port/index.ts';
import { configText, configValue, section } from './value.ts';

/** Seconds between two questions whether a registered device is there. */
export const qualifyFrequencySeconds = 60;

/** The same for gateways, which calls are to find out about soon. */
const trunkQualifySeconds = 20;

/** Ends the name of a trunk's address of record for gateways that are not asked. */
const quietSuffix = '-quiet';

type Settings = readonly (readonly [string, string | number])[];

/** What every leg's media has in common. */
const media = (codecs: readonly string[], dtmf: EngineTrunk['dtmf'] = 'rfc4733'): Settings => [
  ['disallow', 'all'],
  ['allow', codecs.join(',')],
  ['direct_media', 'no'],
  ['rtp_symmetric', 'yes'],
  ['force_rport', 'yes'],
  ['rewrite_contact', 'yes'],
  ['dtmf_mode', dtmf],
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

/** An address in a URI: IPv6 stands in brackets. @see RFC 3986 section 3.2.2 */
export const uriHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** A URI as files hold it, where a semicolon begins a comment. */
const sipUri = ({ host, port, transport }: GatewayAddress, user?: string): string =>
  `sip:${user ? `${configValue(user)}@` : ''}${uriHost(configValue(host))}:${port}${transport === 'tcp' ? '\\;transport=tcp' : ''}`;

/** What every request passes. @see RFC 3261 section 16.12 */
const proxyOf = ({ proxy }: EngineTrunk): Settings =>
  proxy ? [['outbound_proxy', `sip:${configValue(proxy)}\\;lr`]] : [];

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

/** Where a trunk registers: at its first gateway, or in a domain of which that is the way in. */
function registrar(trunk: EngineTrunk, first: GatewayAddress, username: string): Settings {
  const { realm } = trunk;
  if (!realm || realm === first.host)
    return [
      ['server_uri', sipUri(first)],
      ['client_uri', sipUri(first, username)],
      ...proxyOf(trunk),
    ];
  const domain = uriHost(configValue(realm));
  return [
    ['server_uri', `sip:${domain}`],
    ['client_uri', `sip:${configValue(username)}@${domain}`],
    ...(trunk.proxy ? proxyOf(trunk) : ([['outbound_proxy', `${sipUri(first)}\\;lr`]] as Settings)),
  ];
}

const trunkRegistration = (trunk: EngineTrunk, name: string): string => {
  const [first] = trunk.gateways;
  return trunk.kind === 'register' && trunk.username && first
    ? section(
        `${name}-registration`,
        typed('registration', [
          ...registrar(trunk, first, trunk.username),
          ['contact_user', name],
          ['outbound_auth', name],
          ['transport', first.transport === 'tcp' ? 'transport-tcp' : 'transport-udp'],
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
};

const trunkIdentify = (trunk: EngineTrunk, name: string): string => {
  const matches = trunk.inboundAddresses.map((address): [string, string] => [
    'match',
    configValue(address),
  ]);
  return matches.length > 0
    ? section(`${name}-identify`, typed('identify', [['endpoint', name], ...matches]))
    : '';
};

/** Where a trunk's calls go. Those that are asked whether they are there have an address of record of their own. */
const trunkAors = ({ gateways }: EngineTrunk, name: string): string => {
  const aor = (suffix: string, pings: boolean) => {
    const contacts = gateways.filter((gateway) => gateway.pings === pings);
    return contacts.length === 0
      ? ''
      : section(
          `${name}${suffix}`,
          typed('aor', [
            ...contacts.map((gateway): [string, string] => ['contact', sipUri(gateway)]),
            ['max_contacts', 0],
            ['qualify_frequency', pings ? trunkQualifySeconds : 0],
          ]),
        );
  };
  return aor('', true) + aor(quietSuffix, false);
};

const aorsOf = ({ gateways }: EngineTrunk, name: string): Settings => {
  const names = [
    ...(gateways.some(({ pings }) => pings) ? [name] : []),
    ...(gateways.some(({ pings }) => !pings) ? [`${name}${quietSuffix}`] : []),
  ];
  return names.length > 0 ? [['aors', names.join(',')]] : [];
};

/** How a trunk introduces itself. */
const introduction = ({ username, fromUser, fromDomain }: EngineTrunk, name: string): Settings => {
  const user = fromUser ?? username;
  return [
    ...(username ? ([['outbound_auth', name]] as Settings) : []),
    ...(user ? ([['from_user', configValue(user)]] as Settings) : []),
    ...(fromDomain ? ([['from_domain', configValue(fromDomain)]] as Settings) : []),
  ];
};

/** Sections of one trunk. Nobody can register on it: its addresses of record are fixed and have no room. */
export function trunkSections(trunk: EngineTrunk, codecs: readonly string[]): string {
  const name = configValue(trunk.name);
  return (
    trunkAuth(trunk, name) +
    trunkAors(trunk, name) +
    section(
      name,
      typed('endpoint', [
        ...media(codecs, trunk.dtmf),
        ...aorsOf(trunk, name),
        ['identify_by', 'ip'],
        ...introduction(trunk, name),
        ...proxyOf(trunk),
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
