import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../test/support/database.ts';
import { storedAccount } from '../../../test/support/stored.ts';
import { type Cdr, emptyEntry } from '../../core/calls/index.ts';
import type { RecordQuery } from '../../core/records/index.ts';
import { type CallId, type LegId, newId, newSid } from '../../kernel/ids.ts';

const database = await openDatabase();
const store = await database.store();

const anything: RecordQuery = { offset: 0, limit: 100 };
const at = (minute: number) => new Date(Date.UTC(2026, 2, 17, 17, minute));

/** An account with three records: somebody in, who was connected over a trunk, and a call that nobody answered. */
async function world() {
  const { account, endpoint, trunk } = await storedAccount(store);
  const cdr = (minute: number, change: Partial<Cdr>): Cdr => {
    const legId = newId<LegId>();
    return {
      legId,
      sid: newSid(),
      callId: newId<CallId>(),
      accountId: account.id,
      parentLegId: undefined,
      rootLegId: legId,
      direction: 'inbound',
      role: 'caller',
      userId: undefined,
      endpointId: endpoint.id,
      trunkId: undefined,
      number: '201',
      name: 'Alice',
      dialled: '00493023125000',
      startedAt: at(minute),
      ringingAt: undefined,
      answeredAt: at(minute),
      endedAt: at(minute + 1),
      durationSeconds: 60,
      cause: 'normal',
      sipStatus: undefined,
      endedBy: 'party',
      source: undefined,
      tag: undefined,
      ...change,
    };
  };
  const caller = cdr(0, {});
  const callee = cdr(1, {
    callId: caller.callId,
    parentLegId: caller.legId,
    rootLegId: caller.legId,
    direction: 'outbound',
    role: 'callee',
    endpointId: undefined,
    trunkId: trunk.id,
    number: '+493023125000',
    name: '50%_off',
    dialled: '+493023125000',
  });
  const missed = cdr(2, { answeredAt: undefined, durationSeconds: 0, dialled: '202' });
  await store.journal.write({ ...emptyEntry, cdrs: [caller, callee, missed] });
  const names = new Map([
    [caller.legId, 'caller'],
    [callee.legId, 'callee'],
    [missed.legId, 'missed'],
  ]);
  const own = { kind: 'account', accountId: account.id } as const;
  const find = async (query: Partial<RecordQuery>) => {
    const { records } = await store.records.list([own], { ...anything, ...query });
    return records.map((record) => names.get(record.cdr.legId));
  };
  return { account, trunk, caller, callee, own, find };
}

describe('call records', () => {
  test('say whose they are, and what belongs to them', async () => {
    const { account, trunk, callee, own } = await world();
    const page = await store.records.list([own], { offset: 1, limit: 1 });
    expect(page).toEqual({
      total: 3,
      records: [
        {
          cdr: callee,
          accountSid: account.sid,
          operatorSid: expect.any(String),
          trunkName: trunk.name,
          parentNumber: '201',
          recordingId: undefined,
        },
      ],
    });
  });

  test.each<readonly [string, Partial<RecordQuery>, readonly string[]]>([
    ['everything', {}, ['missed', 'callee', 'caller']],
    ['a direction', { direction: 'inbound' }, ['missed', 'caller']],
    ['what was answered', { answered: true }, ['callee', 'caller']],
    ['what was not', { answered: false }, ['missed']],
    ['a time', { from: at(1), to: at(1) }, ['callee']],
    ['a part of a number', { text: '23125' }, ['callee', 'caller']],
    ['a part of a name, with signs that mean something elsewhere', { text: '0%_O' }, ['callee']],
    ['nothing that is there', { text: '%' }, ['callee']],
  ])('are found by %s', async (_by, query, expected) => {
    const { find } = await world();
    expect(await find(query)).toEqual(expected);
  });

  test('are found by trunk and second id', async () => {
    const { find, trunk, caller } = await world();
    expect(await find({ trunk: trunk.name })).toEqual(['callee']);
    expect(await find({ trunk: 'another' })).toEqual([]);
    expect(await find({ sid: caller.sid })).toEqual(['caller']);
    expect(await find({ sid: newSid() })).toEqual([]);
  });

  test('of other accounts are not seen', async () => {
    const { own } = await world();
    const stranger = await world();
    const seen = await store.records.list([own, stranger.own], anything);
    expect(seen).toEqual({ records: [], total: 0 });
  });

  test('are not shown by an account that keeps none', async () => {
    const { account, find } = await world();
    await database.query(
      'insert into account_profiles (account_id, webhook_secret_encrypted, keeps_cdrs) values ($1, $2, false)',
      [account.id, 'sealed'],
    );
    expect(await find({})).toEqual([]);
  });
});
