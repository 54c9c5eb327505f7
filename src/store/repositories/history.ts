import { type ExpressionBuilder, type Selectable, sql } from 'kysely';
import type {
  CallHistoryStore,
  Cdr,
  HistoryConnections,
  HistoryDirection,
  HistoryEntry,
  HistoryQuery,
} from '../../core/calls/index.ts';
import type { Tag } from '../../core/programs/index.ts';
import type { AccountId, LegId } from '../../kernel/ids.ts';
import type { Db } from '../connect.ts';
import { readKey, toPage } from '../page-keys.ts';
import type { CdrRow, HistoryRow, Tables } from '../tables.ts';

const toEntry = (row: Selectable<HistoryRow>): HistoryEntry => ({
  serial: Number(row.serial),
  accountId: row.account_id,
  callId: row.call_id,
  userId: row.user_id,
  direction: row.direction,
  status: row.status,
  fromNumber: row.from_number,
  fromName: row.from_name,
  toNumber: row.to_number,
  toName: row.to_name,
  endpointId: row.endpoint_id,
  startedAt: row.started_at,
  answeredAt: row.answered_at ?? undefined,
  endedAt: row.ended_at,
  durationSeconds: row.duration_seconds,
});

export const toCdr = (row: Selectable<CdrRow>): Cdr => ({
  legId: row.leg_id,
  sid: row.sid,
  callId: row.call_id,
  accountId: row.account_id,
  parentLegId: row.parent_leg_id ?? undefined,
  rootLegId: row.root_leg_id,
  direction: row.direction,
  role: row.role,
  userId: row.user_id ?? undefined,
  endpointId: row.endpoint_id ?? undefined,
  trunkId: row.trunk_id ?? undefined,
  number: row.number,
  name: row.name,
  dialled: row.dialled,
  startedAt: row.started_at,
  ringingAt: row.ringing_at ?? undefined,
  answeredAt: row.answered_at ?? undefined,
  endedAt: row.ended_at,
  durationSeconds: row.duration_seconds,
  cause: row.cause as Cdr['cause'],
  sipStatus: row.sip_status ?? undefined,
  endedBy: row.ended_by,
  source: row.source ?? undefined,
  tag: (row.tag ?? undefined) as Tag | undefined,
});

/** Records that are read at once without paging. */
const mostRecent = 1_000;

type Is = ExpressionBuilder<Tables, 'history'>;

/** Answered calls of a direction, or those that nobody answered. */
const inDirection = (is: Is, wanted: HistoryDirection) => {
  const missed = wanted.startsWith('missed_');
  const direction = missed ? (wanted.slice('missed_'.length) as 'incoming' | 'outgoing') : wanted;
  return is.and([
    is('direction', '=', direction as 'incoming' | 'outgoing'),
    is('status', missed ? '!=' : '=', 'answered'),
  ]);
};

/** Both writings of a number: with and without its plus. */
const writings = (number: string): string[] => {
  const bare = number.replace(/^\+/, '');
  return [bare, `+${bare}`];
};

const throughAny = (is: Is, { userIds, endpointIds }: HistoryConnections) =>
  is.or([
    ...(userIds.length > 0 ? [is('user_id', 'in', [...userIds])] : []),
    ...(endpointIds.length > 0 ? [is('endpoint_id', 'in', [...endpointIds])] : []),
  ]);

const matches = (is: Is, accountId: AccountId, query: HistoryQuery) =>
  is.and([
    is('account_id', '=', accountId),
    ...(query.userId ? [is('user_id', '=', query.userId)] : []),
    ...(query.directions
      ? [is.or(query.directions.map((direction) => inDirection(is, direction)))]
      : []),
    ...(query.connections ? [throughAny(is, query.connections)] : []),
    ...(query.from ? [is('started_at', '>=', query.from)] : []),
    ...(query.to ? [is('started_at', '<=', query.to)] : []),
    ...(query.number
      ? [
          is.or([
            is('from_number', 'in', writings(query.number)),
            is('to_number', 'in', writings(query.number)),
          ]),
        ]
      : []),
  ]);

/** An empty list of alternatives matches nothing, and no query is needed to know it. */
const matchesNothing = ({ directions, connections }: HistoryQuery): boolean =>
  directions?.length === 0 ||
  (connections?.endpointIds.length === 0 && connections.userIds.length === 0);

export function createHistoryStore(db: Db): CallHistoryStore {
  return {
    async history(accountId, query) {
      if (matchesNothing(query)) return { entries: [], total: 0 };
      return db.reading(accountId, async (reader) => {
        const { total } = await reader
          .selectFrom('history')
          .select((is) => is.fn.countAll<string>().as('total'))
          .where((is) => matches(is, accountId, query))
          .executeTakeFirstOrThrow();
        const rows =
          query.limit === 0
            ? []
            : await reader
                .selectFrom('history')
                .selectAll()
                .where((is) => matches(is, accountId, query))
                .orderBy('started_at', 'desc')
                .orderBy('serial', 'desc')
                .offset(query.offset)
                .limit(query.limit)
                .execute();
        return { entries: rows.map(toEntry), total: Number(total) };
      });
    },
    cdrsOfCall: (accountId, callId) =>
      db.reading(accountId, async (reader) =>
        (
          await reader
            .selectFrom('cdrs')
            .selectAll()
            .where('account_id', '=', accountId)
            .where('call_id', '=', callId)
            .orderBy('started_at')
            .orderBy('leg_id')
            .execute()
        ).map(toCdr),
      ),
    cdrOfSid: (accountId, sid) =>
      db.reading(accountId, async (reader) => {
        const row = await reader
          .selectFrom('cdrs')
          .selectAll()
          .where('account_id', '=', accountId)
          .where('sid', '=', sid)
          .executeTakeFirst();
        return row && toCdr(row);
      }),
    tagCdr: (accountId, sid, data) =>
      db.tenant(accountId, async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('cdrs')
          .set({ tag: sql`coalesce(tag, '{}'::jsonb) || ${JSON.stringify(data)}::jsonb` })
          .where('account_id', '=', accountId)
          .where('sid', '=', sid)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      }),
    cdrsSince: (accountId, since) =>
      db.reading(accountId, async (reader) =>
        (
          await reader
            .selectFrom('cdrs')
            .selectAll()
            .where('account_id', '=', accountId)
            .where('ended_at', '>=', since)
            .orderBy('started_at', 'desc')
            .orderBy('leg_id', 'desc')
            .limit(mostRecent)
            .execute()
        ).map(toCdr),
      ),
    cdrs: (accountId, { limit, after }) =>
      db.reading(accountId, async (reader) => {
        const key = readKey(after);
        const rows = await reader
          .selectFrom('cdrs')
          .selectAll()
          .where('account_id', '=', accountId)
          .$if(key !== undefined, (query) =>
            query.where((is) =>
              is(
                is.refTuple('started_at', 'leg_id'),
                '<',
                is.tuple(key?.at as Date, key?.id as LegId),
              ),
            ),
          )
          .orderBy('started_at', 'desc')
          .orderBy('leg_id', 'desc')
          .limit(limit + 1)
          .execute();
        return toPage(rows, limit, toCdr, (row) => ({ at: row.started_at, id: row.leg_id }));
      }),
  };
}
