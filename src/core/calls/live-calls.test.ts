import { describe, expect, test } from 'vitest';
import { aCall, aLeg, secondsInto } from '../../../test/support/legs.ts';
import { createMemoryJournal } from '../../../test/support/memory-stores.ts';
import type { EngineBridgeId } from '../../engine/port/index.ts';
import type { Call } from './call.ts';
import { createLiveCalls, type LiveCalls } from './index.ts';

function world() {
  const journal = createMemoryJournal();
  const live = createLiveCalls(journal);
  return { journal, live };
}

const starts = (live: LiveCalls, call: Call) => {
  live.putCall(call);
  live.tell({
    type: 'call.started',
    accountId: call.accountId,
    callId: call.id,
    from: '201',
    to: '202',
    at: call.startedAt,
  });
};

describe('what happens to calls is written down', () => {
  test('everything that changes in one turn is one entry, state and event together', async () => {
    const { journal, live } = world();
    const call = aCall();
    const leg = aLeg(call);
    starts(live, call);
    live.putLeg(leg);
    live.changeLeg(leg.id, { state: 'ringing' });
    await live.durable();
    expect(journal.entries).toMatchObject([
      { calls: [{ id: call.id }], legs: [{ id: leg.id, state: 'ringing' }], events: [{}] },
    ]);
  });

  test('what changes in two turns is two entries, in order', async () => {
    const { journal, live } = world();
    const call = aCall();
    const leg = aLeg(call);
    live.putLeg(leg);
    await live.durable();
    live.changeLeg(leg.id, { state: 'ringing' });
    await live.durable();
    expect(journal.entries.map(({ legs }) => legs[0]?.state)).toEqual(['calling', 'ringing']);
  });

  test('nothing is durable before it is written', async () => {
    const { journal, live } = world();
    const databaseIsBack = journal.holdBack();
    starts(live, aCall());
    let durable = false;
    const waited = live.durable().then(() => {
      durable = true;
    });
    await Promise.resolve();
    expect(durable).toBe(false);
    databaseIsBack();
    await waited;
    expect(journal.entries).toHaveLength(1);
  });

  test('taking over calls writes nothing again', async () => {
    const { journal, live } = world();
    const call = aCall();
    live.load([call], [aLeg(call)], []);
    await live.durable();
    expect(journal.entries).toEqual([]);
    expect(live.calls()).toEqual([call]);
  });
});

describe('what runs now', () => {
  test('a leg is found by its own id and by the name the engine has for it', () => {
    const { live } = world();
    const leg = aLeg(aCall());
    live.putLeg(leg);
    expect(live.leg(leg.id)).toBe(leg);
    expect(live.legByEngineId(leg.engineId)).toBe(leg);
  });

  test('values that were handed out do not change', () => {
    const { live } = world();
    const leg = aLeg(aCall());
    live.putLeg(leg);
    const before = live.leg(leg.id);
    live.changeLeg(leg.id, { state: 'answered' });
    expect(before?.state).toBe('calling');
    expect(live.leg(leg.id)?.state).toBe('answered');
  });

  test('a leg that has ended is no longer among the running ones, but is remembered with its call', () => {
    const { live } = world();
    const call = aCall();
    const leg = aLeg(call);
    live.putCall(call);
    live.putLeg(leg);
    live.changeLeg(leg.id, { state: 'hangup', endedAt: secondsInto(call, 3) });
    expect(live.legsOf(call.id)).toEqual([]);
    expect(live.legs()).toEqual([]);
    expect(live.allLegsOf(call.id)).toHaveLength(1);
  });

  test('the partners of a leg are those in the same bridge that have not ended', () => {
    const { live } = world();
    const call = aCall();
    const bridge = 'bridge-1' as EngineBridgeId;
    const [own, partner, ringing, gone] = [
      aLeg(call, { bridge }),
      aLeg(call, { bridge }),
      aLeg(call),
      aLeg(call, { bridge, state: 'hangup' }),
    ];
    for (const leg of [own, partner, ringing, gone]) live.putLeg(leg);
    expect(live.partnersOf(own)).toEqual([partner]);
    expect(live.partnersOf(ringing)).toEqual([]);
  });

  test('an account sees its own calls', () => {
    const { live } = world();
    const [own, foreign] = [aCall(), aCall({ accountId: 'another' as Call['accountId'] })];
    live.putCall(own);
    live.putCall(foreign);
    expect(live.callsOf(own.accountId)).toEqual([own]);
  });

  test('a finished call that is forgotten leaves nothing behind', () => {
    const { live } = world();
    const call = aCall();
    const leg = aLeg(call, { state: 'hangup' });
    live.putCall({ ...call, endedAt: secondsInto(call, 5) });
    live.putLeg(leg);
    live.forgetCall(call.id);
    expect(live.leg(leg.id)).toBeUndefined();
    expect(live.legByEngineId(leg.engineId)).toBeUndefined();
    expect(live.allLegsOf(call.id)).toEqual([]);
  });
});

describe('two calls that were joined', () => {
  function joined() {
    const { live } = world();
    const [older, younger] = [aCall(), aCall()];
    live.putCall(older);
    live.putCall({ ...younger, endedAt: secondsInto(younger, 9), mergedInto: older.id });
    return { live, older, younger };
  }

  test('whoever asks for the one that ended reaches the one that goes on', () => {
    const { live, older, younger } = joined();
    expect(live.call(younger.id)).toEqual(older);
  });

  test('whoever asks for the first of a chain reaches the last', () => {
    const { live, older, younger } = joined();
    const oldest = aCall();
    live.putCall(oldest);
    live.putCall({ ...older, endedAt: secondsInto(older, 12), mergedInto: oldest.id });
    expect(live.call(younger.id)).toEqual(oldest);
  });

  test('when the survivor ends, both ids lead nowhere', () => {
    const { live, older, younger } = joined();
    live.putCall({ ...older, endedAt: secondsInto(older, 20) });
    expect(live.call(older.id)).toBeUndefined();
    expect(live.call(younger.id)).toBeUndefined();
  });

  test('a leg that moves belongs to the new call alone', () => {
    const { live, older, younger } = joined();
    const leg = aLeg(younger);
    live.putLeg(leg);
    live.changeLeg(leg.id, { callId: older.id });
    expect(live.legsOf(older.id)).toHaveLength(1);
    expect(live.legsOf(younger.id)).toEqual([]);
  });
});
