import { describe, expect, test } from 'vitest';
import { createProgramWorld } from '../../../../test/support/program.ts';

describe('hangup', () => {
  test('ends the leg with its cause', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'hangup', cause: 'busy' });
    expect(world.engine.asked('hangUp')).toEqual([
      { name: 'hangUp', leg: world.engineLeg, cause: 'busy' },
    ]);
    expect(world.journal.cdrs).toMatchObject([{ cause: 'busy' }]);
  });

  test('nothing of the program happens after it', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'hangup' }, { do: 'say', text: 'Are you still there?' });
    expect(world.speech.said).toEqual([]);
  });

  test('a program that is over ends its leg', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'hold' });
    expect(world.engine.asked('hangUp')).toMatchObject([{ cause: 'normal' }]);
  });

  test('is asked again after a restart', async () => {
    const world = createProgramWorld();
    world.engine.leaveToTest('hangUp');
    await world.runs({ do: 'hangup', cause: 'busy' });
    const core = await world.restart();
    await core.settled();
    expect(world.engine.asked('hangUp')).toMatchObject([{ cause: 'busy' }]);
  });
});
