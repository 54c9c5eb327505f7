import type { Selectable } from 'kysely';
import type { Limit, LimitStore } from '../../core/limits/index.ts';
import { newId } from '../../kernel/ids.ts';
import type { Db } from '../connect.ts';
import type { LimitRow } from '../tables.ts';

const columns = ['id', 'sid', 'account_id', 'category', 'quantity', 'created_at'] as const;

const toLimit = (row: Selectable<LimitRow>): Limit => ({
  sid: row.sid,
  accountId: row.account_id,
  category: row.category,
  quantity: row.quantity,
});

export function createLimitStore(db: Db): LimitStore {
  return {
    list: (accountId, category) =>
      db.reading(accountId, async (reader) =>
        (
          await reader
            .selectFrom('limits')
            .select(columns)
            .where('account_id', '=', accountId)
            .$if(category !== undefined, (query) => query.where('category', '=', category as never))
            .orderBy('created_at')
            .orderBy('id')
            .execute()
        ).map(toLimit),
      ),
    put: (accountId, category, quantity) =>
      db.tenant(accountId, async (tx) =>
        toLimit(
          await tx
            .insertInto('limits')
            .values({
              id: newId(),
              account_id: accountId,
              category,
              quantity,
              created_at: new Date(),
            })
            .onConflict((conflict) =>
              conflict.constraint('limits_are_set_once').doUpdateSet({ quantity }),
            )
            .returning(columns)
            .executeTakeFirstOrThrow(),
        ),
      ),
    remove: (accountId, category) =>
      db.tenant(accountId, async (tx) =>
        (
          await tx
            .deleteFrom('limits')
            .where('account_id', '=', accountId)
            .$if(category !== undefined, (query) => query.where('category', '=', category as never))
            .returning(columns)
            .execute()
        ).map(toLimit),
      ),
  };
}
