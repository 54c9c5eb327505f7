import type { AccountId } from '../../kernel/ids.ts';
import type { Tx } from '../connect.ts';

type Counter = 'next_user_serial' | 'next_endpoint_serial' | 'next_trunk_serial';

/** The next short id within an account. The account's row is locked until the transaction ends. */
export async function nextSerial(tx: Tx, accountId: AccountId, counter: Counter): Promise<number> {
  const row = await tx
    .updateTable('accounts')
    .set((is) => ({ [counter]: is(counter, '+', 1) }))
    .where('id', '=', accountId)
    .returning(counter)
    .executeTakeFirstOrThrow();
  return (row[counter] as number) - 1;
}
