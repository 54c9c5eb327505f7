import pg from 'pg';
import type { CoreEvent, EventBus, EventLog, StoredEvent } from '../core/events/index.ts';
import type { Logger } from '../kernel/logger.ts';
import { type Db, eventChannel } from './connect.ts';
import { revive } from './live-values.ts';

/** How many events are read at once. */
const pageSize = 1_000;

/** Milliseconds until a lost listening connection is tried again. */
const retryMs = 500;

/** Milliseconds in which whoever writes in this process has woken the pump. */
const lateMs = 1_000;

const toStored = (row: { position: string; body: object }): StoredEvent => ({
  position: Number(row.position),
  event: revive<CoreEvent>(row.body),
});

export function createEventLog(db: Db): EventLog {
  return {
    after: (accountId, position, limit) =>
      db.reading(accountId, async (reader) => {
        const rows = await reader
          .selectFrom('events')
          .select(['position', 'body'])
          .where('account_id', '=', accountId)
          .where('position', '>', String(position))
          .orderBy('position')
          .limit(limit)
          .execute();
        return rows.map(toStored);
      }),
    bounds: (accountId) =>
      db.reading(accountId, async (reader) => {
        const row = await reader
          .selectFrom('events')
          .select((is) => [is.fn.min('position').as('oldest'), is.fn.max('position').as('newest')])
          .where('account_id', '=', accountId)
          .executeTakeFirst();
        return { oldest: Number(row?.oldest ?? 0), newest: Number(row?.newest ?? 0) };
      }),
  };
}

/**
 * Reads what was committed, in order, and hands it to this process's listeners. Woken by the writers of
 * this process at once and by those of others through one notification that carries nothing. Crosses
 * accounts: a listener sees every event and keeps what is its own.
 */
export interface EventPump extends EventBus {
  start(): Promise<void>;
  wake(): void;
  stop(): Promise<void>;
}

export function createEventPump(db: Db, url: string, logger: Logger): EventPump {
  const listeners = new Set<(events: readonly StoredEvent[]) => void>();
  let position = 0;
  let reading = false;
  let again = false;
  let stopped = false;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let late: NodeJS.Timeout | undefined;

  const readOn = async (): Promise<void> => {
    const { rows } = await db.pool.query<{ position: string; body: object }>({
      name: 'events_after',
      text: 'select position, body from events where position > $1 order by position limit $2',
      values: [position, pageSize],
    });
    if (rows.length === 0) return;
    const events = rows.map(toStored);
    position = events.at(-1)?.position ?? position;
    for (const listener of listeners) {
      try {
        listener(events);
      } catch (error) {
        logger.error({ err: error }, 'a listener to events failed');
      }
    }
    if (rows.length === pageSize) again = true;
  };
  const wake = (): void => {
    clearTimeout(late);
    late = undefined;
    again = true;
    if (reading || stopped) return;
    reading = true;
    void (async () => {
      while (again && !stopped) {
        again = false;
        try {
          await readOn();
        } catch (error) {
          logger.warn({ err: error }, 'events could not be read');
          retry = setTimeout(wake, retryMs);
        }
      }
      reading = false;
    })();
  };
  const listen = async (): Promise<void> => {
    if (stopped) return;
    const own = new pg.Client({ connectionString: url, keepAlive: true });
    client = own;
    // Whoever writes in this process wakes the pump itself, unless its connection broke while it was told of success.
    own.on('notification', ({ processId }) => {
      if (db.isOwn(processId)) late ??= setTimeout(wake, lateMs);
      else wake();
    });
    own.on('error', () => undefined);
    own.on('end', () => {
      if (!stopped) retry = setTimeout(() => void listen(), retryMs);
    });
    try {
      await own.connect();
      await own.query(`listen ${eventChannel}`);
      wake();
    } catch {
      await own.end().catch(() => undefined);
    }
  };
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onChange: (listener) => db.onCommit(listener),
    wake,
    async start() {
      const { rows } = await db.pool.query<{ newest: string | null }>(
        'select max(position) as newest from events',
      );
      position = Number(rows[0]?.newest ?? 0);
      await listen();
    },
    async stop() {
      stopped = true;
      clearTimeout(retry);
      clearTimeout(late);
      await client?.end().catch(() => undefined);
    },
  };
}

/** How long events, and deliveries that have failed, are kept; and alerts. */
const keptFor = '7 days';
const alertsKeptFor = '30 days';

/** Forgets events and journal batches that are older than what is promised. */
export async function pruneEvents(db: Db): Promise<void> {
  await db.pool.query(`delete from events where at < now() - interval '${keptFor}'`);
  await db.pool.query("delete from journal_batches where created_at < now() - interval '1 hour'");
  await db.pool.query('delete from sessions where expires_at < now()');
  await db.pool.query(
    `delete from deliveries where state = 'failed' and last_attempt_at < now() - interval '${keptFor}'`,
  );
  await db.pool.query(`delete from alerts where at < now() - interval '${alertsKeptFor}'`);
  await db.pool.query("delete from idempotency_keys where created_at < now() - interval '1 day'");
}
