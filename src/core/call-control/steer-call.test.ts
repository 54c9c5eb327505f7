import { describe, expect, test } from 'vitest';
import { administratorOf, createTestCore } from '../../../test/support/core.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { CallId } from '../../kernel/ids.ts';

async function conversation() {
  const core = await createTestCore();
  const talk = await core.conversation(core.alice, core.bob);
  return { ...core, ...talk };
}

describe('hold', () => {
  test('everybody hears music, until they talk again', async () => {
    const { calls, engine, alice, callId, caller, callee } = await conversation();
    await calls.hold(alice.actor, callId, true);
    for (const leg of [caller, callee]) {
      expect(engine.world.legs.get(leg)).toMatchObject({ music: true, muted: ['in'] });
    }
    await calls.hold(alice.actor, callId, false);
    for (const leg of [caller, callee]) {
      expect(engine.world.legs.get(leg)).toMatchObject({ music: false, muted: [] });
    }
  });

  test('is an event of each leg, stored when the command returns', async () => {
    const { calls, alice, callId, journal } = await conversation();
    await calls.hold(alice.actor, callId, true);
    expect(journal.eventsOf('leg.held')).toMatchObject([{ by: 'api' }, { by: 'api' }]);
  });

  test('twice is once', async () => {
    const { calls, engine, alice, callId } = await conversation();
    await calls.hold(alice.actor, callId, true);
    engine.forgetCommands();
    await calls.hold(alice.actor, callId, true);
    expect(engine.commands).toEqual([]);
  });

  test('is refused before the call is answered', async () => {
    const core = await createTestCore();
    const caller = core.dials(core.alice, '202');
    await core.rung(core.bob);
    const { callId } = core.leg(caller);
    await expect(core.calls.hold(core.alice.actor, callId, true)).rejects.toMatchObject({
      code: 'call.state_conflict',
    });
    expect(core.engine.asked('startMusic')).toEqual([]);
  });
});

describe('mute', () => {
  test('silences the actor’s own microphone alone', async () => {
    const { calls, engine, bob, callId, caller, callee } = await conversation();
    await calls.mute(bob.actor, callId, true);
    expect(engine.world.legs.get(callee)?.muted).toEqual(['in']);
    expect(engine.world.legs.get(caller)?.muted).toEqual([]);
    await calls.mute(bob.actor, callId, false);
    expect(engine.world.legs.get(callee)?.muted).toEqual([]);
  });

  test('while a call is held, the microphone stays closed until both are over', async () => {
    const { calls, engine, alice, callId, caller } = await conversation();
    await calls.mute(alice.actor, callId, true);
    await calls.hold(alice.actor, callId, true);
    await calls.hold(alice.actor, callId, false);
    expect(engine.world.legs.get(caller)?.muted).toEqual(['in']);
    await calls.mute(alice.actor, callId, false);
    expect(engine.world.legs.get(caller)?.muted).toEqual([]);
  });
});

describe('record', () => {
  const on = { on: true, announcement: false };
  const off = { on: false, announcement: false };

  test('records the actor’s own leg in both directions, for the actor', async () => {
    const { calls, engine, bob, callId, callee, journal } = await conversation();
    await calls.record(bob.actor, callId, on);
    expect(engine.asked('record')).toMatchObject([{ leg: callee, direction: 'both' }]);
    expect(journal.recordings()).toMatchObject([
      { state: 'running', ownerUserId: bob.user.id, startedBy: { dialect: 'native' } },
    ]);
  });

  test('twice is one recording', async () => {
    const { calls, engine, alice, bob, callId } = await conversation();
    await calls.record(alice.actor, callId, on);
    await calls.record(bob.actor, callId, on);
    expect(engine.asked('record')).toHaveLength(1);
  });

  test('stops, and is stored and told of', async () => {
    const { calls, alice, callId, journal, clock, settled, files } = await conversation();
    await calls.record(alice.actor, callId, on);
    clock.advance({ seconds: 12 });
    await calls.record(alice.actor, callId, off);
    await settled();
    const [recording] = journal.recordings();
    expect(recording).toMatchObject({ state: 'stored', durationSeconds: 12 });
    expect([...files.taken.keys()]).toEqual([recording?.file]);
    expect(recording?.file).toBe(
      `recordings/${recording?.accountId}/2026-03-17/${recording?.id}.wav`,
    );
    expect(journal.eventsOf('recording.stored')).toMatchObject([{ durationSeconds: 12 }]);
  });

  test('stopping what does not run changes nothing', async () => {
    const { calls, engine, alice, callId } = await conversation();
    await calls.record(alice.actor, callId, off);
    expect(engine.commands).toEqual([]);
  });

  test('can be announced to everybody', async () => {
    const { calls, engine, alice, callId, speech } = await conversation();
    await calls.record(alice.actor, callId, { on: true, announcement: true });
    expect(speech.said).toEqual(['This call is being recorded.']);
    expect(engine.asked('play')[0]?.target).toHaveProperty('bridge');
  });

  test('is refused when the disk is nearly full', async () => {
    const { calls, engine, alice, callId, files } = await conversation();
    files.setFreeBytes(999_999_999);
    await expect(calls.record(alice.actor, callId, on)).rejects.toMatchObject({
      code: 'recording.storage_full',
    });
    expect(engine.asked('record')).toEqual([]);
  });

  test('ends with the call, and is stored', async () => {
    const { calls, engine, alice, callId, caller, journal, settled, live } = await conversation();
    await calls.record(alice.actor, callId, on);
    engine.ends(caller);
    await settled();
    expect(journal.recordings()).toMatchObject([{ state: 'stored' }]);
    expect(live.calls()).toEqual([]);
  });
});

