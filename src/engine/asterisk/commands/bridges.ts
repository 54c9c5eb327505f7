import { randomUUID } from 'node:crypto';
import type { EngineBridgeId, EngineLegId } from '../../port/index.ts';
import type { AriHttp } from '../ari-http.ts';

/** How many empty bridges are kept for the next calls. */
const poolSize = 64;

export interface WantedBridge {
  readonly dtmf: boolean;
  readonly many?: boolean;
  readonly id?: EngineBridgeId;
}

/**
 * What kind of bridge is asked for. A plain one changes how it mixes when a third leg comes or goes, and under load
 * a leg that stays may be sent nothing any more after that (seen with Asterisk 22.10.1). One that could pass on
 * several pictures never changes it.
 * @see Asterisk 22, res_stasis.c, bridge_create_common
 */
const typeOf = ({ dtmf, many }: WantedBridge): string =>
  ['mixing', ...(dtmf ? ['dtmf_events'] : []), ...(many ? ['video_sfu'] : [])].join(',');

export interface Bridges {
  create(wanted: WantedBridge): Promise<EngineBridgeId>;
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
  const special = new Set<EngineBridgeId>();
  const going = new Set<EngineLegId>();
  /** Bridges that can be reused once those who are being hung up are out. */
  const emptying = new Set<EngineBridgeId>();

  const make = async (wanted: WantedBridge): Promise<EngineBridgeId> => {
    const { dtmf, many, id = `pvx-${randomUUID()}` as EngineBridgeId } = wanted;
    await ari.send('POST /bridges', {
      command: 'create bridge',
      query: { bridgeId: id, type: typeOf(wanted) },
      alreadyDone: [409],
    });
    if (dtmf || many) special.add(id);
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
    create: async (wanted) => {
      const isPlain = !(wanted.dtmf || wanted.many || wanted.id);
      return (isPlain ? pool.pop() : undefined) ?? make(wanted);
    },
    async destroy(bridge) {
      // Who leaves it is often hung up in the same moment.
      await new Promise((resolve) => setImmediate(resolve));
      const inside = members.get(bridge);
      if (!special.delete(bridge) && inside && pool.length + emptying.size < poolSize) {
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
    legGoes(leg) {
      if ([...members.values()].some((inside) => inside.has(leg))) going.add(leg);
    },
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
      special.clear();
    },
  };
}
