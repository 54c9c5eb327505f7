import type { EngineTrunk, TrunkName } from '../../engine/port/index.ts';
import { forbidden } from '../../kernel/access-errors.ts';
import type { Actor } from '../../kernel/actor.ts';
import { cleanText } from '../../kernel/hostile-text.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Directory } from '../routing/index.ts';
import { checkGateway, checkTrunk } from './check-trunk.ts';
import { toEngineTrunk } from './engine-trunk.ts';
import type { LiveTrunk, Trunks } from './service.ts';
import type { Trunk, TrunkChange } from './trunk.ts';
import { gatewayNotFound, trunkInvalid, trunkNotFound } from './trunk-errors.ts';
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
  const stateOf: Trunks['stateOf'] = (trunk) => states.stateOf(directory.trunkName(trunk));
  const live = (trunk: Trunk): LiveTrunk => ({ trunk, state: stateOf(trunk) });
  const mustAdminister = (actor: Actor) => {
    if (!actor.admin) throw forbidden('see or manage trunks');
  };
  const check = (accountId: AccountId, change: TrunkChange) => {
    checkTrunk(change);
    const { applicationId } = change;
    if (applicationId && !directory.account(accountId)?.applications.has(applicationId))
      throw trunkInvalid('application', 'is not there');
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
      await engine.putTrunk(toEngineTrunk(name, trunk, secret));
    } catch (error) {
      logger.warn({ trunk: trunk.id, err: error }, 'the engine will hear of a trunk later');
    }
  };
  const changed = async (trunk: Trunk) => {
    await refresh(trunk.accountId);
    await tellEngine(trunk);
  };
  return {
    stateOf,
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
      check(actor.accountId, trunk);
      const made = await store.insert(actor.accountId, trunk);
      await changed(made);
      return live(made);
    },
    async change(actor, id, given) {
      mustAdminister(actor);
      const change = tidied(given);
      check(actor.accountId, change);
      const trunk = await store.change(actor.accountId, id, change);
      if (!trunk) throw trunkNotFound(id);
      await changed(trunk);
      return live(trunk);
    },
    async remove(actor, id) {
      mustAdminister(actor);
      const trunk = await store.find(actor.accountId, id);
      if (!trunk || !(await store.remove(actor.accountId, id))) throw trunkNotFound(id);
      await refresh(actor.accountId);
      await tellEngine(trunk, true);
    },
    async addGateway(actor, id, gateway) {
      mustAdminister(actor);
      checkGateway(gateway);
      const trunk = await store.insertGateway(actor.accountId, id, gateway);
      const made = trunk?.gateways.at(-1);
      if (!trunk || !made) throw trunkNotFound(id);
      await changed(trunk);
      return made;
    },
    async changeGateway(actor, gateway, change) {
      mustAdminister(actor);
      checkGateway({ ...gateway, ...change });
      const trunk = await store.changeGateway(actor.accountId, gateway.id, change);
      if (!trunk) throw gatewayNotFound(gateway.id);
      await changed(trunk);
    },
    async removeGateway(actor, id) {
      mustAdminister(actor);
      const trunk = await store.removeGateway(actor.accountId, id);
      if (!trunk) throw gatewayNotFound(id);
      await changed(trunk);
    },
  };
}
