import { type RawBuilder, sql } from 'kysely';
import type { Reach } from '../kernel/actor.ts';

/**
 * The condition that a row lies within reach.
 * @param owner - the column that names the account of the row
 */
export function withinReach(reach: Reach, owner: string): RawBuilder<boolean> {
  const column = sql.ref(owner);
  if (reach.kind === 'installation') return sql`true`;
  if (reach.kind === 'account') return sql`${column} = ${reach.accountId}`;
  const { operatorId } = reach;
  return sql`${column} in (select a.id from accounts a where a.id = ${operatorId} or a.operator_id = ${operatorId})`;
}
