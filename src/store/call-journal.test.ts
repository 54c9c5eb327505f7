import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '../../test/support/database.ts';
import { aCall, aLeg, secondsInto } from '../../test/support/legs.ts';
import { storedAccount } from '../../test/support/stored.ts';
import { until } from '../../test/support/until.ts';
import {
  type Call,
  type Cdr,
  emptyEntry,
  type JournalEntry,
  type Leg,
  type NewHistoryEntry,
} from '../core/calls/index.ts';
import type { CoreEvent } from '../core/events/index.ts';
import type { Recording } from '../core/recordings/index.ts';
import { type AccountId, type CallId, newId, type RecordingId } from '../kernel/ids.ts';
import { silentLogger } from '../kernel/logger.ts';
import { createCallJournal } from './call-journal.ts';
import type { Db } from './connect.ts';

const database = await openDatabase();
const store = await database.store();

const journalOn = (db: Db) => createCallJournal(db, silentLogger, () => undefined);
const { journal } = store;

const nothing = emptyEntry;

const started = (call: Call, to = '202'): CoreEvent => ({
  type: 'call.started',
  accountId: call.accountId,
  callId: call.id,
  from: '201',
  to,
  at: call.startedAt,
});

const toCdr = (leg: Leg, endedAt: Date): Cdr => ({
  legId: leg.id,
  sid: leg.sid,
  callId: leg.callId,
  accountId: leg.accountId,
  parentLegId: undefined,
  rootLegId: leg.rootLegId,
  direction: leg.direction,
  role: leg.role,
  userId: undefined,
  endpointId: undefined,
  trunkId: undefined,
  number: leg.number,
  name: leg.name,
  dialled: leg.dialled,
  startedAt: leg.startedAt,
  ringingAt: undefined,
  answeredAt: undefined,
  endedAt,
  durationSeconds: 0,
  cause: 'normal',
  sipStatus: undefined,
  endedBy: 'party',
  source: undefined,
  tag: undefined,
});

async function world() {
  const { account, user, endpoint } = await storedAccount(store);
  const call = aCall({ accountId: account.id });
  const leg = aLeg(call);
  const entry: NewHistoryEntry = {
    accountId: account.id,
    callId: call.id,
    userId: user.id,
    direction: 'outgoing',
    status: 'answered',
    fromNumber: '201',
    fromName: 'Alice',
    toNumber: '202',
    toName: 'Bob',
    endpointId: endpoint.id,
    startedAt: call.startedAt,
    answeredAt: secondsInto(call, 5),
    endedAt: secondsInto(call, 65),
    durationSeconds: 60,
  };
  return { account, call, leg, entry };
}

const ownLive = async (accountId: AccountId) => {
  const { calls, legs } = await journal.loadLive();
  return {
    calls: calls.filter((call) => call.accountId === accountId),
    legs: legs.filter((leg) => leg.accountId === accountId),
  };
};

const everything = {
  userId: undefined,
  directions: undefined,
  connections: undefined,
  from: undefined,
  to: undefined,
  number: undefined,
  offset: 0,
  limit: 100,
};

const dialledTo = async (accountId: AccountId): Promise<string[]> =>
  (await store.events.after(accountId, 0, 1_000)).flatMap(({ event }) =>
    event.type === 'call.started' ? [event.to] : [],
  );

