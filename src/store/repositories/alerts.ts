import { type Selectable, sql } from 'kysely';
import type { AlertQuery, AlertStore, ListedAlert } from '../../core/alerts/index.ts';
import type { Reach } from '../../kernel/actor.ts';
import type { Sid } from '../../kernel/ids.ts';
import type { Db } from '../connect.ts';
import type { AlertRow } from '../tables.ts';
import { withinReach } from '../within-reach.ts';

const toAlert = (row: Selectable<AlertRow> & { readonly account_sid: Sid }): ListedAlert => ({
  id: row.id,
  accountSid: row.account_sid,
  accountId: row.account_id,
  at: row.at,
  kind: row.kind,
  message: row.message,
  detail: row.detail ?? undefined,
  target: row.target ?? undefined,
});

const matches = (reaches: readonly Reach[], { kind, from, to }: AlertQuery) =>
  sql<boolean>`${sql.join(
    [
      ...reaches.map((reach) => withinReach(reach, 'alerts.account_id')),
      ...(kind ? [sql`alerts.kind = ${kind}`] : []),
      ...(from ? [sql`at >= ${from}`] : []),
      ...(to ? [sql`at <= ${to}`] : []),
    ],
    sql` and `,
  )}`;

/** Alerts. Crosses accounts: an operator looks over those of the accounts that it owns. */
export function createAlertStore(db: Db): AlertStore {
  return {
    put: (accountId, alerts) =>
      db.telling(accountId, async (tx, tell) => {
        await tx
          .insertInto('alerts')
          .values(
            alerts.map(({ id, at, kind, message, detail, target }) => ({
              id,
              account_id: accountId,
              at,
              kind,
              message,
              detail: detail ?? null,
              target: target ?? null,
            })),
          )
          .execute();
        for (const { id, at, kind, message, target } of alerts)
          tell({
            type: 'alert.raised',
            accountId,
            at,
            alertId: id,
            alertKind: kind,
            message,
            target,
          });
      }),
    list: (reaches, query) =>
      db.crossing(async (tx) => {
        const where = matches(reaches, query);
        const { total } = await tx
          .selectFrom('alerts')
          .select((is) => is.fn.countAll<string>().as('total'))
          .where(where)
          .executeTakeFirstOrThrow();
        const rows = await tx
          .selectFrom('alerts')
          .innerJoin('accounts', 'accounts.id', 'alerts.account_id')
          .selectAll('alerts')
          .select('accounts.sid as account_sid')
          .where(where)
          .orderBy('at', 'desc')
          .orderBy('alerts.id', 'desc')
          .offset(query.offset)
          .limit(query.limit)
          .execute();
        return { alerts: rows.map(toAlert), total: Number(total) };
      }),
  };
}
