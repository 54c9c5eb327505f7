import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import type { TargetGuard } from './target-guard.ts';

/** Why somebody may not be sent somewhere, in words that may be shown. */
export class TargetRefused extends Error {}

/** A name that nobody knows. */
export class HostUnknown extends Error {}

/** An address of a host. */
export interface HostAddress {
  readonly address: string;
  readonly family: number;
}

/** Every address of a name. @throws whatever, if it has none */
export type Resolve = (hostname: string) => Promise<readonly HostAddress[]>;

export const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true });

const usualPorts: Readonly<Record<string, number>> = {
  'http:': 80,
  'ws:': 80,
  'https:': 443,
  'wss:': 443,
};

export const portOf = ({ port, protocol }: URL): number =>
  port ? Number(port) : (usualPorts[protocol] ?? 0);

/**
 * Reads an address that somebody outside gave. Of a host that is no name it says at once whether it may be
 * reached; names are checked when they are resolved, by `guardedLookup`.
 * @throws {TargetRefused}
 */
export function checkTarget(
  text: string,
  guard: TargetGuard,
  kind: { readonly protocols: readonly string[]; readonly words: string },
): URL {
  if (!URL.canParse(text)) throw new TargetRefused('the address cannot be read');
  const url = new URL(text);
  if (!kind.protocols.includes(url.protocol)) throw new TargetRefused(kind.words);
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  const reason = isIP(literal) ? guard.whyRefused(literal, portOf(url)) : undefined;
  if (reason) throw new TargetRefused(reason);
  return url;
}

/**
 * Resolves names and lets through only addresses that may be reached, at the moment of connecting: the
 * connection is made to an address that was checked.
 */
export const guardedLookup =
  (guard: TargetGuard, port: number, resolve: Resolve = resolveBySystem): LookupFunction =>
  (hostname, options, callback) => {
    const fail = (error: Error) => callback(error, '', 4);
    resolve(hostname).then(
      (addresses) => {
        const reasons = addresses.map(({ address }) => guard.whyRefused(address, port));
        const good = addresses.filter((_, at) => reasons[at] === undefined);
        const [first] = good;
        if (!first) return fail(new TargetRefused(reasons[0] ?? 'the host has no address'));
        if (options.all) return callback(null, [...good]);
        callback(null, first.address, first.family);
      },
      () => fail(new HostUnknown('the host is not known')),
    );
  };
