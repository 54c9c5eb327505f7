import type { EngineTrunk, TrunkName } from '../../engine/port/index.ts';
import { forbidden } from '../../kernel/access-errors.ts';
import type { Actor } from '../../kernel/actor.ts';
import { cleanText } from '../../kernel/hostile-text.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Directory } from '../routing/index.ts';
import { checkTrunk } from './check-trunk.ts';
import type { LiveTrunk, Trunks } from './service.ts';
import type { Trunk, TrunkChange } from './trunk.ts';
import { trunkNotFound } from './trunk-errors.ts';
import type { TrunkStates } from './trunk-states.ts';
import type { TrunkStore } from './trunk-store.ts';

/** The engine, as far as trunks go. */
export interface TrunkEngine {
  putTrunk(trunk: EngineTrunk): Promise<void>;
  removeTrunk(name: TrunkName): Promise<void>;
}

export interface TrunkPorts {
  readonly store: TrunkStore;
  readonly directory: Directory;
  readonly states: TrunkStates;
  readonly engine: TrunkEngine;
  readonly refresh: (accountId: AccountId) => Promise<void>;
  readonly logger: Logger;
}

/** Provider connections, for the dialects. */
export function createTrunks(ports: TrunkPorts): Trunks {
  const { store, directory, states, engine, refresh, logger } = ports;
  const live = (trunk: Trunk): LiveTrunk => ({
    trunk,
    state: states.stateOf(directory.trunkName(trunk)),
  });
  const mustAdminister = (actor: Actor) => {
    if (!actor.admin) throw forbidden('see or manage trunks');
  };
  const tidied = <Change extends TrunkChange>(change: Change): Change => ({
    ...change,
    ...(change.name !== undefined && { name: cleanText(change.name, 128) }),
  });
  /** A change stands even if the engine is away: it reads everything when it comes back. */
  const tellEngine = async (trunk: Trunk, removed = false) => {
    try {
      const name = directory.trunkName(trunk);
      if (removed || !trunk.enabled) return await engine.removeTrunk(name);
      const secret = await store.secret(trunk.accountId, trunk.id);
      await engine.putTrunk({
        name,
        host: trunk.host,
        port: trunk.port,
        transport: trunk.transport,
        kind: trunk.kind,
        ...(trunk.username ? { username: trunk.username } : {}),
        ...(secret ? { secret } : {}),
        inboundAddresses: trunk.inboundAddresses,
      });
    } catch (error) {
      logger.warn({ trunk: trunk.id, err: error }, 'the engine will hear of a trunk later');
    }
  };
  return {
    async list(actor, page) {
      mustAdminister(actor);
      const { items, next } = await store.list(actor.accountId, page);
      return { items: items.map(live), next };
    },
    async all(actor) {
      mustAdminister(actor);
      return (await store.all(actor.accountId)).map(live);
    },
    async get(actor, id) {
      mustAdminister(actor);
      const trunk = await store.find(actor.accountId, id);
      if (!trunk) throw trunkNotFound(id);
      return live(trunk);
    },
    shared(actor, sid) {
      const own = directory.account(actor.accountId);
      const operator = own?.account.operatorId && directory.account(own.account.operatorId);
      const known = [...(own?.trunks ?? []), ...(operator ? operator.trunks : [])];
      return known.find((trunk) => trunk.sid === sid);
    },
    async create(actor, given) {
      mustAdminister(actor);
      const trunk = tidied(given);
      checkTrunk(trunk);
      const made = await store.insert(actor.accountId, trunk);
      await refresh(actor.accountId);
      await tellEngine(made);
      return live(made);
    },
    async change(actor, id, given) {
      mustAdminister(actor);
      const change = tidied(given);
      checkTrunk(change);
      const trunk = await store.change(actor.accountId, id, change);
      if (!trunk) throw trunkNotFound(id);
      await refresh(actor.accountId);
      await tellEngine(trunk);
      return live(trunk);
    },
    async remove(actor, id) {
      mustAdminister(actor);
      const trunk = await store.find(actor.accountId, id);
      if (!trunk || !(await store.remove(actor.accountId, id))) throw trunkNotFound(id);
      await refresh(actor.accountId);
      await tellEngine(trunk, true);
    },
  };
}
