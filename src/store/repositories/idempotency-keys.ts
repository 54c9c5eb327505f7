import type { IdempotencyStore } from '../../kernel/idempotency.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Db } from '../connect.ts';
import type { SecretBox } from '../secret-box.ts';

/**
 * Requests hold passwords and answers secrets: of the former a keyed fingerprint is kept, the latter are sealed.
 */
export function createIdempotencyStore(db: Db, box: SecretBox): IdempotencyStore {
  const sealedFor = (accountId: AccountId, key: string) => `idempotency_keys/${accountId}/${key}`;
  const open = (sealed: unknown, accountId: AccountId, key: string): unknown =>
    typeof sealed === 'string' ? JSON.parse(box.open(sealed, sealedFor(accountId, key))) : null;
  return {
    begin: (accountId, key, requestHash) =>
      db.tenant(accountId, async (tx) => {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('idempotency_keys')
          .values({
            account_id: accountId,
            key,
            request_hash: box.fingerprint(requestHash),
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
        if (row.request_hash !== box.fingerprint(requestHash)) return { state: 'mismatch' };
        return row.status === null
          ? { state: 'running' }
          : { state: 'done', status: row.status, body: open(row.body, accountId, key) };
      }),
    finish: (accountId, key, status, body) =>
      db.tenant(accountId, async (tx) => {
        const sealed = box.seal(JSON.stringify(body ?? null), sealedFor(accountId, key));
        await tx
          .updateTable('idempotency_keys')
          .set({ status, body: JSON.stringify(sealed) })
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