describe('running calls', () => {
  test('are taken over as they were, with their programs', async () => {
    const { account, call, leg } = await world();
    const busy: Leg = {
      ...leg,
      state: 'answered',
      answeredAt: secondsInto(call, 3),
      heldBy: ['api'],
      program: {
        source: { dialect: 'native', reference: 'test' },
        instructions: [{ do: 'say', text: 'at 2026-03-17T17:05:00.000Z', language: 'en' }],
        position: 0,
        run: { at: '2026-03-17T17:05:00.000Z', digits: '12' },
      },
    };
    await journal.write({ ...nothing, calls: [call], legs: [busy] });
    const { calls, legs } = await ownLive(account.id);
    expect(calls).toEqual([call]);
    expect(legs).toEqual([busy]);
  });

  test('are written at once for somebody who waits, and together after a while for all others', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const call = aCall({ accountId: newId<AccountId>() });
    let writings = 0;
    const own = journalOn({
      pool: {
        query: async () => {
          writings += 1;
        },
      },
    } as unknown as Db);
    const first = own.write({ ...nothing, calls: [call] });
    const second = own.write({ ...nothing, calls: [call] });
    expect(writings).toBe(0);
    await vi.advanceTimersByTimeAsync(5);
    await Promise.all([first, second]);
    expect(writings).toBe(1);
    const third = own.write({ ...nothing, calls: [call] });
    own.hurry();
    await third;
    expect(writings).toBe(2);
  });

  test.each([
    ['legs', 'off'],
    ['endedCalls', 'off'],
    ['cdrs', 'on'],
    ['history', 'on'],
    ['recordings', 'on'],
    ['conferences', 'on'],
    ['endedConferences', 'on'],
    ['queues', 'on'],
    ['endedQueues', 'on'],
  ])('%s: whether their commit waits for the disk: %s', async (list, expected) => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      const batch = { id: randomUUID(), [list]: [] };
      await client.query('begin; set local synchronous_commit = on');
      await client.query('select write_journal($1::jsonb)', [JSON.stringify(batch)]);
      const { rows } = await client.query<{ synchronous_commit: string }>(
        'show synchronous_commit',
      );
      await client.query('rollback');
      expect(rows).toEqual([{ synchronous_commit: expected }]);
    } finally {
      await client.end();
    }
  });

  test('that change are taken over as they were last', async () => {
    const { account, call, leg } = await world();
    await journal.write({ ...nothing, calls: [call], legs: [leg] });
    await journal.write({ ...nothing, legs: [{ ...leg, state: 'ringing' }] });
    const other = newId<CallId>();
    await journal.write({ ...nothing, legs: [{ ...leg, state: 'answered', callId: other }] });
    expect((await ownLive(account.id)).legs).toMatchObject([{ state: 'answered', callId: other }]);
  });

  test('that have ended are not taken over', async () => {
    const { account, call, leg } = await world();
    await journal.write({ ...nothing, calls: [call], legs: [leg] });
    const endedAt = secondsInto(call, 9);
    await journal.write({
      ...nothing,
      calls: [{ ...call, endedAt }],
      legs: [{ ...leg, state: 'hangup', endedAt }],
    });
    expect(await ownLive(account.id)).toEqual({ calls: [], legs: [] });
  });

  test('that begin and end within one batch leave nothing to take over', async () => {
    const { account, call, leg } = await world();
    const endedAt = secondsInto(call, 1);
    await Promise.all([
      journal.write({ ...nothing, calls: [call], legs: [leg] }),
      journal.write({ ...nothing, calls: [{ ...call, endedAt }], legs: [{ ...leg, endedAt }] }),
    ]);
    expect(await ownLive(account.id)).toEqual({ calls: [], legs: [] });
  });
});

