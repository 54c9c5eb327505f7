import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Throttle } from '../core/accounts/index.ts';

/** Failures that are free within `windowSeconds`; then nothing is tried for `blockSeconds`. */
const freeFailures = 10;
const windowSeconds = 60;
const blockSeconds = 60;

/** Counts failed attempts in memory: a restart forgives. */
export function createThrottle(): Throttle {
  const limiter = new RateLimiterMemory({
    points: freeFailures,
    duration: windowSeconds,
    blockDuration: blockSeconds,
  });
  return {
    async blockedSeconds(key) {
      const found = await limiter.get(key);
      const isBlocked = found !== null && found.consumedPoints > freeFailures;
      return isBlocked ? Math.max(1, Math.ceil(found.msBeforeNext / 1_000)) : 0;
    },
    async failed(key) {
      await limiter.consume(key).catch(() => undefined);
    },
    async succeeded(key) {
      await limiter.delete(key);
    },
  };
}
