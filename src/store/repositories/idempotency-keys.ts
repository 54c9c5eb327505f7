import type { IdempotencyStore } from '../../kernel/idempotency.ts';
import type { Db } from '../connect.ts';

export function createIdempotencyStore(db: Db): IdempotencyStore {
  return {
    begin: (accountId, key, requestHash) =>
      db.tenant(accountId, async (tx) => {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('idempotency_keys')
          .values({
            account_id: accountId,
            key,
            request_hash: requestHash,
            status: null,
            body: null,
          })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows === 1n) return { state: 'new' };
        const row = await tx
          .selectFrom('idempotency_keys')
          .select(['request_hash', 'status', 'body'])
          .where('account_id', '=', accountId)
          .where('key', '=', key)
          .executeTakeFirst();
        if (!row) return { state: 'running' };
        if (row.request_hash !== requestHash) return { state: 'mismatch' };
        return row.status === null
          ? { state: 'running' }
          : { state: 'done', status: row.status, body: row.body };
      }),
    finish: (accountId, key, status, body) =>
      db.tenant(accountId, async (tx) => {
        await tx
          .updateTable('idempotency_keys')
          .set({ status, body: JSON.stringify(body ?? null) })
          .where('account_id', '=', accountId)
          .where('key', '=', key)
          .execute();
      }),
    forget: (accountId, key) =>
      db.tenant(accountId, async (tx) => {
        await tx
          .deleteFrom('idempotency_keys')
          .where('account_id', '=', accountId)
          .where('key', '=', key)
          .execute();
      }),
  };
}