describe('an entry', () => {
  test('that was written can be read at once: records, history, events', async () => {
    const { account, call, leg, entry } = await world();
    const cdr = toCdr(leg, secondsInto(call, 65));
    await journal.write({ ...nothing, cdrs: [cdr], history: [entry], events: [started(call)] });
    expect(await store.history.cdrsOfCall(account.id, call.id)).toEqual([cdr]);
    expect(await store.history.history(account.id, everything)).toMatchObject({
      total: 1,
      entries: [entry],
    });
    expect(await dialledTo(account.id)).toEqual(['202']);
  });

  test('leaves what a source keeps with an ended leg open to changes, by its own account alone', async () => {
    const [own, other] = [await world(), await world()];
    const { account, call, leg } = own;
    const cdr = { ...toCdr(leg, secondsInto(call, 65)), tag: { a: 1, b: 2 } };
    await journal.write({ ...nothing, cdrs: [cdr] });
    expect(await store.history.tagCdr(other.account.id, leg.sid, { a: 7 })).toBe(false);
    expect(await store.history.tagCdr(account.id, leg.sid, { b: 3 })).toBe(true);
    const tag = { a: 1, b: 3 };
    expect(await store.history.cdrOfSid(account.id, leg.sid)).toEqual({ ...cdr, tag });
  });

  test('that is written twice is there once', async () => {
    const { account, call, leg, entry } = await world();
    const cdr = toCdr(leg, secondsInto(call, 65));
    await journal.write({ ...nothing, cdrs: [cdr], history: [entry] });
    await journal.write({ ...nothing, cdrs: [{ ...cdr, cause: 'busy' }], history: [entry] });
    expect(await store.history.cdrsOfCall(account.id, call.id)).toEqual([cdr]);
    expect((await store.history.history(account.id, everything)).total).toBe(1);
  });

  test('about an account that is gone is forgotten with it, and others are written', async () => {
    const [gone, stays] = [await world(), await world()];
    await store.accounts.remove(gone.account.id);
    const of = ({ call, leg, entry }: typeof gone): JournalEntry => ({
      ...nothing,
      calls: [call],
      legs: [leg],
      cdrs: [toCdr(leg, secondsInto(call, 1))],
      history: [entry],
    });
    await Promise.all([journal.write(of(gone)), journal.write(of(stays))]);
    expect((await ownLive(gone.account.id)).calls).toEqual([]);
    expect((await ownLive(stays.account.id)).calls).toHaveLength(1);
  });

  test('with events of an account that is gone does not keep others from being written', async () => {
    const [gone, stays] = [await world(), await world()];
    await store.accounts.remove(gone.account.id);
    await Promise.all([
      journal.write({ ...nothing, events: [started(gone.call)] }),
      journal.write({ ...nothing, events: [started(stays.call)] }),
    ]);
    expect(await dialledTo(stays.account.id)).toEqual(['202']);
  });

  test('keeps texts from outside as they are, whatever they hold', async () => {
    const { account, call, leg } = await world();
    const name = `Robert'); drop table users; -- "\\ \u{1F600} é`;
    await journal.write({ ...nothing, cdrs: [toCdr({ ...leg, name }, secondsInto(call, 1))] });
    expect(await store.history.cdrsOfCall(account.id, call.id)).toMatchObject([{ name }]);
  });

  test('loses characters that the database cannot hold, and nothing else', async () => {
    const { account, call, leg } = await world();
    const bad = { ...leg, name: 'A\u0000lice \ud800!' };
    await journal.write({
      ...nothing,
      calls: [call],
      legs: [bad],
      cdrs: [toCdr(bad, secondsInto(call, 1))],
      events: [started(call, '2\u000002')],
    });
    expect((await ownLive(account.id)).legs).toMatchObject([{ name: 'Alice \ufffd!' }]);
    expect(await dialledTo(account.id)).toEqual(['202']);
  });

  test('that cannot be stored at all is lost alone', async () => {
    const { account, call, leg } = await world();
    const endless = { ...toCdr(leg, secondsInto(call, 1)), durationSeconds: 1e12 };
    await Promise.all([
      journal.write({ ...nothing, events: [started(call, 'before')] }),
      journal.write({ ...nothing, cdrs: [endless], events: [started(call, 'lost')] }),
      journal.write({ ...nothing, events: [started(call, 'after')] }),
    ]);
    expect(await dialledTo(account.id)).toEqual(['before', 'after']);
  });
});

describe('recordings', () => {
  const recordingOf = (call: Call, leg: Leg): Recording => ({
    id: newId<RecordingId>(),
    accountId: call.accountId,
    callId: call.id,
    legId: leg.id,
    ownerUserId: undefined,
    startedBy: { dialect: 'native', credentialId: undefined },
    state: 'running',
    startedAt: call.startedAt,
    endedAt: undefined,
    durationSeconds: undefined,
    sizeBytes: undefined,
    file: undefined,
  });

  test('that run are finished by whoever takes over; stored ones are found with their call', async () => {
    const { account, call, leg } = await world();
    const running = recordingOf(call, leg);
    await journal.write({ ...nothing, recordings: [running] });
    const own = async () =>
      (await journal.loadRunningRecordings()).filter(({ accountId }) => accountId === account.id);
    expect(await own()).toEqual([running]);
    expect(await store.recordings.ofCalls(account.id, [call.id])).toEqual([]);
    const stored: Recording = {
      ...running,
      state: 'stored',
      endedAt: secondsInto(call, 12),
      durationSeconds: 12.5,
      sizeBytes: 5_000_000_000,
      file: 'recordings/x.wav',
    };
    await journal.write({ ...nothing, recordings: [stored] });
    expect(await own()).toEqual([]);
    expect(await store.recordings.find(account.id, running.id)).toEqual(stored);
    expect(await store.recordings.ofCalls(account.id, [call.id])).toEqual([stored]);
  });

  test('of another account are not found', async () => {
    const [one, two] = [await world(), await world()];
    const recording = recordingOf(one.call, one.leg);
    await journal.write({ ...nothing, recordings: [recording] });
    expect(await store.recordings.find(two.account.id, recording.id)).toBeUndefined();
    expect(await store.recordings.ofCalls(two.account.id, [one.call.id])).toEqual([]);
    expect(await store.recordings.ofCalls(one.account.id, [])).toEqual([]);
  });
});

