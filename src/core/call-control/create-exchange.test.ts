import { describe, expect, test } from 'vitest';
import { administratorOf, createTestCore } from '../../../test/support/core.ts';
import { uriOf } from '../../../test/support/given.ts';

describe('a server that takes over', () => {
  test('sees the calls that run, and can steer them', async () => {
    const core = await createTestCore();
    const { callId, caller, callee } = await core.conversation(core.alice, core.bob);
    const next = await core.restart();
    expect(next.calls.get(core.alice.actor, callId).legs).toHaveLength(2);
    await next.calls.hold(core.alice.actor, callId, true);
    expect(core.engine.world.legs.get(callee)?.music).toBe(true);
    await next.calls.hangUp(core.alice.actor, callId);
    await next.settled();
    expect(core.engine.world.legs.has(caller)).toBe(false);
    expect(await core.engine.snapshot()).toEqual({ legs: [], bridges: [] });
  });

  test('writes nothing about calls in which nothing happened', async () => {
    const core = await createTestCore();
    await core.conversation(core.alice, core.bob);
    const before = core.journal.entries.length;
    const next = await core.restart();
    await next.settled();
    expect(core.journal.entries).toHaveLength(before);
  });

  test('goes on with a call that somebody placed: the callee rings when the caller answers', async () => {
    const core = await createTestCore();
    await core.calls.place(core.alice.actor, {
      from: { kind: 'endpoint', endpointId: core.alice.phone.id },
      to: '202',
      callerId: undefined,
    });
    const first = await core.rung(core.alice);
    const next = await core.restart();
    await next.settled();
    expect(core.engine.asked('dialLeg')).toHaveLength(1);
    core.engine.answers(first);
    await next.rung(core.bob);
  });

  test('goes on with a call whose caller answered meanwhile: the callee rings once', async () => {
    const core = await createTestCore();
    await core.calls.place(core.alice.actor, {
      from: { kind: 'endpoint', endpointId: core.alice.phone.id },
      to: '202',
      callerId: undefined,
    });
    const first = await core.rung(core.alice);
    core.engine.goAway();
    core.engine.answers(first);
    const next = await core.restart();
    core.engine.comeBack();
    await next.rung(core.bob);
    await next.settled();
    const rungAtBob = core.engine
      .asked('dialLeg')
      .filter(({ target }) => target.kind === 'contact' && target.uri === uriOf(core.bob.phone));
    expect(rungAtBob).toHaveLength(1);
  });

  test('ends a leg that was stored but never made', async () => {
    const core = await createTestCore();
    core.engine.stall('dialLeg');
    const caller = core.dials(core.alice, '202');
    await core.settled();
    const next = await core.restart();
    await next.settled();
    expect(core.journal.cdrs[0]).toMatchObject({ number: '202', cause: 'engine_lost' });
    expect(core.engine.world.legs.has(caller)).toBe(false);
  });

  test('gives back bridges that nobody is in', async () => {
    const core = await createTestCore();
    await core.engine.createBridge({ dtmf: false });
    await core.conversation(core.alice, core.bob);
    const next = await core.restart();
    await next.settled();
    const { bridges } = await core.engine.snapshot();
    expect(bridges.map(({ legs }) => legs.length)).toEqual([2]);
  });

  test('lets a consultation go on to its end', async () => {
    const core = await createTestCore();
    const { callId, caller, callee } = await core.conversation(core.alice, core.bob);
    await core.calls.transfer(core.alice.actor, callId, {
      to: '203',
      attended: true,
      callerId: undefined,
    });
    const carol = await core.rung(core.carol);
    core.engine.answers(carol);
    await core.settled();
    const next = await core.restart();
    await next.settled();
    core.engine.ends(caller);
    await next.settled();
    expect(core.engine.heardBy(callee)).toEqual([carol]);
    core.engine.ends(carol);
    await next.settled();
    expect(await core.engine.snapshot()).toEqual({ legs: [], bridges: [] });
  });

  test('waits for an engine that is not there yet', async () => {
    const core = await createTestCore();
    const { callId } = await core.conversation(core.alice, core.bob);
    core.engine.goAway();
    const next = await core.restart();
    expect(next.calls.get(core.alice.actor, callId).legs).toHaveLength(2);
    core.engine.comeBack();
    await next.settled();
    expect(next.calls.get(core.alice.actor, callId).legs).toHaveLength(2);
  });
});

describe('an exchange that is about to end', () => {
  test('lets running calls go on', async () => {
    const core = await createTestCore();
    const { callId, caller, callee } = await core.conversation(core.alice, core.bob);
    core.control.closeDoors();
    await core.calls.hold(core.alice.actor, callId, true);
    await core.calls.hold(core.alice.actor, callId, false);
    expect(core.engine.heardBy(caller)).toEqual([callee]);
  });

  test('ends them all when their time is over', async () => {
    const core = await createTestCore();
    await core.conversation(core.alice, core.bob);
    await core.control.hangUpAll();
    await core.settled();
    expect(core.live.calls()).toEqual([]);
    expect(await core.engine.snapshot()).toEqual({ legs: [], bridges: [] });
  });

  test('that stopped hears nothing more, and the calls go on in the engine', async () => {
    const core = await createTestCore();
    const { caller } = await core.conversation(core.alice, core.bob);
    core.control.stop();
    core.dials(core.carol, '201');
    await core.settled();
    expect(core.calls.running(administratorOf(core.acme))).toHaveLength(1);
    expect(core.engine.world.legs.has(caller)).toBe(true);
  });
});
