import { describe, expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { turn } from '../../../test/support/until.ts';
import type {
  EndpointName,
  EngineBridgeId,
  EngineFact,
  EngineLegId,
  EngineRecordingId,
} from '../port/index.ts';
import { createFakeEngine } from './index.ts';

function world() {
  const clock = createFakeClock();
  const engine = createFakeEngine({ clock });
  const facts: EngineFact[] = [];
  engine.onFact((fact) => facts.push(fact));
  const arrive = () =>
    engine.arrive({ from: { kind: 'endpoint', endpoint: '201' as EndpointName }, dialled: '202' });
  const dial = (id: string, target = { kind: 'service', service: 'echo' } as const) =>
    engine.dialLeg({ id: id as EngineLegId, target, caller: {}, ringTimeoutSeconds: 20 });
  return { clock, engine, facts, arrive, dial };
}

describe('the engine of the tests', () => {
  test('shows in its snapshot what it was told and asked', async () => {
    const { engine, arrive, dial } = world();
    const leg = arrive();
    await dial('echo');
    await engine.answer(leg);
    const bridge = await engine.createBridge({ dtmf: false });
    await engine.join(bridge, [leg, 'echo' as EngineLegId]);
    await turn();
    expect(await engine.snapshot()).toMatchObject({
      legs: [
        { id: leg, state: 'up' },
        { id: 'echo', state: 'up' },
      ],
      bridges: [{ id: bridge, legs: [leg, 'echo'] }],
    });
    engine.ends(leg);
    expect(engine.heardBy('echo' as EngineLegId)).toEqual([]);
  });

  test('remembers commands in order, as data', async () => {
    const { engine, arrive } = world();
    const leg = arrive();
    await engine.ring(leg);
    await engine.hangUp(leg, 'busy');
    expect(engine.commands).toEqual([
      { name: 'ring', leg },
      { name: 'hangUp', leg, cause: 'busy' },
    ]);
  });

  test('ends a leg that nobody answers in time', async () => {
    const { engine, clock, facts, dial } = world();
    engine.leaveToTest('dialLeg');
    await dial('callee');
    clock.advance({ seconds: 20 });
    expect(facts).toMatchObject([{ type: 'leg.ended', leg: 'callee', cause: 'no_answer' }]);
  });

  test('refuses once, then obeys', async () => {
    const { engine, arrive } = world();
    const leg = arrive();
    engine.refuse('answer');
    await expect(engine.answer(leg)).rejects.toMatchObject({ code: 'engine.refused' });
    await expect(engine.answer(leg)).resolves.toBeUndefined();
  });

  test('does nothing for a leg that is gone', async () => {
    const { engine, arrive } = world();
    const leg = arrive();
    engine.ends(leg);
    await expect(engine.answer(leg)).rejects.toMatchObject({ code: 'engine.leg_gone' });
    await expect(engine.hangUp(leg, 'normal')).resolves.toBeUndefined();
  });

  test('tells nobody what happens while it is away', async () => {
    const { engine, facts, arrive } = world();
    const leg = arrive();
    engine.goAway();
    engine.ends(leg);
    await expect(engine.answer(leg)).rejects.toMatchObject({ code: 'engine.unavailable' });
    engine.comeBack();
    expect(facts.map(({ type }) => type)).toEqual([
      'leg.arrived',
      'engine.lost',
      'engine.connected',
    ]);
    expect((await engine.snapshot()).legs).toEqual([]);
  });

  test('finishes a recording when its leg ends', async () => {
    const { engine, clock, facts, arrive } = world();
    const leg = arrive();
    await engine.record('r1' as EngineRecordingId, leg, { direction: 'both' });
    clock.advance({ seconds: 3 });
    engine.ends(leg);
    expect(facts.at(-1)).toMatchObject({ type: 'recording.finished', durationSeconds: 3 });
    expect(await engine.recordingState('r1' as EngineRecordingId)).toMatchObject({
      state: 'finished',
    });
  });

  test('knows who hears whom: muting, music, silence and coaching count', async () => {
    const { engine, arrive } = world();
    const [a, b, c] = [arrive(), arrive(), arrive()];
    const bridge = await engine.createBridge({ dtmf: true, id: 'room' as EngineBridgeId });
    expect(await engine.createBridge({ dtmf: true, id: bridge })).toBe('room');
    await engine.join(bridge, [a, b, c]);
    expect(engine.hears(a)).toEqual([b, c]);
    await engine.coach(b, [c]);
    expect([engine.hears(a), engine.hears(b), engine.hears(c)]).toEqual([[c], [a, c], [a, b]]);
    await engine.coach(b, []);
    expect([engine.hears(a), engine.hears(c)]).toEqual([[c], [a]]);
    await engine.coach(b, undefined);
    await engine.mute(b, 'in');
    expect(engine.hears(a)).toEqual([c]);
    await engine.startMusic(c);
    expect([engine.hears(a), engine.hears(c)]).toEqual([[], []]);
    await engine.startSilence(a);
    expect(engine.hears(a)).toEqual([]);
  });

  test('tells who talks where it was asked for, and ends the recording of a bridge with the bridge', async () => {
    const { engine, facts, arrive } = world();
    const leg = arrive();
    engine.talks(leg, true);
    await engine.detectTalking(leg, true);
    engine.talks(leg, true);
    expect(facts.filter(({ type }) => type === 'leg.talking')).toHaveLength(1);
    const bridge = await engine.createBridge({ dtmf: true });
    await engine.recordBridge('mix' as EngineRecordingId, bridge);
    await engine.destroyBridge(bridge);
    await turn();
    expect(facts.at(-1)).toMatchObject({ type: 'recording.finished', recording: 'mix', ok: true });
  });
});
