import { describe, expect, test } from 'vitest';
import { uriOf } from '../../../../test/support/given.ts';
import { createProgramWorld } from '../../../../test/support/program.ts';

describe('transfer', () => {
  test.each(['blind', 'attended'] as const)('%s dials the new party at once', async (how) => {
    const world = createProgramWorld();
    await world.runs({ do: 'transfer', how, dialled: '203' });
    expect(world.engine.asked('dialLeg')).toMatchObject([
      { target: { uri: uriOf(world.carol.phone) } },
    ]);
    expect(world.current()).toBe('dial');
  });

  test('shows the new party the number that was asked for', async () => {
    const world = createProgramWorld();
    const callerId = { number: '+4922166980201' };
    await world.runs({ do: 'transfer', how: 'blind', dialled: '203', callerId });
    expect(world.engine.asked('dialLeg')).toMatchObject([{ caller: callerId }]);
  });
});
