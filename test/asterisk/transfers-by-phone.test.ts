import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Phone, PhoneCall } from '../../src/phones/index.ts';
import { eventually } from '../support/eventually.ts';
import { type Exchange, startExchange } from '../support/exchange.ts';
import { hears, hearsSomethingElse } from '../support/hearing.ts';
import { withPhones } from '../support/mortal-phones.ts';
import { runningCalls } from '../support/running-legs.ts';
import { quiet } from '../support/sipgate.ts';

let exchange: Exchange;

beforeAll(async () => {
  exchange = await startExchange();
});

afterAll(() => exchange.stop());

interface Cdr {
  readonly legId: string;
  readonly callId: string;
  readonly parentLegId: string | null;
  readonly rootLegId: string;
  readonly role: string;
  readonly number: string;
  readonly cause: string;
  readonly answeredAt: string | null;
}

const cdrs = async (): Promise<readonly Cdr[]> =>
  (await exchange.operator.get<{ items: Cdr[] }>('/native/v1/cdrs?limit=1000')).items;

/** The records that work adds, when it is over and everything is written. */
async function recordsOf(legs: number, work: () => Promise<unknown>): Promise<readonly Cdr[]> {
  const known = new Set((await cdrs()).map(({ legId }) => legId));
  await work();
  await quiet(exchange.operator);
  return eventually(async () => {
    const added = (await cdrs()).filter(({ legId }) => !known.has(legId));
    return added.length >= legs && added;
  });
}

/** A phone calls another one, which answers. @returns the call as each of the two knows it */
async function talk(from: Phone, to: Phone): Promise<ReadonlyMap<Phone, PhoneCall>> {
  await from.dial(to.username);
  await to.next('CALL_INCOMING');
  await to.answer();
  const [one, other] = await Promise.all([
    from.next('CALL_ESTABLISHED'),
    to.next('CALL_ESTABLISHED'),
  ]);
  return new Map([
    [from, one],
    [to, other],
  ]);
}

const callOf = (calls: ReadonlyMap<Phone, PhoneCall>, phone: Phone): PhoneCall => {
  const call = calls.get(phone);
  if (!call) throw new Error('the phone takes no part');
  return call;
};

test('a blind transfer by phone (REFER) leaves one call with three records', () =>
  withPhones(exchange, [440, 1000, 1600], async (alice, bob, carol) => {
    await talk(alice, bob);
    await Promise.all([hears(alice, 1000), hears(bob, 440)]);
    const [call] = await runningCalls(exchange);
    const records = await recordsOf(3, async () => {
      await bob.transfer(carol.username);
      await carol.next('CALL_INCOMING');
      await bob.next('CALL_CLOSED');
      await carol.answer();
      await Promise.all([hears(alice, 1600), hears(carol, 440)]);
      expect((await runningCalls(exchange)).map(({ id }) => id)).toEqual([call?.id]);
      await carol.hangUp();
      await alice.next('CALL_CLOSED');
    });
    expect(records).toHaveLength(3);
    expect(records.map(({ number }) => number).sort()).toEqual(
      [alice, bob, carol].map(({ username }) => username),
    );
    for (const record of records)
      expect(record).toMatchObject({
        callId: call?.id,
        cause: 'normal',
        answeredAt: expect.any(String),
      });
    expect(new Set(records.map(({ rootLegId }) => rootLegId)).size).toBe(1);
  }));

/** Who called whom: the one who hands over may have called, or been called. */
const ways: readonly (readonly [string, (a: Phone, b: Phone, c: Phone) => [Phone, Phone][]])[] = [
  [
    'who called both',
    (a, b, c) => [
      [a, b],
      [a, c],
    ],
  ],
  [
    'whom both called',
    (a, b, c) => [
      [b, a],
      [c, a],
    ],
  ],
  [
    'who was called first and called second',
    (a, b, c) => [
      [b, a],
      [a, c],
    ],
  ],
];

describe('an attended transfer by phone (REFER with Replaces)', () => {
  describe.each(ways)('by somebody %s', (_who, pairs) => {
    test.each(['first', 'second'] as const)(
      'asked in the %s call: the partners hear each other, the phone is free, every leg is recorded',
      (asked) =>
        withPhones(exchange, [440, 1000, 1600], async (alice, bob, carol) => {
          const [one, two] = pairs(alice, bob, carol);
          const first = one && callOf(await talk(...one), alice);
          await Promise.all([hears(alice, 1000), hears(bob, 440)]);
          const [older] = await runningCalls(exchange);
          // The phone itself holds its first call when it has a second one. It hears with one ear for both.
          const second = two && callOf(await talk(...two), alice);
          if (!first || !second) throw new Error('there are no two calls');
          await Promise.all([hearsSomethingElse(bob, 440), hears(carol, 440)]);
          const records = await recordsOf(4, async () => {
            const [keep, replaced] = asked === 'first' ? [first, second] : [second, first];
            await alice.joinCalls(keep, replaced);
            await alice.next('CALL_CLOSED');
            await alice.next('CALL_CLOSED');
            await Promise.all([hears(bob, 1600), hears(carol, 1000)]);
            expect((await runningCalls(exchange)).map(({ id }) => id)).toEqual([older?.id]);
            await bob.hangUp();
            await carol.next('CALL_CLOSED');
          });
          expect(records.map(({ number }) => number).sort()).toEqual(
            [alice, alice, bob, carol].map(({ username }) => username),
          );
          for (const record of records)
            expect(record).toMatchObject({
              callId: older?.id,
              cause: 'normal',
              answeredAt: expect.any(String),
            });
          // Whose program made a leg does not change: two calls were begun.
          expect(records.filter(({ parentLegId }) => parentLegId === null)).toHaveLength(2);
          expect(new Set(records.map(({ rootLegId }) => rootLegId)).size).toBe(2);
        }),
    );
  });

  test('with a call that has no other side is refused, and that call goes on', () =>
    withPhones(exchange, [440, 1000], async (alice, bob) => {
      const first = callOf(await talk(alice, bob), alice);
      await alice.dial('*60');
      const second = await alice.next('CALL_ESTABLISHED');
      await alice.joinCalls(first, second);
      expect((await alice.next('TRANSFER_FAILED')).param).toContain('503');
      // This phone gives up a call that it could not hand over.
      await bob.next('CALL_CLOSED');
      expect(await runningCalls(exchange)).toMatchObject([{ legs: [{ number: alice.username }] }]);
      await hearsSomethingElse(alice, 1000);
    }));
});
