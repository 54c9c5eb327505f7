import { type RawBuilder, type Selectable, sql } from 'kysely';
import type {
  Delivery,
  DeliveryRequest,
  DeliveryStore,
  NewDelivery,
} from '../../core/deliveries/index.ts';
import type { CoreEvent } from '../../core/events/index.ts';
import { type DeliveryId, newId } from '../../kernel/ids.ts';
import type { Db, Tx } from '../connect.ts';
import { revive } from '../live-values.ts';
import { readKey, toPage } from '../page-keys.ts';
import type { SecretBox } from '../secret-box.ts';
import type { DeliveryRow } from '../tables.ts';
import { toJson } from '../to-json.ts';

/** Events that are worded at once. */
const eventsAtOnce = 200;

export const deliveryColumns = [
  'id',
  'account_id',
  'dialect',
  'key',
  'subject',
  'host',
  'state',
  'attempts',
  'last_code',
  'last_status',
  'last_attempt_at',
  'created_at',
] as const;

type ShownRow = Pick<Selectable<DeliveryRow>, (typeof deliveryColumns)[number]>;

export const toDelivery = (row: ShownRow): Delivery => ({
  id: row.id,
  accountId: row.account_id,
  dialect: row.dialect,
  key: row.key,
  subject: row.subject,
  host: row.host,
  state: row.state,
  attempts: row.attempts,
  lastFailure:
    row.last_code === null
      ? undefined
      : { code: row.last_code, status: row.last_status ?? undefined },
  lastAttemptAt: row.last_attempt_at ?? undefined,
  createdAt: row.created_at,
});

/** What a request is sealed for: it may hold secrets of its receiver. */
export const deliverySeal = (id: DeliveryId) => `deliveries/${id}`;

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '');

/**
 * Puts deliveries in, and lanes for keys that have none; who makes a lane also wakes it. The lane is locked
 * before its deliveries get their positions, so that these grow in the order of commits.
 */
const insertion = (rows: string): RawBuilder<unknown> => sql`
  with given as (
    select g.* from rows from (jsonb_to_recordset(${rows}::jsonb) as (id uuid, account_id uuid, key text,
      dialect text, subject text, host text, request_sealed text))
      with ordinality as g(id, account_id, key, dialect, subject, host, request_sealed, n)
    where exists (select from accounts where accounts.id = g.account_id)
  ), lanes as (
    insert into delivery_lanes as lane (account_id, key, entries)
    select account_id, key, count(*) from given group by account_id, key order by account_id, key
    on conflict (account_id, key) do update set entries = lane.entries + excluded.entries
    returning id, account_id, key, entries
  ), stored as (
    insert into deliveries (id, account_id, key, dialect, subject, host, request_sealed)
    select given.id, account_id, key, dialect, subject, host, request_sealed
    from given join lanes using (account_id, key) order by n
  )
  select wake_delivery_lane(lanes.id, lanes.account_id, now()) from lanes
  where entries = (select count(*) from given where (given.account_id, given.key) = (lanes.account_id, lanes.key))`;

/** Puts a failed one back into its lane, which is looked at now. */
const repetition = (accountId: string, id: string): RawBuilder<ShownRow> => sql`
  with wanted as (
    update deliveries set state = 'waiting', attempts = 0, wanted_at = now()
    where account_id = ${accountId} and id = ${id} and state = 'failed'
    returning *
  ), lanes as (
    insert into delivery_lanes as lane (account_id, key, entries)
    select account_id, key, 1 from wanted
    on conflict (account_id, key) do update set entries = lane.entries + 1, due_at = now()
    returning id
  )
  select wanted.*, wake_delivery_lane(lanes.id, wanted.account_id, now()) from wanted, lanes`;

/** Readers of events and the numbers of deliveries cross accounts; lists and repetition are one account's. */
export function createDeliveryStore(db: Db, box: SecretBox): DeliveryStore {
  const toRow = ({ request, ...delivery }: NewDelivery) => {
    const id = newId<DeliveryId>();
    return {
      id,
      account_id: delivery.accountId,
      key: delivery.key,
      dialect: delivery.dialect,
      subject: delivery.subject,
      host: hostOf(request.url),
      request_sealed: box.seal(JSON.stringify(request satisfies DeliveryRequest), deliverySeal(id)),
    };
  };
  const insert = async (tx: Tx, deliveries: readonly NewDelivery[]): Promise<void> => {
    if (deliveries.length > 0) await insertion(toJson(deliveries.map(toRow))).execute(tx);
  };
  return {
    async enqueue(deliveries) {
      if (deliveries.length > 0) await db.crossing((tx) => insert(tx, deliveries));
    },
    async beginReading(reader) {
      await db.crossing((tx) =>
        sql`insert into event_readers (name, position)
            select ${reader}, coalesce(max(position), 0) from events
            on conflict (name) do nothing`.execute(tx),
      );
    },
    readOn: (reader, word) =>
      db.crossing(async (tx) => {
        const known = await tx
          .selectFrom('event_readers')
          .select('position')
          .where('name', '=', reader)
          .forUpdate()
          .skipLocked()
          .executeTakeFirst();
        if (!known) return 0;
        const rows = await tx
          .selectFrom('events')
          .select(['position', 'body'])
          .where('position', '>', known.position)
          .orderBy('position')
          .limit(eventsAtOnce)
          .execute();
        const last = rows.at(-1);
        if (!last) return 0;
        await insert(tx, await word(rows.map(({ body }) => revive<CoreEvent>(body))));
        await tx
          .updateTable('event_readers')
          .set({ position: last.position })
          .where('name', '=', reader)
          .execute();
        return rows.length;
      }),
    failed: (accountId, { limit, after }) =>
      db.reading(accountId, async (reader) => {
        const key = readKey(after);
        const rows = await reader
          .selectFrom('deliveries')
          .select(deliveryColumns)
          .where('account_id', '=', accountId)
          .where('state', '=', 'failed')
          .$if(key !== undefined, (query) =>
            query.where((is) =>
              is(
                is.refTuple('created_at', 'id'),
                '<',
                is.tuple(key?.at as Date, key?.id as DeliveryId),
              ),
            ),
          )
          .orderBy('created_at', 'desc')
          .orderBy('id', 'desc')
          .limit(limit + 1)
          .execute();
        return toPage(rows, limit, toDelivery, (row) => ({ at: row.created_at, id: row.id }));
      }),
    retry: (accountId, id) =>
      db.tenant(accountId, async (tx) => {
        const { rows } = await repetition(accountId, id).execute(tx);
        return rows[0] && toDelivery(rows[0]);
      }),
    async count() {
      const { rows } = await db.pool.query<{ waiting: string; failed: string }>(
        `select count(*) filter (where state = 'waiting') as waiting,
                count(*) filter (where state = 'failed') as failed from deliveries`,
      );
      return { waiting: Number(rows[0]?.waiting ?? 0), failed: Number(rows[0]?.failed ?? 0) };
    },
  };
}
