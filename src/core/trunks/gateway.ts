import type { EngineGateway, GatewayAddress } from '../../engine/port/index.ts';
import type { AccountId, GatewayId, Sid, TrunkId } from '../../kernel/ids.ts';
import type { JsonObject } from '../../kernel/json.ts';

/** An address of a provider: where calls go, or where they come from. Tried in the order in which they were made. */
export interface Gateway {
  readonly id: GatewayId;
  readonly sid: Sid;
  readonly accountId: AccountId;
  readonly trunkId: TrunkId;
  /** A host name, or an address; an address if calls come from there. */
  readonly host: string;
  /** The usual one if absent. */
  readonly port: number | undefined;
  /** Bits of the network that calls may come from: 32 or 128 for a single address. */
  readonly netmask: number;
  readonly inbound: boolean;
  readonly outbound: boolean;
  readonly enabled: boolean;
  readonly transport: 'udp' | 'tcp' | 'tls';
  /** Whether it is asked from time to time if it is there; one that is not comes last. */
  readonly pings: boolean;
  /** What a dialect keeps with it. */
  readonly extras: JsonObject;
  readonly createdAt: Date;
}

export type NewGateway = Omit<Gateway, 'id' | 'sid' | 'accountId' | 'trunkId' | 'createdAt'>;
export type GatewayChange = Partial<NewGateway>;

/** Ports that nobody has to name. @see RFC 3261 section 19.1.2 */
const usualPort = { udp: 5060, tcp: 5060, tls: 5061 } as const;

/** An address by one text, as the engine's reports name it. */
export const addressText = ({ host, port }: Pick<GatewayAddress, 'host' | 'port'>): string =>
  `${host}:${port}`;

/**
 * Where the calls of a trunk can go, in order. A trunk that registers and has no gateway for that uses its registrar.
 * What needs TLS is left out: the engine has none towards providers.
 */
export function outboundAddresses(trunk: {
  readonly kind: 'register' | 'ip';
  readonly realm: string | undefined;
  readonly gateways: readonly Gateway[];
}): readonly EngineGateway[] {
  const own = trunk.gateways.flatMap(({ enabled, outbound, transport, host, port, pings }) =>
    enabled && outbound && transport !== 'tls'
      ? [{ host, port: port ?? usualPort[transport], transport, pings }]
      : [],
  );
  const hasOne = trunk.gateways.some(({ outbound }) => outbound);
  return !hasOne && trunk.kind === 'register' && trunk.realm
    ? [{ host: trunk.realm, port: usualPort.udp, transport: 'udp', pings: false }]
    : own;
}

/** Bits of a whole address. */
export const wholeAddress = (host: string): number => (host.includes(':') ? 128 : 32);

/** Networks that the calls of a trunk come from, such as `192.0.2.0/24`. */
export const inboundNetworks = (
  gateways: readonly Pick<Gateway, 'host' | 'netmask' | 'inbound' | 'enabled'>[],
): readonly string[] =>
  gateways
    .filter(({ inbound, enabled }) => inbound && enabled)
    .map(({ host, netmask }) => (netmask < wholeAddress(host) ? `${host}/${netmask}` : host));

/** A network as a gateway that calls come from. */
export function networkGateway(network: string): NewGateway {
  const [host = '', bits] = network.split('/');
  return {
    host,
    port: undefined,
    netmask: bits === undefined ? wholeAddress(host) : Number(bits),
    inbound: true,
    outbound: false,
    enabled: true,
    transport: 'udp',
    pings: false,
    extras: {},
  };
}
