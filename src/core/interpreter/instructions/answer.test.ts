import { describe, expect, test } from 'vitest';
import { createProgramWorld } from '../../../../test/support/program.ts';

describe('answer', () => {
  test('answers a waiting caller, and is done when the engine says so', async () => {
    const world = createProgramWorld({ state: 'waiting' });
    world.engine.leaveToTest('answer');
    await world.runs({ do: 'answer' }, { do: 'silence', seconds: 60 });
    expect(world.current()).toBe('answer');
    world.engine.answers(world.engineLeg);
    expect(world.results()).toEqual([{ step: 'answer', outcome: 'done' }]);
    expect(world.current()).toBe('silence');
  });

  test('has nothing to do for a leg that is up', async () => {
    const world = createProgramWorld({ state: 'up' });
    await world.runs({ do: 'answer' }, { do: 'silence', seconds: 60 });
    expect(world.engine.commands).toEqual([]);
    expect(world.current()).toBe('silence');
  });

  test('fails when the engine refuses, and the program goes on', async () => {
    const world = createProgramWorld({ state: 'waiting' });
    world.engine.refuse('answer');
    await world.runs({ do: 'answer' }, { do: 'silence', seconds: 60 });
    expect(world.results()).toEqual([{ step: 'answer', outcome: 'failed' }]);
    expect(world.current()).toBe('silence');
  });

  test('is asked again after a restart, unless the leg was answered meanwhile', async () => {
    const world = createProgramWorld({ state: 'waiting' });
    world.engine.leaveToTest('answer');
    await world.runs({ do: 'answer' }, { do: 'silence', seconds: 60 });
    const next = await world.restart();
    await next.settled();
    expect(world.engine.asked('answer')).toHaveLength(1);
    world.engine.answers(world.engineLeg);
    await next.settled();
    const after = await next.restart();
    await after.settled();
    expect(world.engine.asked('answer')).toHaveLength(1);
  });
});
