import { type Selectable, sql } from 'kysely';
import type { CallRecord, RecordQuery, RecordStore } from '../../core/records/index.ts';
import type { Reach } from '../../kernel/actor.ts';
import type { RecordingId, Sid } from '../../kernel/ids.ts';
import { asPattern } from '../as-pattern.ts';
import type { Db } from '../connect.ts';
import type { CdrRow } from '../tables.ts';
import { withinReach } from '../within-reach.ts';
import { toCdr } from './history.ts';

interface RecordRow extends Selectable<CdrRow> {
  readonly account_sid: Sid;
  readonly operator_sid: Sid;
  readonly trunk_name: string | null;
  readonly parent_number: string | null;
  readonly recording_id: RecordingId | null;
}

const toRecord = (row: RecordRow): CallRecord => ({
  cdr: toCdr(row),
  accountSid: row.account_sid,
  operatorSid: row.operator_sid,
  trunkName: row.trunk_name ?? undefined,
  parentNumber: row.parent_number ?? undefined,
  recordingId: row.recording_id ?? undefined,
});

const tables = sql`cdrs c
  join accounts a on a.id = c.account_id
  left join accounts o on o.id = a.operator_id
  left join account_profiles p on p.account_id = c.account_id
  left join trunks t on t.id = c.trunk_id
  left join cdrs m on m.leg_id = c.parent_leg_id and m.account_id = c.account_id`;

const hasText = (text: string) => {
  const pattern = asPattern(text);
  return sql`(c.number ilike ${pattern} or c.dialled ilike ${pattern} or c.name ilike ${pattern}
    or m.number ilike ${pattern} or c.sid::text ilike ${pattern})`;
};

const conditions = (reaches: readonly Reach[], query: RecordQuery) =>
  sql.join(
    [
      sql`coalesce(p.keeps_cdrs, true)`,
      ...reaches.map((reach) => withinReach(reach, 'c.account_id')),
      ...(query.from ? [sql`c.started_at >= ${query.from}`] : []),
      ...(query.to ? [sql`c.started_at <= ${query.to}`] : []),
      ...(query.direction ? [sql`c.direction = ${query.direction}`] : []),
      ...(query.answered === undefined
        ? []
        : [sql`(c.answered_at is not null) = ${query.answered}`]),
      ...(query.trunk ? [sql`t.name = ${query.trunk}`] : []),
      ...(query.sid ? [sql`c.sid = ${query.sid}`] : []),
      ...(query.text ? [hasText(query.text)] : []),
    ],
    sql` and `,
  );

/** Call records. Crosses accounts: an operator looks over those of the accounts that it owns. */
export const createRecordStore = (db: Db): RecordStore => ({
  list: (reaches, query) =>
    db.crossing(async (tx) => {
      const where = conditions(reaches, query);
      const counted = await sql<{ total: string }>`
        select count(*) as total from ${tables} where ${where}`.execute(tx);
      const { rows } = await sql<RecordRow>`
        select c.*, a.sid as account_sid, coalesce(o.sid, a.sid) as operator_sid, t.name as trunk_name,
          m.number as parent_number,
          (select r.id from recordings r where r.leg_id = c.leg_id and r.state = 'stored'
            order by r.started_at desc limit 1) as recording_id
        from ${tables} where ${where}
        order by c.started_at desc, c.leg_id desc offset ${query.offset} limit ${query.limit}`.execute(
        tx,
      );
      return { records: rows.map(toRecord), total: Number(counted.rows[0]?.total ?? 0) };
    }),
});
