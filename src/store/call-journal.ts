import { randomUUID } from 'node:crypto';
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
import type { Db } from './connect.ts';
import { revive } from './live-values.ts';
import { isPermanent } from './postgres-errors.ts';
import { loadRunningRecordings } from './repositories/recordings.ts';
import { toJson } from './to-json.ts';

/** Milliseconds for which entries that nobody waits for are collected before they are written together. */
const collectMs = 5;

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

const snake = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const snakeKeys = (value: object) =>
  Object.fromEntries(Object.entries(value).map(([key, field]) => [snake(key), field as unknown]));

/** A batch as the database takes it: without what is empty. */
function toDocument(batch: Batch): string {
  const [calls, endedCalls] = split(batch.calls);
  const [legs, endedLegs] = split(batch.legs);
  const [conferences, endedConferences] = split(batch.conferences);
  const [queues, endedQueues] = split(batch.queues);
  const lists: Readonly<Record<string, readonly unknown[]>> = {
    calls,
    endedCalls,
    legs,
    endedLegs,
    cdrs: batch.cdrs.map(snakeKeys),
    history: batch.history.map(snakeKeys),
    recordings: batch.recordings.map(snakeKeys),
    conferences,
    endedConferences,
    queues,
    endedQueues,
    events: batch.events,
  };
  const full = Object.entries(lists).filter(([, list]) => list.length > 0);
  return toJson({ id: batch.id, ...Object.fromEntries(full) });
}

/**
 * Writes a batch in one transaction and one round trip; one that was committed although nobody was told is left
 * alone.
 */
const writeBatch = async (db: Db, batch: Batch): Promise<void> =>
  void (await db.pool.query({
    name: 'write_journal',
    text: 'select write_journal($1::jsonb)',
    values: [toDocument(batch)],
  }));

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
  let beginNow = () => {};

  const collected = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, collectMs);
      beginNow = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const writeAll = async () => {
    await collected();
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
    hurry: () => beginNow(),
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
