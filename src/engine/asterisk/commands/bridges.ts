import { randomUUID } from 'node:crypto';
import type { EngineBridgeId, EngineLegId } from '../../port/index.ts';
import type { AriHttp } from '../ari-http.ts';

/** How many empty bridges are kept for the next calls. */
const poolSize = 64;

export interface Bridges {
  create(dtmf: boolean, id?: EngineBridgeId): Promise<EngineBridgeId>;
  destroy(bridge: EngineBridgeId): Promise<void>;
  join(bridge: EngineBridgeId, legs: readonly EngineLegId[]): Promise<void>;
  leave(bridge: EngineBridgeId, leg: EngineLegId): Promise<void>;
  /** A leg is being hung up: it need not be taken out of its bridge. */
  legGoes(leg: EngineLegId): void;
  /** It is gone. */
  legGone(leg: EngineLegId): void;
  /** Forgets the pool: the engine was started anew. */
  reset(): void;
}

/**
 * Bridges for two or more legs. Plain ones let the engine pass media on natively; those with dtmf report
 * keys and cost more. Empty plain ones are kept for reuse. @see docs/architecture.md, the fast path
 */
export function createBridges(ari: AriHttp): Bridges {
  const pool: EngineBridgeId[] = [];
  const members = new Map<EngineBridgeId, Set<EngineLegId>>();
  const withDtmf = new Set<EngineBridgeId>();
  const going = new Set<EngineLegId>();
  /** Bridges that can be reused once those who are being hung up are out. */
  const emptying = new Set<EngineBridgeId>();

  const make = async (
    dtmf: boolean,
    id = `pvx-${randomUUID()}` as EngineBridgeId,
  ): Promise<EngineBridgeId> => {
    await ari.send('POST /bridges', {
      command: 'create bridge',
      query: { bridgeId: id, type: dtmf ? 'mixing,dtmf_events' : 'mixing' },
      alreadyDone: [409],
    });
    if (dtmf) withDtmf.add(id);
    return id;
  };
  const remove = (bridge: EngineBridgeId, leg: EngineLegId): Promise<void> =>
    ari.send('POST /bridges/{bridgeId}/removeChannel', {
      command: 'leave bridge',
      path: { bridgeId: bridge },
      query: { channel: [leg] },
      alreadyDone: [400, 404, 409, 422],
    });
  const reuseIfEmpty = (bridge: EngineBridgeId): void => {
    if (members.get(bridge)?.size !== 0 || !emptying.delete(bridge)) return;
    members.delete(bridge);
    pool.push(bridge);
  };
  return {
    create: async (dtmf, id) => (dtmf || id ? undefined : pool.pop()) ?? make(dtmf, id),
    async destroy(bridge) {
      // Who leaves it is often hung up in the same moment.
      await new Promise((resolve) => setImmediate(resolve));
      const inside = members.get(bridge);
      if (!withDtmf.delete(bridge) && inside && pool.length + emptying.size < poolSize) {
        await Promise.all(
          [...inside]
            .filter((leg) => !going.has(leg))
            .map(async (leg) => {
              await remove(bridge, leg);
              inside.delete(leg);
            }),
        );
        emptying.add(bridge);
        reuseIfEmpty(bridge);
        return;
      }
      members.delete(bridge);
      await ari.send('DELETE /bridges/{bridgeId}', {
        command: 'destroy bridge',
        path: { bridgeId: bridge },
        alreadyDone: [404],
      });
    },
    async join(bridge, legs) {
      const inside = members.get(bridge) ?? new Set();
      members.set(bridge, inside);
      for (const leg of legs) inside.add(leg);
      await ari.send('POST /bridges/{bridgeId}/addChannel', {
        command: 'join',
        path: { bridgeId: bridge },
        query: { channel: legs },
      });
    },
    async leave(bridge, leg) {
      members.get(bridge)?.delete(leg);
      await remove(bridge, leg);
    },
    legGoes: (leg) => void going.add(leg),
    legGone(leg) {
      going.delete(leg);
      for (const [bridge, inside] of members) {
        if (inside.delete(leg)) reuseIfEmpty(bridge);
      }
    },
    reset() {
      going.clear();
      emptying.clear();
      pool.length = 0;
      members.clear();
      withDtmf.clear();
    },
  };
}
