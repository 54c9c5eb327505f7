import { describe, expect, test } from 'vitest';
import { createProgramWorld, type ProgramWorld } from '../../../../test/support/program.ts';
import type { GatherInstruction } from '../../programs/index.ts';

const prompt = [{ kind: 'file', path: '/sounds/enter-your-number.wav' }] as const;
const next = { do: 'silence', seconds: 60 } as const;

const gather = (change: Partial<GatherInstruction> = {}): GatherInstruction => ({
  do: 'gather',
  maxDigits: 4,
  timeoutSeconds: 10,
  interDigitSeconds: 3,
  ...change,
});

const presses = (world: ProgramWorld, digits: string) =>
  world.engine.presses(world.engineLeg, digits);

describe('gather', () => {
  test('ends with all its digits', async () => {
    const world = createProgramWorld();
    await world.runs(gather(), next);
    presses(world, '12*4');
    expect(world.results()).toEqual([{ step: 'gather', outcome: 'done', digits: '12*4' }]);
  });

  test('ends with the key that finishes it, which is not part of the digits', async () => {
    const world = createProgramWorld();
    await world.runs(gather({ finishOnKey: '#' }), next);
    presses(world, '12#');
    expect(world.results()).toEqual([{ step: 'gather', outcome: 'done', digits: '12' }]);
  });

  test('gives up when nobody presses a key', async () => {
    const world = createProgramWorld();
    await world.runs(gather(), next);
    world.clock.advance({ seconds: 9 });
    expect(world.results()).toEqual([]);
    world.clock.advance({ seconds: 1 });
    expect(world.results()).toEqual([{ step: 'gather', outcome: 'timeout', digits: '' }]);
  });

  test('waits without end if it may', async () => {
    const world = createProgramWorld();
    await world.runs(gather({ timeoutSeconds: 0 }), next);
    world.clock.advance({ seconds: 3_600 });
    expect(world.current()).toBe('gather');
    presses(world, '1234');
    expect(world.results()).toEqual([{ step: 'gather', outcome: 'done', digits: '1234' }]);
  });

  test('plays its prompt to the end if keys must not interrupt it, and counts them', async () => {
    const world = createProgramWorld();
    await world.runs(gather({ prompt, bargeIn: false }), next);
    presses(world, '12');
    await world.settled();
    expect(world.engine.world.playbacks.size).toBe(1);
    world.engine.playsOut();
    await world.settled();
    world.clock.advance({ seconds: 3 });
    expect(world.results()).toEqual([{ step: 'gather', outcome: 'done', digits: '12' }]);
  });

  test('ends with all its digits although the prompt still plays', async () => {
    const world = createProgramWorld();
    await world.runs(gather({ prompt, bargeIn: false }), next);
    presses(world, '1234');
    await world.settled();
    expect(world.results()).toEqual([{ step: 'gather', outcome: 'done', digits: '1234' }]);
    expect(world.engine.world.playbacks.size).toBe(0);
  });

  test('takes what was pressed when no further key comes', async () => {
    const world = createProgramWorld();
    await world.runs(gather(), next);
    presses(world, '12');
    world.clock.advance({ seconds: 3 });
    expect(world.results()).toEqual([{ step: 'gather', outcome: 'done', digits: '12' }]);
  });

  test('every key gives time for another one', async () => {
    const world = createProgramWorld();
    await world.runs(gather(), next);
    presses(world, '1');
    world.clock.advance({ seconds: 2 });
    presses(world, '2');
    world.clock.advance({ seconds: 2 });
    expect(world.current()).toBe('gather');
    presses(world, '34');
    expect(world.results()).toMatchObject([{ digits: '1234' }]);
  });

  test('too few digits are a timeout', async () => {
    const world = createProgramWorld();
    await world.runs(gather({ minDigits: 3 }), next);
    presses(world, '12');
    world.clock.advance({ seconds: 3 });
    expect(world.results()).toEqual([{ step: 'gather', outcome: 'timeout', digits: '12' }]);
  });

  test('the first key interrupts the prompt', async () => {
    const world = createProgramWorld();
    await world.runs(gather({ prompt }), next);
    presses(world, '1');
    await world.settled();
    expect(world.engine.world.playbacks.size).toBe(0);
    expect(world.current()).toBe('gather');
  });

  test('the time for the first key begins when the prompt is over', async () => {
    const world = createProgramWorld();
    await world.runs(gather({ prompt }), next);
    world.clock.advance({ seconds: 30 });
    expect(world.current()).toBe('gather');
    world.engine.playsOut();
    world.clock.advance({ seconds: 10 });
    expect(world.results()).toMatchObject([{ outcome: 'timeout' }]);
  });

  test('a prompt that cannot be played does not keep anybody from pressing keys', async () => {
    const world = createProgramWorld();
    world.engine.refuse('play');
    await world.runs(gather({ prompt, maxDigits: 1 }), next);
    presses(world, '7');
    expect(world.results()).toMatchObject([{ outcome: 'done', digits: '7' }]);
  });

  test('keys are events whether or not anybody gathers them', async () => {
    const world = createProgramWorld();
    await world.runs(next);
    presses(world, '5');
    await world.settled();
    expect(world.journal.eventsOf('leg.dtmf')).toMatchObject([{ digit: '5' }]);
  });

  test('hanging up ends it, and nothing waits on', async () => {
    const world = createProgramWorld();
    await world.runs(gather(), next);
    world.engine.ends(world.engineLeg);
    await world.settled();
    expect(world.clock.waiting()).toBe(0);
    expect(world.engine.commands).toEqual([]);
  });

  test('a restart keeps the keys and asks again', async () => {
    const world = createProgramWorld();
    await world.runs(gather({ prompt }), next);
    presses(world, '12');
    await world.settled();
    const core = await world.restart();
    await core.settled();
    expect(world.engine.world.playbacks.size).toBe(1);
    presses(world, '34');
    await core.settled();
    expect(core.leg(world.engineLeg).program?.position).toBe(1);
  });
});
