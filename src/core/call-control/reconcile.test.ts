import { describe, expect, test } from 'vitest';
import { createTestCore } from '../../../test/support/core.ts';
import { until } from '../../../test/support/until.ts';
import type { EngineLegId } from '../../engine/port/index.ts';

/** Seconds between two audits, and a little. */
const anAudit = { seconds: 61 };

describe('after the engine was out of reach', () => {
  test('legs that went meanwhile end with the cause that is known', async () => {
    const core = await createTestCore();
    const { caller, callee } = await core.conversation(core.alice, core.bob);
    core.engine.goAway();
    core.engine.ends(caller);
    core.engine.ends(callee);
    core.engine.comeBack();
    await core.settled();
    expect(core.journal.cdrs).toMatchObject([
      { cause: 'engine_lost', durationSeconds: 0 },
      { cause: 'engine_lost' },
    ]);
    expect(core.live.calls()).toEqual([]);
  });

  test('an answer that nobody heard of is caught up', async () => {
    const core = await createTestCore();
    const caller = core.dials(core.alice, '202');
    const callee = await core.rung(core.bob);
    core.engine.goAway();
    core.engine.answers(callee);
    core.engine.comeBack();
    await core.settled();
    expect(core.engine.heardBy(caller)).toEqual([callee]);
  });

  test('calls that still run go on untouched', async () => {
    const core = await createTestCore();
    const { caller, callee } = await core.conversation(core.alice, core.bob);
    core.engine.goAway();
    core.engine.comeBack();
    await core.settled();
    expect(core.engine.commands).toEqual([]);
    expect(core.engine.heardBy(caller)).toEqual([callee]);
  });

  test('a leg that nobody knows is hung up, unless it is brand new', async () => {
    const core = await createTestCore();
    core.engine.goAway();
    const old = core.dials(core.alice, '202');
    core.clock.advance({ seconds: 10 });
    const fresh = core.dials(core.bob, '203');
    core.engine.comeBack();
    await core.settled();
    expect(core.engine.asked('hangUp')).toEqual([
      { name: 'hangUp', leg: old, cause: 'congestion' },
    ]);
    expect(core.engine.world.legs.has(fresh)).toBe(true);
  });

  test('everything has ended if it was started anew', async () => {
    const core = await createTestCore();
    await core.conversation(core.alice, core.bob);
    core.engine.goAway();
    core.engine.comeBack({ restarted: true });
    await core.settled();
    expect(core.live.calls()).toEqual([]);
    expect(core.journal.eventsOf('call.ended')).toHaveLength(1);
  });

  test('facts that come while it is compared wait their turn', async () => {
    const core = await createTestCore();
    const { caller, callee } = await core.conversation(core.alice, core.bob);
    core.engine.goAway();
    core.engine.comeBack();
    core.engine.ends(callee);
    await core.settled();
    expect(core.journal.cdrs).toMatchObject([
      { legId: expect.any(String), number: '202', cause: 'normal' },
      { number: '201' },
    ]);
    expect(core.engine.world.legs.has(caller)).toBe(false);
  });

  test('a call waits until it is known who is registered', async () => {
    const core = await createTestCore();
    const devices = new Map(core.registrations.contacts);
    const answer = Promise.withResolvers<void>();
    core.registrations.contacts.clear();
    core.registrations.settled = () => answer.promise;
    core.engine.goAway();
    core.engine.comeBack();
    core.dials(core.alice, '202');
    for (const [id, contacts] of devices) core.registrations.contacts.set(id, contacts);
    answer.resolve();
    await core.rung(core.bob);
  });

  test('a recording that ended meanwhile is stored', async () => {
    const core = await createTestCore();
    const { callId } = await core.conversation(core.alice, core.bob);
    await core.calls.record(core.alice.actor, callId, { on: true, announcement: false });
    const [recording] = core.journal.recordings();
    core.clock.advance({ seconds: 5 });
    core.engine.goAway();
    core.engine.endsRecording(recording?.id as never);
    core.engine.comeBack();
    await core.settled();
    expect(core.journal.recordings()).toMatchObject([{ state: 'stored', durationSeconds: 5 }]);
  });

  test('a recording that the engine knows nothing of has failed', async () => {
    const core = await createTestCore();
    const { callId } = await core.conversation(core.alice, core.bob);
    await core.calls.record(core.alice.actor, callId, { on: true, announcement: false });
    core.engine.goAway();
    core.engine.comeBack({ restarted: true });
    await core.settled();
    expect(core.journal.recordings()).toMatchObject([{ state: 'failed' }]);
    expect(core.journal.eventsOf('recording.failed')).toHaveLength(1);
  });
});

describe('once a minute', () => {
  test('a leg whose end was never reported ends', async () => {
    const core = await createTestCore();
    const { caller } = await core.conversation(core.alice, core.bob);
    core.engine.world.legs.delete(caller);
    core.clock.advance(anAudit);
    await core.settled();
    expect(core.live.calls()).toEqual([]);
    expect(core.journal.cdrs[0]).toMatchObject({ cause: 'engine_lost' });
  });

  test('a leg that is being made is left in peace', async () => {
    const core = await createTestCore();
    core.clock.advance({ seconds: 58 });
    const goOn = core.engine.stall('dialLeg');
    core.dials(core.alice, '202');
    await core.settled();
    core.clock.advance({ seconds: 3 });
    await core.settled();
    expect(core.live.legs()).toHaveLength(2);
    goOn();
  });

  test('nothing happens while the engine is away, and it goes on afterwards', async () => {
    const core = await createTestCore();
    const { caller } = await core.conversation(core.alice, core.bob);
    core.engine.goAway();
    core.clock.advance(anAudit);
    await core.settled();
    expect(core.live.legs()).toHaveLength(2);
    core.engine.comeBack();
    await core.settled();
    core.engine.world.legs.delete(caller);
    core.clock.advance(anAudit);
    await until(() => core.live.calls().length === 0, 'the audit finds that the leg is gone');
  });

  test('an engine that comes back during an audit is compared again', async () => {
    const core = await createTestCore();
    const { callId } = await core.conversation(core.alice, core.bob);
    await core.calls.record(core.alice.actor, callId, { on: true, announcement: false });
    core.clock.advance(anAudit);
    core.engine.goAway();
    core.engine.comeBack({ restarted: true });
    await core.settled();
    expect(core.live.calls()).toEqual([]);
    expect(core.journal.recordings()).toMatchObject([{ state: 'failed' }]);
  });
});

test('a fact about a leg that nobody knows changes nothing', async () => {
  const core = await createTestCore();
  const stranger = 'stranger' as EngineLegId;
  core.engine.rings(stranger);
  core.engine.answers(stranger);
  core.engine.presses(stranger, '1');
  core.engine.holds(stranger);
  core.engine.asksTransfer(stranger, { kind: 'blind', dialled: '203' });
  core.engine.ends(stranger);
  await core.settled();
  expect(core.journal.entries).toEqual([]);
  expect(core.engine.commands).toEqual([]);
});
