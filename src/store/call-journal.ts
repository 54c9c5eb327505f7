import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type {
  Call,
  CallJournal,
  Cdr,
  JournalEntry,
  Leg,
  NewHistoryEntry,
} from '../core/calls/index.ts';
import type { Conference } from '../core/conferences/index.ts';
import type { CoreEvent } from '../core/events/index.ts';
import type { Queue } from '../core/queues/index.ts';
import type { Recording } from '../core/recordings/index.ts';
import type { AccountId } from '../kernel/ids.ts';
import type { Logger } from '../kernel/logger.ts';
import { commitWith, type Db } from './connect.ts';
import { revive } from './live-values.ts';
import { isPermanent } from './postgres-errors.ts';
import { loadRunningRecordings } from './repositories/recordings.ts';
import { toJson } from './to-json.ts';

/** Milliseconds for which entries are collected before they are written together. */
const collectMs = 3;

/** Milliseconds between two attempts while the database is away, growing. */
const retryMs = { least: 100, most: 2_000 };

interface Waiting {
  readonly entry: JournalEntry;
  readonly resolve: () => void;
}

/** Entries as one: of every row its last version, everything else in order. */
interface Batch {
  readonly id: string;
  readonly calls: readonly Call[];
  readonly legs: readonly Leg[];
  readonly recordings: readonly Recording[];
  readonly conferences: readonly Conference[];
  readonly queues: readonly Queue[];
  readonly cdrs: readonly Cdr[];
  readonly history: readonly NewHistoryEntry[];
  readonly events: readonly CoreEvent[];
}

const lastOfEach = <Value extends { readonly id: string }>(values: readonly Value[]): Value[] => [
  ...new Map(values.map((value) => [value.id, value])).values(),
];

const merge = (entries: readonly JournalEntry[]): Batch => ({
  id: randomUUID(),
  calls: lastOfEach(entries.flatMap((entry) => entry.calls)),
  legs: lastOfEach(entries.flatMap((entry) => entry.legs)),
  recordings: lastOfEach(entries.flatMap((entry) => entry.recordings)),
  conferences: lastOfEach(entries.flatMap((entry) => entry.conferences)),
  queues: lastOfEach(entries.flatMap((entry) => entry.queues)),
  cdrs: entries.flatMap((entry) => entry.cdrs),
  history: entries.flatMap((entry) => entry.history),
  events: entries.flatMap((entry) => entry.events),
});

async function writeLive(
  client: pg.PoolClient,
  table: 'live_calls' | 'live_legs',
  running: readonly object[],
  ended: readonly string[],
): Promise<void> {
  const isLegs = table === 'live_legs';
  if (running.length > 0) {
    await client.query(
      `insert into ${table} (id, account_id${isLegs ? ', call_id' : ''}, body)
       select (b->>'id')::uuid, (b->>'accountId')::uuid${isLegs ? `, (b->>'callId')::uuid` : ''}, b
       from jsonb_array_elements($1::jsonb) as b
       where exists (select from accounts where accounts.id = (b->>'accountId')::uuid)
       on conflict (id) do update set body = excluded.body${isLegs ? ', call_id = excluded.call_id' : ''}`,
      [toJson(running)],
    );
  }
  if (ended.length > 0)
    await client.query(`delete from ${table} where id = any($1::uuid[])`, [ended]);
}

/** Conferences and queues whole, by id; those that are gone are removed first, so that a name is free again. */
async function writeRooms(
  client: pg.PoolClient,
  table: 'conferences' | 'queues',
  values: readonly (Conference | Queue)[],
): Promise<void> {
  const [there, gone] = split(values);
  if (gone.length > 0)
    await client.query(`delete from ${table} where id = any($1::uuid[])`, [gone]);
  if (there.length === 0) return;
  await client.query(
    `insert into ${table} (id, account_id, name, body)
     select (b->>'id')::uuid, (b->>'accountId')::uuid, b->>'name', b
     from jsonb_array_elements($1::jsonb) as b
     where exists (select from accounts where accounts.id = (b->>'accountId')::uuid)
     on conflict (id) do update set body = excluded.body`,
    [toJson(there)],
  );
}

const snake = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const snakeKeys = (value: object) =>
  Object.fromEntries(Object.entries(value).map(([key, field]) => [snake(key), field as unknown]));

/** Inserts rows of one table as they are, once: a row that is there already stays. */
async function insertRows(
  client: pg.PoolClient,
  table: string,
  columns: string,
  rows: readonly object[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `insert into ${table} (${columns})
     select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb) as given
     where exists (select from accounts where accounts.id = given.account_id)
     on conflict do nothing`,
    [toJson(rows.map(snakeKeys))],
  );
}

const cdrColumns =
  'leg_id, sid, call_id, account_id, parent_leg_id, root_leg_id, direction, role, user_id, endpoint_id, trunk_id, number, name, dialled, started_at, ringing_at, answered_at, ended_at, duration_seconds, cause, sip_status, ended_by, source, tag';
const historyColumns =
  'account_id, call_id, user_id, direction, status, from_number, from_name, to_number, to_name, endpoint_id, started_at, answered_at, ended_at, duration_seconds';