describe('order', () => {
  test('events stand in the log as they were written, however many come at once', async () => {
    const { account, call } = await world();
    const wanted = Array.from({ length: 200 }, (_, at) => String(at));
    await Promise.all(
      wanted.map((to) => journal.write({ ...nothing, events: [started(call, to)] })),
    );
    expect(await dialledTo(account.id)).toEqual(wanted);
  });

  test('entries that come at once share transactions', async () => {
    const { call } = await world();
    const batches = async () =>
      Number(
        (await database.query<{ n: string }>('select count(*) as n from journal_batches'))[0]?.n,
      );
    const before = await batches();
    await Promise.all(
      Array.from({ length: 50 }, () => journal.write({ ...nothing, events: [started(call)] })),
    );
    expect((await batches()) - before).toBeLessThan(5);
  });
});

describe('a database that is away', () => {
  async function farJournal() {
    const { url, cable } = await database.behindCable();
    return { journal: journalOn(database.connect(url)), cable };
  }

  test('is waited for: nothing is lost, nothing changes its place', async () => {
    const { account, call } = await world();
    const { journal: far, cable } = await farJournal();
    await far.write({ ...nothing, events: [started(call, 'before')] });
    await cable.cut();
    let written = 0;
    const during = ['one', 'two', 'three'].map((to) =>
      far.write({ ...nothing, events: [started(call, to)] }).then(() => {
        written += 1;
      }),
    );
    await expect(store.ping()).resolves.toBeTruthy();
    expect(written).toBe(0);
    await cable.restore();
    await Promise.all([...during, far.write({ ...nothing, events: [started(call, 'after')] })]);
    expect(await dialledTo(account.id)).toEqual(['before', 'one', 'two', 'three', 'after']);
  });

  test('that committed but could not say so has the entry once', async () => {
    const { account, call } = await world();
    const { journal: far, cable } = await farJournal();
    await far.write({ ...nothing, events: [started(call, 'before')] });
    cable.loseAnswerTo('commit');
    await far.write({ ...nothing, events: [started(call, 'the one')] });
    await far.write({ ...nothing, events: [started(call, 'after')] });
    expect(await dialledTo(account.id)).toEqual(['before', 'the one', 'after']);
  });

  test('that lost a transaction in the middle has the entry once', async () => {
    const { account, call } = await world();
    const { journal: far, cable } = await farJournal();
    await far.write({ ...nothing, events: [started(call, 'before')] });
    cable.loseAnswerTo('pg_notify');
    await far.write({ ...nothing, events: [started(call, 'the one')] });
    expect(await dialledTo(account.id)).toEqual(['before', 'the one']);
  });

  test('is waited for by a server that ends, until everything is written', async () => {
    const { account, call } = await world();
    const { journal: far, cable } = await farJournal();
    await cable.cut();
    void far.write({ ...nothing, events: [started(call, 'last words')] });
    const idle = far.idle();
    await cable.restore();
    await idle;
    expect(await dialledTo(account.id)).toEqual(['last words']);
  });
});

test('whoever follows events is woken when they are written', async () => {
  const { call } = await world();
  const woken: AccountId[] = [];
  const own = createCallJournal(database.connect(), silentLogger, (ids) => woken.push(...ids));
  await own.write({ ...nothing, events: [started(call)] });
  await own.write(nothing);
  await until(() => woken.length > 0, 'the journal wakes whoever follows');
  expect(woken).toEqual([call.accountId]);
});
