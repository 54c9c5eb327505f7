import { reaches, reachOf } from '../../kernel/actor.ts';
import type { EstateStore } from './estate-store.ts';
import type { Estate } from './service.ts';

/** Looking over several accounts, for the dialects that have owners of accounts. */
export const createEstate = (store: EstateStore): Estate => ({
  async find(actor, kind, sid) {
    const found = await store.find(kind, sid);
    if (!found) return undefined;
    return reaches(reachOf(actor), found.owner) ? found : 'foreign';
  },
  list: (actor, kind, { within, ...query }) =>
    store.list(kind, within ? [reachOf(actor), within] : [reachOf(actor)], query),
});
