import { describe, expect, test } from 'vitest';
import { createProgramWorld } from '../../../test/support/program.ts';

const hello = [{ kind: 'file', path: '/sounds/hello.wav' }] as const;

describe('a program', () => {
  test('runs its instructions one after the other', async () => {
    const world = createProgramWorld({ state: 'waiting' });
    await world.runs({ do: 'answer' }, { do: 'mute' }, { do: 'play', sounds: hello });
    expect(world.results().map(({ step }) => step)).toEqual(['answer', 'mute']);
    expect(world.current()).toBe('play');
  });

  test('is stored at every boundary, with the state of what runs', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'mute' }, { do: 'play', sounds: hello });
    const { legs } = await world.journal.loadLive();
    expect(legs).toMatchObject([{ program: { position: 1, run: { left: 1 } } }]);
  });

  test('goes on with the next instruction when one fails', async () => {
    const world = createProgramWorld();
    world.engine.refuse('mute');
    await world.runs({ do: 'mute' }, { do: 'play', sounds: hello });
    expect(world.current()).toBe('play');
  });

  test('an empty one ends the leg', async () => {
    const world = createProgramWorld();
    await world.runs();
    expect(world.engine.asked('hangUp')).toMatchObject([{ leg: world.engineLeg, cause: 'normal' }]);
  });

  test('that replaces another one is the only one that runs', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'silence', seconds: 5 }, { do: 'hangup', cause: 'busy' });
    await world.runs({ do: 'silence', seconds: 60 });
    world.clock.advance({ seconds: 10 });
    await world.settled();
    expect(world.current()).toBe('silence');
    expect(world.engine.asked('hangUp')).toEqual([]);
  });

  test('is over when the leg hangs up, whatever it waits for', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'silence', seconds: 5 }, { do: 'play', sounds: hello });
    world.engine.ends(world.engineLeg);
    world.clock.advance({ seconds: 10 });
    await world.settled();
    expect(world.engine.commands).toEqual([]);
    expect(world.live.calls()).toEqual([]);
  });

  test('an answer of the engine that comes after the leg has ended changes nothing', async () => {
    const world = createProgramWorld();
    const goOn = world.engine.stall('mute');
    await world.runs({ do: 'mute' }, { do: 'play', sounds: hello });
    world.engine.ends(world.engineLeg);
    await world.settled();
    goOn();
    await world.settled();
    expect(world.engine.asked('play')).toEqual([]);
    expect(world.results()).toEqual([]);
  });

  test('commands to a leg keep their order, however long one takes', async () => {
    const world = createProgramWorld();
    const goOn = world.engine.stall('play');
    await world.runs({ do: 'play', sounds: hello });
    const muted = world.interpreter.mailboxes
      .of(world.leg().id)
      .post(() => world.engine.mute(world.engineLeg, 'in'));
    await world.settled();
    expect(world.engine.commands.map(({ name }) => name)).toEqual(['play']);
    goOn();
    await muted;
    expect(world.engine.commands.map(({ name }) => name)).toEqual(['play', 'mute']);
  });

  test('that was dropped leaves the leg as it is', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'play', sounds: hello });
    world.interpreter.drop(world.leg().id, 'replaced');
    await world.settled();
    expect(world.leg()).toMatchObject({ state: 'answered', program: undefined });
    expect(world.engine.asked('hangUp')).toEqual([]);
  });
});
