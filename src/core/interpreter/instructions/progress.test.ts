import { describe, expect, test } from 'vitest';
import { createProgramWorld } from '../../../../test/support/program.ts';

describe.each(['ring', 'progress'] as const)('%s', (instruction) => {
  test('is told to a waiting caller', async () => {
    const world = createProgramWorld({ state: 'waiting' });
    await world.runs({ do: instruction }, { do: 'silence', seconds: 60 });
    expect(world.engine.commands).toEqual([{ name: instruction, leg: world.engineLeg }]);
    expect(world.current()).toBe('silence');
  });

  test('says nothing to a leg that is up', async () => {
    const world = createProgramWorld({ state: 'up' });
    await world.runs({ do: instruction }, { do: 'silence', seconds: 60 });
    expect(world.engine.commands).toEqual([]);
    expect(world.current()).toBe('silence');
  });

  test('fails when the engine refuses, and the program goes on', async () => {
    const world = createProgramWorld({ state: 'waiting' });
    world.engine.refuse(instruction);
    await world.runs({ do: instruction }, { do: 'silence', seconds: 60 });
    expect(world.results()).toEqual([{ step: instruction, outcome: 'failed' }]);
    expect(world.current()).toBe('silence');
  });
});
