import { Pool } from 'undici';
import { guardedLookup, portOf, type Resolve } from '../guarded-target.ts';
import type { TargetGuard } from '../target-guard.ts';

/** Origins whose connections are kept at once, and connections to one of them. */
const mostOrigins = 128;
const mostConnections = 32;

/** Milliseconds that an idle connection is kept: if the server does not say how long, and at most. */
const idleMs = { usual: 4_000, most: 60_000 };

/** Milliseconds until a connection must be there; bytes of the head of an answer. */
export const connectLimitMs = 10_000;
export const mostHeadBytes = 16_384;

/** Connections that are kept alive, by origin. */
export interface HookPools {
  of(url: URL, options: { readonly allowSelfSigned: boolean }): Pool;
  close(): Promise<void>;
}

/** Connections to checked addresses. The origin that was not asked for longest makes room for a new one. */
export function createHookPools(options: {
  readonly guard: TargetGuard;
  readonly resolve: Resolve;
}): HookPools {
  const pools = new Map<string, Pool>();

  const open = (url: URL, allowSelfSigned: boolean): Pool =>
    new Pool(url.origin, {
      connections: mostConnections,
      pipelining: 1,
      maxHeaderSize: mostHeadBytes,
      keepAliveTimeout: idleMs.usual,
      keepAliveMaxTimeout: idleMs.most,
      // The exchange as a whole is timed by whoever asks.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: {
        lookup: guardedLookup(options.guard, portOf(url), options.resolve),
        timeout: connectLimitMs,
        rejectUnauthorized: !allowSelfSigned,
      },
    });
  const makeRoom = () => {
    const [oldest] = pools;
    if (pools.size < mostOrigins || !oldest) return;
    pools.delete(oldest[0]);
    oldest[1].close().catch(() => undefined);
  };
  return {
    of(url, { allowSelfSigned }) {
      const key = `${url.origin}${allowSelfSigned ? ' self-signed' : ''}`;
      let pool = pools.get(key);
      if (pool) pools.delete(key);
      else {
        makeRoom();
        pool = open(url, allowSelfSigned);
      }
      pools.set(key, pool);
      return pool;
    },
    async close() {
      const all = [...pools.values()];
      pools.clear();
      await Promise.all(all.map((pool) => pool.destroy()));
    },
  };
}
