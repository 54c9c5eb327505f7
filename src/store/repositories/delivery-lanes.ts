import type { Selectable } from 'kysely';
import type { DeliveryRequest, LaneStore } from '../../core/deliveries/index.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Db } from '../connect.ts';
import { translatePostgresError } from '../postgres-errors.ts';
import type { SecretBox } from '../secret-box.ts';
import type { DeliveryRow } from '../tables.ts';
import { deliveryColumns, deliverySeal, toDelivery } from './deliveries.ts';

/** How long a lane is held from its last step: longer than an exchange may take. */
const heldFor = "interval '60 seconds'";

/** A job may come a little early. */
const tolerance = "interval '1 second'";

/** Lanes that are woken at once; the others are later still, and have their turn next time. */
const mostOverdue = 10_000;

const failureSet =
  'attempts = attempts + 1, last_code = $4, last_status = $5, last_attempt_at = now()';

type FirstRow = Selectable<DeliveryRow> & {
  readonly mark: string;
  readonly age_ms: number;
};

/**
 * Lanes, for the node that is called so. Crosses accounts: one worker delivers for all of them. Every step is
 * one statement.
 */
export function createLaneStore(db: Db, box: SecretBox, node: string): LaneStore {
  const ask = async <Row extends object>(text: string, values: readonly unknown[]) => {
    try {
      return (await db.pool.query<Row>(text, [...values])).rows;
    } catch (error) {
      throw translatePostgresError(error);
    }
  };
  const happened = async (text: string, values: readonly unknown[]): Promise<boolean> =>
    (await ask(text, values)).length > 0;
  const keepHolding = `update delivery_lanes set held_until = now() + ${heldFor}
    where id = $1 and held_by = $2 returning id`;
  return {
    async take(laneId) {
      const [row] = await ask<{ account_id: AccountId }>(
        `update delivery_lanes set held_by = $2, held_until = now() + ${heldFor}
         where id = $1 and due_at <= now() + ${tolerance}
           and (held_by is null or held_by = $2 or held_until < now())
         returning account_id`,
        [laneId, node],
      );
      return row && { id: laneId, accountId: row.account_id };
    },
    async first(lane) {
      const [row] = await ask<FirstRow>(
        `select lane.entries as mark, d.*
         from delivery_lanes as lane left join lateral (
           select ${deliveryColumns.join(', ')}, request_sealed,
             extract(epoch from now() - wanted_at)::float8 * 1000 as age_ms
           from deliveries
           where account_id = lane.account_id and key = lane.key and state = 'waiting'
           order by position limit 1
         ) as d on true
         where lane.id = $1 and lane.held_by = $2`,
        [lane.id, node],
      );
      if (!row) return { due: undefined, mark: undefined };
      if (row.id === null) return { due: undefined, mark: row.mark };
      const request = box.open(row.request_sealed, deliverySeal(row.id));
      return {
        mark: row.mark,
        due: {
          delivery: toDelivery(row),
          request: JSON.parse(request) as DeliveryRequest,
          ageMs: row.age_ms,
        },
      };
    },
    arrived: (lane, id) =>
      happened(`with gone as (delete from deliveries where id = $3) ${keepHolding}`, [
        lane.id,
        node,
        id,
      ]),
    giveUp: (lane, id, { code, status }) =>
      happened(
        `with given_up as (update deliveries set state = 'failed', ${failureSet} where id = $3)
         ${keepHolding}`,
        [lane.id, node, id, code, status],
      ),
    async postpone(lane, delayMs, failed) {
      const later = `update delivery_lanes
        set held_by = null, held_until = null, due_at = now() + $3 * interval '1 millisecond'
        where id = $1 and held_by = $2 returning id, account_id, due_at`;
      if (failed) {
        const { code, status } = failed.failure;
        await ask(
          `with failed as (update deliveries set ${failureSet} where id = $6), lanes as (${later})
           select wake_delivery_lane(id, account_id, due_at) from lanes`,
          [lane.id, node, delayMs, code, status, failed.id],
        );
      } else {
        await ask(
          `with lanes as (${later}) select wake_delivery_lane(id, account_id, due_at) from lanes`,
          [lane.id, node, delayMs],
        );
      }
    },
    close: (lane, mark) =>
      happened(
        'delete from delivery_lanes where id = $1 and held_by = $2 and entries = $3 returning id',
        [lane.id, node, mark],
      ),
    async wakeOverdue(lateMs, working) {
      await ask(
        `with overdue as (
           update delivery_lanes set held_by = null, held_until = null
           where id in (
             select id from delivery_lanes
             where due_at <= now() - $1 * interval '1 millisecond'
               and (held_by is null or held_until < now() or (held_by = $2 and id <> all($3::bigint[])))
             order by due_at limit ${mostOverdue} for update skip locked
           )
           returning id, account_id, due_at
         )
         select wake_delivery_lane(id, account_id, due_at) from overdue`,
        [lateMs, node, working],
      );
    },
  };
}
