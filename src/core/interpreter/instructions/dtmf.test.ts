import { describe, expect, test } from 'vitest';
import { createProgramWorld } from '../../../../test/support/program.ts';

const next = { do: 'silence', seconds: 60 } as const;

describe('dtmf', () => {
  test('sends keys and waits until they have sounded', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'dtmf', digits: '1234', toneMs: 200, gapMs: 50 }, next);
    expect(world.engine.asked('sendDtmf')).toMatchObject([
      { leg: world.engineLeg, digits: '1234', timing: { toneMs: 200, gapMs: 50 } },
    ]);
    world.clock.advance({ seconds: 0.999 });
    expect(world.current()).toBe('dtmf');
    world.clock.advance({ seconds: 0.001 });
    expect(world.results()).toEqual([{ step: 'dtmf', outcome: 'done' }]);
  });

  test('fails when the engine refuses, and does not wait', async () => {
    const world = createProgramWorld();
    world.engine.refuse('sendDtmf');
    await world.runs({ do: 'dtmf', digits: '1' }, next);
    expect(world.results()).toEqual([{ step: 'dtmf', outcome: 'failed' }]);
  });
});
