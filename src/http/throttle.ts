import ipaddr from 'ipaddr.js';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Throttle } from '../core/accounts/index.ts';

/** Seconds over which failures are counted. */
const windowSeconds = 300;

/** Failures of one name at one address; then the two are refused together. @see contracts/mikopbx.json, B.2 */
const failuresOfPair = 10;

/** Failures at one address under whichever names; then it is refused. */
const failuresOfAddress = 50;

/** Failures of one name at whichever addresses; then every attempt waits, right ones too. */
const failuresOfName = 100;
const delayMs = 2_000;

/** Characters of a name that are kept: what is sent may be longer than any name. */
const longestName = 256;

/** An IPv6 network of one household is one address, as is an IPv4 address in either form. */
function sourceOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return parsed.toNormalizedString().split(':').slice(0, 4).join(':');
}

const limiterOf = (points: number) => new RateLimiterMemory({ points, duration: windowSeconds });

const secondsOf = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));

/** Counts failed attempts in memory: a restart forgives. */
export function createThrottle(): Throttle {
  const pairs = limiterOf(failuresOfPair);
  const addresses = limiterOf(failuresOfAddress);
  const names = limiterOf(failuresOfName);

  const refused = (ms: number) => ({
    blockedSeconds: secondsOf(ms),
    delayMs: 0,
    end: async () => undefined,
  });
  return {
    async admit({ address, name: tried }) {
      const name = tried.slice(0, longestName);
      const source = sourceOf(address);
      const atAddress = await addresses.get(source);
      if (atAddress && atAddress.consumedPoints >= failuresOfAddress)
        return refused(atAddress.msBeforeNext);
      // Counted before it is known how it ends, so that many at once are no way around.
      const pair = `${name} ${source}`;
      const taken = await pairs.penalty(pair);
      if (taken.consumedPoints > failuresOfPair) return refused(taken.msBeforeNext);
      const ofName = await names.get(name);
      return {
        blockedSeconds: 0,
        delayMs: ofName && ofName.consumedPoints >= failuresOfName ? delayMs : 0,
        async end(outcome) {
          if (outcome === 'right') await pairs.delete(pair);
          if (outcome === 'unknown') await pairs.reward(pair);
          if (outcome !== 'wrong') return;
          await addresses.penalty(source);
          await names.penalty(name);
        },
      };
    },
  };
}