async function writeRecordings(
  client: pg.PoolClient,
  recordings: readonly Recording[],
): Promise<void> {
  if (recordings.length === 0) return;
  await client.query(
    `insert into recordings
     select given.* from jsonb_populate_recordset(null::recordings, $1::jsonb) as given
     where exists (select from accounts where accounts.id = given.account_id)
     on conflict (id) do update set state = excluded.state, ended_at = excluded.ended_at,
       duration_seconds = excluded.duration_seconds, size_bytes = excluded.size_bytes, file = excluded.file`,
    [toJson(recordings.map(snakeKeys))],
  );
}

/** Writes a batch in one transaction; one that was committed although nobody was told is left alone. */
async function writeBatch(db: Db, batch: Batch): Promise<void> {
  const client = await db.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin; set local role polyvox_crossing');
    const { rowCount } = await client.query(
      'insert into journal_batches (id) values ($1) on conflict do nothing',
      [batch.id],
    );
    if (rowCount === 1) {
      const [runningCalls, endedCalls] = split(batch.calls);
      const [runningLegs, endedLegs] = split(batch.legs);
      await writeLive(client, 'live_calls', runningCalls, endedCalls);
      await writeLive(client, 'live_legs', runningLegs, endedLegs);
      await insertRows(client, 'cdrs', cdrColumns, batch.cdrs);
      await insertRows(client, 'history', historyColumns, batch.history);
      await writeRecordings(client, batch.recordings);
      await writeRooms(client, 'conferences', batch.conferences);
      await writeRooms(client, 'queues', batch.queues);
    }
    await commitWith(client, rowCount === 1 ? batch.events : []);
  } catch (error) {
    broken = error as Error;
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Running ones whole, ended ones by id. */
const split = <Value extends { readonly id: string; readonly endedAt: Date | undefined }>(
  values: readonly Value[],
): [Value[], string[]] => [
  values.filter((value) => !value.endedAt),
  values.filter((value) => value.endedAt).map((value) => value.id),
];

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Writes what happens to calls. Entries that come while a transaction runs share the next one; while the
 * database is away they wait, in order, and are tried again. Crosses accounts: a batch holds many.
 */
export function createCallJournal(
  db: Db,
  logger: Logger,
  onWritten: (accountIds: readonly AccountId[]) => void,
): CallJournal & { idle(): Promise<void> } {
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;

  const writeAll = async () => {
    await pause(collectMs);
    while (waiting.length > 0) {
      const taken = waiting;
      waiting = [];
      const entries = taken.map(({ entry }) => entry);
      const batch = merge(entries);
      await writeUntilDone(batch, entries);
      if (batch.events.length > 0)
        onWritten([...new Set(batch.events.map((event) => event.accountId))]);
      for (const { resolve } of taken) resolve();
    }
    writing = undefined;
  };
  /** One by one, so that an entry which the database cannot hold is lost alone. */
  const writeApart = async (entries: readonly JournalEntry[], error: unknown) => {
    if (entries.length === 1) {
      logger.error({ err: error }, 'what happened to a call cannot be stored and is lost');
      return;
    }
    for (const entry of entries) await writeUntilDone(merge([entry]), [entry]);
  };
  const writeUntilDone = async (batch: Batch, entries: readonly JournalEntry[]): Promise<void> => {
    let waitMs = retryMs.least;
    for (;;) {
      try {
        return await writeBatch(db, batch);
      } catch (error) {
        if (isPermanent(error)) return writeApart(entries, error);
        logger.error(
          { err: error, againInMs: waitMs },
          'what happened to calls could not be stored',
        );
        await pause(waitMs);
        waitMs = Math.min(waitMs * 2, retryMs.most);
      }
    }
  };
  return {
    write: (entry) =>
      new Promise((resolve) => {
        waiting.push({ entry, resolve });
        writing ??= writeAll();
      }),
    async idle() {
      await writing;
    },
    async loadLive() {
      return db.crossing(async () => {
        const calls = await db.pool.query<{ body: object }>('select body from live_calls');
        const legs = await db.pool.query<{ body: object }>(
          'select body from live_legs order by id',
        );
        return {
          calls: calls.rows.map(({ body }) => revive<Call>(body)),
          legs: legs.rows
            .map(({ body }) => revive<Leg>(body))
            .sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime()),
        };
      });
    },
    async loadRooms() {
      return db.crossing(async () => {
        const [conferences, queues] = await Promise.all(
          (['conferences', 'queues'] as const).map((table) =>
            db.pool.query<{ body: object }>(`select body from ${table} order by id`),
          ),
        );
        const byAge = (a: { createdAt: Date }, b: { createdAt: Date }) =>
          a.createdAt.getTime() - b.createdAt.getTime();
        return {
          conferences: (conferences?.rows ?? [])
            .map(({ body }) => revive<Conference>(body))
            .sort(byAge),
          queues: (queues?.rows ?? []).map(({ body }) => revive<Queue>(body)).sort(byAge),
        };
      });
    },
    loadRunningRecordings: () => loadRunningRecordings(db),
  };
}
