import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../test/support/database.ts';
import { storedAccount } from '../../test/support/stored.ts';
import { until } from '../../test/support/until.ts';
import type { CoreEvent, StoredEvent } from '../core/events/index.ts';
import { type AccountId, type CallId, newId } from '../kernel/ids.ts';
import { silentLogger } from '../kernel/logger.ts';
import { createEventPump, type EventPump } from './event-log.ts';

const database = await openDatabase();
const store = await database.store();

const ofAccount = async (): Promise<AccountId> => (await storedAccount(store)).account.id;

const started = (accountId: AccountId, to: string): CoreEvent => ({
  type: 'call.started',
  accountId,
  callId: newId<CallId>(),
  from: '201',
  to,
  at: new Date('2026-03-17T17:05:00.123Z'),
});

const words = (events: readonly StoredEvent[], accountId: AccountId): string[] =>
  events.flatMap(({ event }) =>
    event.type === 'call.started' && event.accountId === accountId ? [event.to] : [],
  );

describe('the log of events', () => {
  test('gives events back as they were told', async () => {
    const id = await ofAccount();
    const event = started(id, '202');
    await store.eventWriter.write([event]);
    const all = await store.events.after(id, 0, 100);
    expect(all.at(-1)?.event).toEqual(event);
  });

  test('is read on from any position, oldest first, as much as is wanted', async () => {
    const id = await ofAccount();
    const { newest } = await store.events.bounds(id);
    await store.eventWriter.write(['1', '2', '3', '4', '5'].map((to) => started(id, to)));
    const first = await store.events.after(id, newest, 2);
    expect(words(first, id)).toEqual(['1', '2']);
    const rest = await store.events.after(id, first.at(-1)?.position ?? 0, 100);
    expect(words(rest, id)).toEqual(['3', '4', '5']);
    const { newest: end } = await store.events.bounds(id);
    expect(await store.events.after(id, end, 100)).toEqual([]);
  });

  test('knows its bounds, of the own account alone', async () => {
    const empty = newId<AccountId>();
    expect(await store.events.bounds(empty)).toEqual({ oldest: 0, newest: 0 });
    const [one, two] = [await ofAccount(), await ofAccount()];
    await store.eventWriter.write([started(two, 'x')]);
    const [own, other] = [await store.events.bounds(one), await store.events.bounds(two)];
    expect(own.newest).toBeLessThan(other.newest);
    expect(own.oldest).toBeLessThanOrEqual(own.newest);
  });

  test('tells nothing of other accounts', async () => {
    const [one, two] = [await ofAccount(), await ofAccount()];
    await store.eventWriter.write([started(two, 'secret')]);
    expect(words(await store.events.after(one, 0, 1_000), two)).toEqual([]);
  });

  test('forgets what is older than a week, and the bounds say so', async () => {
    const id = await ofAccount();
    await store.eventWriter.write([
      { ...started(id, 'old'), at: new Date(Date.now() - 8 * 86_400_000) },
    ]);
    await store.eventWriter.write([{ ...started(id, 'young'), at: new Date() }]);
    await store.prune();
    expect(words(await store.events.after(id, 0, 1_000), id)).toEqual(['young']);
    const { oldest } = await store.events.bounds(id);
    expect(oldest).toBeGreaterThan(0);
  });

  test('positions grow in the order of commits: whoever has read one never misses an earlier one', async () => {
    const id = await ofAccount();
    const { newest } = await store.events.bounds(id);
    const dbs = [database.connect(), database.connect(), database.connect()];
    const rounds = 15;
    let writing = true;
    const seen: number[] = [];
    const reader = (async () => {
      let position = newest;
      for (let last = false; !last; ) {
        last = !writing;
        for (const event of await store.events.after(id, position, 1_000)) {
          seen.push(event.position);
          position = event.position;
        }
      }
    })();
    await Promise.all(
      dbs.map(async (db, writer) => {
        for (let round = 0; round < rounds; round += 1) {
          await db.telling(id, async (tx, tell) => {
            tell(started(id, `${writer}.${round}.a`));
            await tx.selectFrom('accounts').select('id').execute();
            tell(started(id, `${writer}.${round}.b`));
          });
        }
      }),
    );
    writing = false;
    await reader;
    expect(seen).toHaveLength(dbs.length * rounds * 2);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
});

describe('whoever listens', () => {
  /** A pump of a server of its own, and what it told about an account. */
  async function listening(url = database.url) {
    const id = await ofAccount();
    const heard: StoredEvent[] = [];
    const pump: EventPump = createEventPump(database.connect(url), url, silentLogger);
    pump.subscribe((events) => heard.push(...events));
    await pump.start();
    return { id, pump, heard, words: () => words(heard, id) };
  }

  test('hears what is told from now on, in order, each once', async () => {
    const { id, pump, heard, words: said } = await listening();
    const wanted = Array.from({ length: 50 }, (_, at) => String(at));
    await Promise.all(wanted.map((to) => store.eventWriter.write([started(id, to)])));
    await until(() => said().length >= wanted.length, 'all events are heard');
    expect(said()).toEqual(wanted);
    const positions = heard.map(({ position }) => position);
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
    await pump.stop();
  });

  test('hears what another server has written', async () => {
    const { id, pump, words: said } = await listening();
    const other = database.connect();
    await other.telling(id, async (_tx, tell) => tell(started(id, 'from elsewhere')));
    await until(() => said().length > 0, 'the event of another server is heard');
    expect(said()).toEqual(['from elsewhere']);
    await pump.stop();
  });

  test('hears more events at once than are read at once', async () => {
    const { id, pump, words: said } = await listening();
    await store.eventWriter.write(
      Array.from({ length: 2_500 }, (_, at) => started(id, String(at))),
    );
    await until(() => said().length >= 2_500, 'all 2,500 events are heard');
    expect(said().at(-1)).toBe('2499');
    await pump.stop();
  });

  test('misses nothing when the connection breaks meanwhile', async () => {
    const { url, cable } = await database.behindCable();
    const { id, pump, words: said } = await listening(url);
    await store.eventWriter.write([started(id, 'before')]);
    await until(() => said().length === 1, 'the first event is heard');
    await cable.cut();
    await store.eventWriter.write([started(id, 'during')]);
    await cable.restore();
    await until(() => said().length === 2, 'what was told meanwhile is heard');
    await store.eventWriter.write([started(id, 'after')]);
    await until(() => said().length === 3, 'what is told afterwards is heard');
    expect(said()).toEqual(['before', 'during', 'after']);
    await pump.stop();
  });

  test('does not keep others from hearing when it fails', async () => {
    const { id, pump, words: said } = await listening();
    const failing = createEventPump(database.connect(), database.url, silentLogger);
    const heard: StoredEvent[] = [];
    failing.subscribe(() => {
      throw new Error('a bug');
    });
    failing.subscribe((events) => heard.push(...events));
    await failing.start();
    await store.eventWriter.write([started(id, 'one')]);
    await until(() => said().length > 0 && words(heard, id).length > 0, 'both have heard');
    await failing.stop();
    await pump.stop();
  });

  test('hears nothing more once it has stopped listening', async () => {
    const { id, pump, words: said } = await listening();
    const heard: StoredEvent[] = [];
    const stop = pump.subscribe((events) => heard.push(...events));
    stop();
    await store.eventWriter.write([started(id, 'one')]);
    await until(() => said().length > 0, 'the other listener has heard');
    expect(heard).toEqual([]);
    await pump.stop();
  });
});
