import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../test/support/database.ts';
import { newEndpoint, newUser, storedAccount } from '../../../test/support/stored.ts';
import { emptyEntry, type HistoryQuery, type NewHistoryEntry } from '../../core/calls/index.ts';
import { type CallId, type EndpointId, newId, type UserId } from '../../kernel/ids.ts';

const database = await openDatabase();
const store = await database.store();

const base = new Date('2026-03-17T17:00:00.000Z');
const minute = (at: number): Date => new Date(base.getTime() + at * 60_000);

const anything: HistoryQuery = {
  userId: undefined,
  directions: undefined,
  connections: undefined,
  from: undefined,
  to: undefined,
  number: undefined,
  offset: 0,
  limit: 100,
};

/** An account whose two users have made and got some calls, one a minute. */
async function world() {
  const { account, user: alice, endpoint: desk } = await storedAccount(store);
  const bob = await store.users.insert(account.id, newUser({ firstName: 'Bob' }), 'a hash');
  const mobile = await store.endpoints.insert(account.id, newEndpoint({ userId: bob.id }), 'ha1');
  const entry = (at: number, change: Partial<NewHistoryEntry>): NewHistoryEntry => ({
    accountId: account.id,
    callId: newId<CallId>(),
    userId: alice.id,
    direction: 'outgoing',
    status: 'answered',
    fromNumber: '201',
    fromName: 'Alice',
    toNumber: '+493023125000',
    toName: `minute ${at}`,
    endpointId: desk.id,
    startedAt: minute(at),
    answeredAt: minute(at),
    endedAt: minute(at + 1),
    durationSeconds: 60,
    ...change,
  });
  const history = [
    entry(0, {}),
    entry(1, { status: 'busy', answeredAt: undefined, durationSeconds: 0 }),
    entry(2, { direction: 'incoming', fromNumber: '+442079460000' }),
    entry(3, { direction: 'incoming', status: 'missed', fromNumber: '+442079460000' }),
    entry(4, { userId: bob.id, endpointId: mobile.id }),
    entry(5, { userId: bob.id, endpointId: mobile.id, direction: 'incoming', status: 'rejected' }),
  ];
  await store.journal.write({ ...emptyEntry, history });
  const find = async (query: Partial<HistoryQuery>) => {
    const page = await store.history.history(account.id, { ...anything, ...query });
    return {
      minutes: page.entries.map(({ toName }) => Number(toName.slice(7))),
      total: page.total,
    };
  };
  return { account, alice, bob, desk, mobile, find, history };
}

describe('the history of calls', () => {
  test('has the newest first, with everything that was known', async () => {
    const { account, history, find } = await world();
    expect(await find({})).toEqual({ minutes: [5, 4, 3, 2, 1, 0], total: 6 });
    const { entries } = await store.history.history(account.id, { ...anything, limit: 1 });
    expect(entries).toMatchObject([history[5] ?? {}]);
    expect(entries[0]?.serial).toBeGreaterThan(0);
  });

  test('of a user has that user’s calls alone', async () => {
    const { bob, find } = await world();
    expect(await find({ userId: bob.id })).toEqual({ minutes: [5, 4], total: 2 });
  });

  test.each([
    [['outgoing'], [4, 0]],
    [['incoming'], [2]],
    [['missed_incoming'], [5, 3]],
    [['missed_outgoing'], [1]],
    [
      ['incoming', 'missed_outgoing'],
      [2, 1],
    ],
    [
      ['outgoing', 'incoming', 'missed_outgoing', 'missed_incoming'],
      [5, 4, 3, 2, 1, 0],
    ],
    [[], []],
  ] as const)('of %j', async (directions, minutes) => {
    const { find } = await world();
    expect(await find({ directions })).toEqual({ minutes, total: minutes.length });
  });

  test('of some devices, of some users, or of either', async () => {
    const { mobile, desk, alice, bob, find } = await world();
    const through = async (endpointIds: readonly EndpointId[], userIds: readonly UserId[]) =>
      (await find({ connections: { endpointIds, userIds } })).minutes;
    expect(await through([mobile.id], [])).toEqual([5, 4]);
    expect(await through([], [bob.id])).toEqual([5, 4]);
    expect(await through([desk.id], [bob.id])).toEqual([5, 4, 3, 2, 1, 0]);
    expect(await through([mobile.id], [alice.id])).toEqual([5, 4, 3, 2, 1, 0]);
    expect(await through([], [])).toEqual([]);
  });

  test('between two instants, both included', async () => {
    const { find } = await world();
    expect((await find({ from: minute(2), to: minute(4) })).minutes).toEqual([4, 3, 2]);
  });

  test.each(['+442079460000', '442079460000'])(
    'from or to a number, written as %s',
    async (number) => {
      const { find } = await world();
      expect((await find({ number })).minutes).toEqual([3, 2]);
    },
  );

  test('that does not fit on a page says how much there is', async () => {
    const { find } = await world();
    expect(await find({ offset: 2, limit: 3 })).toEqual({ minutes: [3, 2, 1], total: 6 });
    expect(await find({ offset: 100 })).toEqual({ minutes: [], total: 6 });
    expect(await find({ limit: 0 })).toEqual({ minutes: [], total: 6 });
  });

  test('of another account is not shown', async () => {
    const [own, other] = [await world(), await world()];
    const page = await store.history.history(own.account.id, { ...anything, userId: other.bob.id });
    expect(page).toEqual({ entries: [], total: 0 });
    const [foreign] = other.history;
    expect(await store.history.cdrsOfCall(own.account.id, foreign?.callId as CallId)).toEqual([]);
  });
});
