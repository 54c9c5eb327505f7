import { isIP } from 'node:net';
import {
  type SipTargets,
  sipTargetRefused,
  sipTargetUnreachable,
} from '../core/interpreter/index.ts';
import { type Resolve, resolveBySystem } from './guarded-target.ts';
import type { TargetGuard } from './target-guard.ts';

/** What is understood of an address: user, host, port and parameters. @see RFC 3261 section 19.1.1 */
const pattern =
  /^sip:(?:[^@\s:;?<>"]{1,128}@)?(?<host>\[[0-9a-f:]{2,45}\]|[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?)(?::(?<port>\d{1,5}))?(?<parameters>(?:;[a-z0-9.=_-]{1,80}){0,8})$/i;

/** The port of a SIP address that names none. @see RFC 3261 section 19.1.2 */
const usualPort = 5060;

/**
 * Where SIP addresses lead that somebody outside gave: by the addresses of their host, without SRV records.
 * Only what the guard lets through, over UDP and TCP.
 */
export function createSipTargets(options: {
  readonly guard: TargetGuard;
  readonly open: SipTargets['open'];
  readonly resolve?: Resolve;
}): SipTargets {
  const { guard, open, resolve = resolveBySystem } = options;
  const addressesOf = async (host: string): Promise<readonly string[]> => {
    if (isIP(host)) return [host];
    const found = await resolve(host).catch((error: unknown) => {
      throw sipTargetUnreachable(error);
    });
    return found.map(({ address }) => address);
  };
  return {
    open,
    async find(uri) {
      const { host, port, parameters } = pattern.exec(uri)?.groups ?? {};
      if (!host) throw sipTargetRefused('it is no SIP address over UDP or TCP');
      const [, transport = 'udp'] = /;transport=([a-z]+)/i.exec(parameters ?? '') ?? [];
      const carrier = transport.toLowerCase();
      if (carrier !== 'udp' && carrier !== 'tcp')
        throw sipTargetRefused('it is no SIP address over UDP or TCP');
      const number = port === undefined ? usualPort : Number(port);
      const addresses = await addressesOf(host.replace(/^\[|\]$/g, ''));
      const reasons = addresses.map((address) => guard.whyRefused(address, number));
      const good = addresses.find((_, at) => reasons[at] === undefined);
      if (!good) throw sipTargetRefused(reasons[0] ?? 'the host has no address');
      return { address: good, port: number, transport: carrier };
    },
  };
}