describe('keys', () => {
  test('are sent to everybody but the actor', async () => {
    const { calls, engine, alice, callId, callee } = await conversation();
    await calls.sendDtmf(alice.actor, callId, '12#');
    expect(engine.asked('sendDtmf')).toMatchObject([{ leg: callee, digits: '12#' }]);
  });

  test.each(['', 'x', '1 2', '12\n', '１', '0'.repeat(129)])('%j are refused', async (digits) => {
    const { calls, engine, alice, callId } = await conversation();
    await expect(calls.sendDtmf(alice.actor, callId, digits)).rejects.toMatchObject({
      code: 'call.invalid_digits',
    });
    expect(engine.commands).toEqual([]);
  });
});

describe('an announcement', () => {
  const url = 'https://sounds.example/hello.wav';

  test('is played to everybody in the call', async () => {
    const { calls, engine, alice, callId, caller } = await conversation();
    await calls.announce(alice.actor, callId, url);
    const [{ target } = { target: undefined }] = engine.asked('play');
    expect(target).toMatchObject({ bridge: expect.any(String), lane: caller });
    expect(engine.asked('play')).toMatchObject([
      { media: [{ kind: 'file', path: '/sounds/hello.wav' }] },
    ]);
  });

  test('that cannot be fetched is refused, and nothing is played', async () => {
    const { calls, engine, alice, callId, sounds } = await conversation();
    sounds.refuseNext(new DomainError('invalid', 'announcement.unreachable', 'no'));
    await expect(calls.announce(alice.actor, callId, url)).rejects.toMatchObject({
      code: 'announcement.unreachable',
    });
    expect(engine.commands).toEqual([]);
  });
});

describe('hang up', () => {
  test('ends every leg, and the call is over', async () => {
    const { calls, engine, bob, callId, live, settled } = await conversation();
    await calls.hangUp(bob.actor, callId);
    await settled();
    expect(await engine.snapshot()).toEqual({ legs: [], bridges: [] });
    expect(live.calls()).toEqual([]);
  });

  test('a call that rings stops ringing', async () => {
    const core = await createTestCore();
    const caller = core.dials(core.alice, '202');
    await core.rung(core.bob);
    await core.calls.hangUp(core.alice.actor, core.leg(caller).callId);
    await core.settled();
    expect(await core.engine.snapshot()).toEqual({ legs: [], bridges: [] });
  });
});

describe('who may see and steer a call', () => {
  test('those who take part, and administrators', async () => {
    const { calls, acme, alice, bob, callId } = await conversation();
    for (const actor of [alice.actor, bob.actor, administratorOf(acme)]) {
      expect(calls.get(actor, callId).call.id).toBe(callId);
    }
  });

  test('a colleague finds no such call', async () => {
    const { calls, engine, carol, callId } = await conversation();
    expect(calls.running(carol.actor)).toEqual([]);
    await expect(calls.hangUp(carol.actor, callId)).rejects.toMatchObject({
      code: 'call.not_found',
    });
    await expect(calls.hold(carol.actor, callId, true)).rejects.toMatchObject({
      code: 'call.not_found',
    });
    expect(engine.commands).toEqual([]);
  });

  test('an administrator of another account finds no such call', async () => {
    const { calls, given, callId } = await conversation();
    const stranger = administratorOf(given.account());
    expect(() => calls.get(stranger, callId)).toThrow(
      expect.objectContaining({ code: 'call.not_found' }),
    );
  });

  test('an id that is none is no such call', async () => {
    const { calls, alice } = await conversation();
    expect(() => calls.get(alice.actor, 'nonsense' as CallId)).toThrow(
      expect.objectContaining({ code: 'call.not_found' }),
    );
  });

  test('a call that has ended is no running call', async () => {
    const { calls, engine, alice, callId, caller, settled } = await conversation();
    engine.ends(caller);
    await settled();
    await expect(calls.hold(alice.actor, callId, true)).rejects.toMatchObject({
      code: 'call.not_found',
    });
  });
});
