import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';

/** Decides which addresses of the network may be reached on behalf of somebody outside. */
export interface TargetGuard {
  /** @returns why not, in words; `undefined` if it may be reached */
  whyRefused(address: string, port: number): string | undefined;
}

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number];

const toNetwork = (text: string): Network =>
  text.includes('/')
    ? ipaddr.parseCIDR(text)
    : [ipaddr.parse(text), ipaddr.parse(text).kind() === 'ipv4' ? 32 : 128];

const within = (address: ipaddr.IPv4 | ipaddr.IPv6, [base, bits]: Network): boolean =>
  address.kind() === base.kind() && address.match(base as never, bits);

/** Whoever connects to these reaches this machine; to `unspecified` ones by a habit of Linux. */
const leadsHere: ReadonlySet<string> = new Set(['loopback', 'unspecified']);

/** Addresses of this machine, as texts in normal form. */
const ownAddresses = (): Set<string> =>
  new Set(
    Object.values(networkInterfaces()).flatMap((list) =>
      (list ?? []).map(({ address }) => ipaddr.process(address.replace(/%.*$/, '')).toString()),
    ),
  );

/**
 * Public addresses may be reached, others only if a network allows them; the exchange's own ports never.
 * @param options.ownPorts - ports of this server, its engine and its database, as they are now
 * @throws {Error} if a network cannot be read
 */
export function createTargetGuard(options: {
  readonly allow: readonly string[];
  readonly ownPorts: () => readonly number[];
}): TargetGuard {
  const allowed = options.allow.map(toNetwork);
  return {
    whyRefused(text, port) {
      if (!ipaddr.isValid(text)) return 'the address cannot be read';
      const address = ipaddr.process(text);
      const isOwn = leadsHere.has(address.range()) || ownAddresses().has(address.toString());
      if (isOwn && options.ownPorts().includes(port)) return 'the address is part of the exchange';
      if (address.range() === 'unicast') return undefined;
      if (allowed.some((network) => within(address, network))) return undefined;
      return 'the address is not public';
    },
  };
}
