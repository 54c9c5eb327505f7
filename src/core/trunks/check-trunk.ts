import { ipVersion } from '../../kernel/ip-address.ts';
import type { GatewayChange } from './gateway.ts';
import { wholeAddress } from './gateway.ts';
import type { TrunkChange } from './trunk.ts';
import { trunkInvalid } from './trunk-errors.ts';

const hostPattern =
  /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,62})(\.[A-Za-z0-9]([A-Za-z0-9-]{0,62}))*$/;
const usernamePattern = /^[A-Za-z0-9.@_+~-]{1,128}$/;
const secretPattern = /^[\x21-\x3a\x3c-\x7e]{1,128}$/;
const prefixPattern = /^\+[1-9]\d{0,14}$/;

/** Digits and signs that may stand before a number. */
const techPrefixPattern = /^[0-9*#+]{0,32}$/;
/** A host, with a port or without. */
const proxyPattern = /^[A-Za-z0-9.-]{1,253}(?::\d{1,5})?$/;

const isHost = (text: string): boolean => hostPattern.test(text) || ipVersion(text) !== 0;

const isNetwork = (text: string): boolean => {
  const [address, bits, more] = text.split('/');
  if (more !== undefined || !address) return false;
  const version = ipVersion(address);
  if (version === 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
  );
};

/** @throws {DomainError} `trunk.invalid` naming the field */
export function checkTrunk(trunk: TrunkChange): void {
  const { host, port, username, secret, inboundAddresses, prefixes, priority, name } = trunk;
  if (name !== undefined && name === '') throw trunkInvalid('name', 'is empty');
  if (host !== undefined && !isHost(host))
    throw trunkInvalid('host', 'must be a host name or an address');
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535))
    throw trunkInvalid('port', 'must be 1 to 65535');
  if (username !== undefined && !usernamePattern.test(username))
    throw trunkInvalid('username', 'has letters, digits and . @ _ + ~ -');
  if (secret !== undefined && !secretPattern.test(secret))
    throw trunkInvalid('secret', 'has 1 to 128 visible ASCII characters without semicolon');
  if (inboundAddresses?.some((text) => !isNetwork(text)))
    throw trunkInvalid('inboundAddresses', 'must be addresses or networks such as 192.0.2.0/24');
  if (prefixes?.some((text) => !prefixPattern.test(text)))
    throw trunkInvalid('prefixes', 'must be beginnings of numbers such as +49');
  if (priority !== undefined && !(Number.isInteger(priority) && Math.abs(priority) <= 1_000))
    throw trunkInvalid('priority', 'must be -1000 to 1000');
  checkManners(trunk);
}

function checkManners({ realm, fromUser, fromDomain, techPrefix, proxy }: TrunkChange): void {
  if (realm !== undefined && !isHost(realm))
    throw trunkInvalid('realm', 'must be a host name or an address');
  if (fromDomain !== undefined && !isHost(fromDomain))
    throw trunkInvalid('fromDomain', 'must be a host name or an address');
  if (fromUser !== undefined && !usernamePattern.test(fromUser))
    throw trunkInvalid('fromUser', 'has letters, digits and . @ _ + ~ -');
  if (techPrefix !== undefined && !techPrefixPattern.test(techPrefix))
    throw trunkInvalid('techPrefix', 'has up to 32 digits and * # +');
  if (proxy !== undefined && !proxyPattern.test(proxy))
    throw trunkInvalid('proxy', 'must be a host name or an address, with a port or without');
}

/** @throws {DomainError} `trunk.invalid` naming the field */
export function checkGateway({ host, port, netmask, inbound, outbound }: GatewayChange): void {
  if (host !== undefined && !isHost(host))
    throw trunkInvalid('host', 'must be a host name or an address');
  if (host !== undefined && inbound && ipVersion(host) === 0)
    throw trunkInvalid('host', 'must be an address where calls come from');
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535))
    throw trunkInvalid('port', 'must be 1 to 65535');
  if (netmask === undefined || host === undefined) return;
  if (!(Number.isInteger(netmask) && netmask >= 1 && netmask <= wholeAddress(host)))
    throw trunkInvalid('netmask', 'must be 1 to 32, or to 128');
  if (!inbound && outbound && netmask !== wholeAddress(host))
    throw trunkInvalid('netmask', 'must be that of a single address where calls only go');
}
