import { forbidden } from '../../kernel/access-errors.ts';
import { reachOf } from '../../kernel/actor.ts';
import type { RecordStore } from './record-store.ts';
import type { Records } from './service.ts';

/** Looking over the call records of accounts. */
export const createRecords = (store: RecordStore): Records => ({
  async list(actor, query, within) {
    if (!actor.admin) throw forbidden('see call records');
    return store.list(within ? [reachOf(actor), within] : [reachOf(actor)], query);
  },
});
