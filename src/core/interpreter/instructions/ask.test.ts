import { describe, expect, test } from 'vitest';
import { createProgramWorld } from '../../../../test/support/program.ts';

const question = { hook: 'menu' };

describe('ask', () => {
  test('tells the source how the instruction before ended', async () => {
    const world = createProgramWorld();
    await world.runs(
      { do: 'gather', maxDigits: 1, timeoutSeconds: 5, interDigitSeconds: 2 },
      { do: 'ask', question },
    );
    world.engine.presses(world.engineLeg, '4');
    await world.settled();
    expect(world.application.asked).toMatchObject([
      {
        source: { dialect: 'native', reference: 'test' },
        legId: world.leg().id,
        question,
        result: { outcome: 'done', digits: '4' },
      },
    ]);
  });

  test('puts what the source answers in place of everything that follows', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'ask', question }, { do: 'hold' });
    world.application.answer([
      { do: 'tag', data: { order: 4710, voice: 'de' } },
      { do: 'tag', data: { order: 4711 } },
      { do: 'wait' },
    ]);
    await world.settled();
    expect(world.leg().tag).toEqual({ order: 4711, voice: 'de' });
    expect(world.current()).toBe('wait');
    expect(world.leg().heldBy).toEqual([]);
  });

  test('goes on with what follows if the source has nothing to say', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'ask', question }, { do: 'wait' });
    world.application.answer(undefined);
    await world.settled();
    expect(world.current()).toBe('wait');
  });

  test('ends the leg if the answer is that nothing is left to do', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'ask', question }, { do: 'wait' });
    world.application.answer([]);
    await world.settled();
    expect(world.engine.commands.at(-1)).toMatchObject({ name: 'hangUp', leg: world.engineLeg });
  });

  test('takes the way out if the source does not answer', async () => {
    const world = createProgramWorld({ state: 'waiting' });
    await world.runs(
      {
        do: 'ask',
        question,
        otherwise: [{ do: 'hangup', cause: 'no_answer', sipStatus: 480 }],
      },
      { do: 'wait' },
    );
    world.application.answer(new Error('it is away'));
    await world.settled();
    expect(world.engine.commands.at(-1)).toMatchObject({ name: 'hangUp', sipStatus: 480 });
  });

  test('goes on if there is no way out', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'ask', question }, { do: 'wait' });
    world.application.answer(new Error('it is away'));
    await world.settled();
    expect(world.results()).toEqual([{ step: 'ask', outcome: 'failed', reason: 'unanswered' }]);
    expect(world.current()).toBe('wait');
  });

  test('does not hear an answer that comes when the program was replaced', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'ask', question });
    await world.runs({ do: 'wait' });
    world.application.answer([{ do: 'tag', data: { order: 'too late' } }]);
    await world.settled();
    expect(world.leg().tag).toBeUndefined();
    expect(world.current()).toBe('wait');
  });

  test('asks again after a restart, under the same key', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'ask', question });
    await world.restart();
    const [before, after] = world.application.asked;
    expect(after).toEqual(before);
  });
});
