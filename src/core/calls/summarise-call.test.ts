import { describe, expect, test } from 'vitest';
import { aCall, aLeg, secondsInto } from '../../../test/support/legs.ts';
import { type EndpointId, newId, type TrunkId, type UserId } from '../../kernel/ids.ts';
import type { Leg, Party } from './leg.ts';
import { secondsBetween, summariseCall } from './summarise-call.ts';

const call = aCall();
const phoneOf = (userId: UserId): Party => ({
  kind: 'endpoint',
  endpointId: newId<EndpointId>(),
  userId,
});
const alice = newId<UserId>();
const bob = newId<UserId>();
const provider: Party = { kind: 'trunk', trunkId: newId<TrunkId>() };

const callerLeg = (change: Partial<Leg> = {}) =>
  aLeg(call, { party: phoneOf(alice), state: 'hangup', endedAt: secondsInto(call, 40), ...change });
const calleeLeg = (change: Partial<Leg> = {}) =>
  aLeg(call, {
    party: phoneOf(bob),
    direction: 'outbound',
    role: 'callee',
    number: '202',
    name: 'Bob',
    state: 'hangup',
    endedAt: secondsInto(call, 40),
    ...change,
  });

const ended = (...legs: readonly Leg[]) => summariseCall(call, legs, secondsInto(call, 40));

describe('what people find in their history', () => {
  test('both sides of an answered call, with the time they talked', () => {
    const legs = [
      callerLeg({ answeredAt: secondsInto(call, 10) }),
      calleeLeg({ answeredAt: secondsInto(call, 10) }),
    ];
    expect(ended(...legs)).toMatchObject([
      { userId: alice, direction: 'outgoing', status: 'answered', durationSeconds: 30 },
      { userId: bob, direction: 'incoming', status: 'answered', durationSeconds: 30 },
    ]);
  });

  test('both sides see the same numbers and names', () => {
    const sides = { fromNumber: '201', fromName: 'Alice', toNumber: '202', toName: 'Bob' };
    expect(ended(callerLeg(), calleeLeg())).toMatchObject([sides, sides]);
  });

  test('a caller who met others in a conference or a queue has talked, since then', () => {
    const own = callerLeg({
      answeredAt: secondsInto(call, 1),
      talkedAt: secondsInto(call, 15),
      dialled: '300',
    });
    expect(ended(own)).toMatchObject([
      { direction: 'outgoing', status: 'answered', toNumber: '300', durationSeconds: 25 },
    ]);
  });

  test('a click-to-dial counts from the moment the second party answers', () => {
    const legs = [
      callerLeg({ direction: 'outbound', answeredAt: secondsInto(call, 5) }),
      calleeLeg({ answeredAt: secondsInto(call, 20) }),
    ];
    expect(ended(...legs)[0]).toMatchObject({
      answeredAt: secondsInto(call, 20),
      durationSeconds: 20,
    });
  });

  test.each([
    ['busy', 'busy'],
    ['rejected', 'rejected'],
    ['no_answer', 'missed'],
    ['normal', 'missed'],
    ['unallocated', 'failed'],
  ] as const)('a callee that ends with %s makes it %s for the caller', (cause, status) => {
    expect(ended(callerLeg({ cause: 'normal' }), calleeLeg({ cause }))[0]).toMatchObject({
      userId: alice,
      status,
      answeredAt: undefined,
      durationSeconds: 0,
    });
  });

  test('one entry for somebody whose three phones rang, naming the one that talked', () => {
    const desk = calleeLeg({ cause: 'completed_elsewhere' });
    const mobile = calleeLeg({ answeredAt: secondsInto(call, 10) });
    const kitchen = calleeLeg({ cause: 'completed_elsewhere' });
    const entries = ended(callerLeg({ answeredAt: secondsInto(call, 10) }), desk, mobile, kitchen);
    expect(entries).toHaveLength(2);
    expect(entries[1]).toMatchObject({
      userId: bob,
      status: 'answered',
      endpointId: mobile.party.kind === 'endpoint' && mobile.party.endpointId,
    });
  });

  test('the number that was dialled, when nothing could be rung', () => {
    const legs = [callerLeg({ dialled: '+493023125000', cause: 'unallocated' })];
    expect(ended(...legs)).toMatchObject([{ toNumber: '+493023125000', status: 'failed' }]);
  });

  test('nothing for providers, which are nobody’s phone', () => {
    const outside = callerLeg({ party: provider, number: '+493023125000', name: '' });
    expect(ended(outside, calleeLeg())).toMatchObject([
      { userId: bob, direction: 'incoming', fromNumber: '+493023125000' },
    ]);
  });

  test('a second provider that carries the call makes up for the first that failed', () => {
    const first = calleeLeg({ party: provider, cause: 'congestion', number: '+493023125000' });
    const second = calleeLeg({
      party: provider,
      number: '+493023125000',
      answeredAt: secondsInto(call, 12),
    });
    expect(ended(callerLeg({ answeredAt: secondsInto(call, 12) }), first, second)).toMatchObject([
      { userId: alice, status: 'answered', toNumber: '+493023125000' },
    ]);
  });
});

describe('how long it took', () => {
  test('whole seconds, rounded', () => {
    expect(secondsBetween(secondsInto(call, 1), secondsInto(call, 2.6))).toBe(2);
  });
  test('nothing before it began', () => {
    expect(secondsBetween(undefined, secondsInto(call, 5))).toBe(0);
    expect(secondsBetween(secondsInto(call, 5), secondsInto(call, 1))).toBe(0);
  });
});
