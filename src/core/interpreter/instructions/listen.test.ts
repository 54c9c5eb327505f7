import { describe, expect, test } from 'vitest';
import { createProgramWorld } from '../../../../test/support/program.ts';
import type { DetectWish, StreamWish } from '../../programs/index.ts';

const next = { do: 'silence', seconds: 60 } as const;
const stream: StreamWish = { ear: 'in', earRate: 8_000, mouthRate: 8_000, words: { to: 'x' } };

describe('listen', () => {
  test('gives the sound of the leg to somebody outside until that one ends it', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'listen', stream }, next);
    const [given] = world.application.streams;
    expect(given?.question).toMatchObject({ legId: world.leg().id, wish: stream });
    const [audio] = world.engine.audioOf(world.engineLeg);
    expect(audio?.options).toEqual({ ear: 'in', earRate: 8_000, mouthRate: 8_000 });
    expect(world.engine.world.legs.get(world.engineLeg)?.silence).toBe(true);
    world.clock.advance({ seconds: 7 });
    given?.ends();
    await world.settled();
    expect(world.results()).toEqual([{ step: 'listen', outcome: 'done', seconds: 7 }]);
    expect(world.engine.audioOf(world.engineLeg)).toEqual([]);
    expect(world.engine.world.legs.get(world.engineLeg)?.silence).toBe(false);
  });

  test('hands on keys, and ends with one of those that end it', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'listen', stream, finishOnKey: '#*' }, next);
    const [given] = world.application.streams;
    world.engine.presses(world.engineLeg, '5#');
    await world.settled();
    expect(given?.keys).toEqual(['5', '#']);
    expect(given?.isOver()).toBe(true);
    expect(world.results()).toMatchObject([{ step: 'listen', outcome: 'done', digits: '#' }]);
  });

  test('lasts no longer than it may', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'listen', stream, mostSeconds: 5 }, next);
    world.clock.advance({ seconds: 5 });
    await world.settled();
    expect(world.application.streams[0]?.isOver()).toBe(true);
    expect(world.current()).toBe('silence');
  });

  test.each([
    ['cannot be opened', 'openAudio'],
    ['is taken by nobody', undefined],
  ] as const)('fails when the sound %s, and the program goes on', async (_what, command) => {
    const world = createProgramWorld();
    if (command) world.engine.refuse(command);
    await world.runs({ do: 'listen', stream }, next);
    world.application.streams[0]?.fails(new Error('nobody there'));
    await world.settled();
    expect(world.results()).toMatchObject([{ step: 'listen', outcome: 'failed' }]);
    expect(world.engine.audioOf(world.engineLeg)).toEqual([]);
  });

  test('ends with the leg, and leaves nothing open', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'listen', stream }, next);
    world.engine.ends(world.engineLeg);
    await world.settled();
    expect(world.application.streams[0]?.isOver()).toBe(true);
  });

  test('that another program takes the place of leaves nothing open, even while it is being opened', async () => {
    const world = createProgramWorld();
    const goOn = world.engine.stall('openAudio');
    await world.runs({ do: 'listen', stream }, next);
    await world.runs(next);
    goOn();
    await world.settled();
    expect(world.application.streams).toEqual([]);
    expect(world.engine.audioOf(world.engineLeg)).toEqual([]);
  });

  test('begins anew after a restart', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'listen', stream }, next);
    const core = await world.restart();
    await core.settled();
    expect(world.application.streams).toHaveLength(2);
    expect(world.engine.audioOf(world.engineLeg)).toHaveLength(1);
  });
});

describe('listen-start and listen-stop', () => {
  test('stream beside the program, from one to the other', async () => {
    const world = createProgramWorld();
    await world.runs(
      { do: 'listen-start', stream },
      { do: 'silence', seconds: 10 },
      { do: 'listen-stop' },
      next,
    );
    const [given] = world.application.streams;
    expect(world.leg().streams).toHaveLength(1);
    expect(given?.isOver()).toBe(false);
    world.interpreter.streams.steer(world.leg().id, 'pause');
    expect(given?.steered).toEqual(['pause']);
    world.clock.advance({ seconds: 10 });
    await world.settled();
    expect(given?.isOver()).toBe(true);
    expect(world.leg().streams).toEqual([]);
  });

  test('go on after a restart', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'listen-start', stream }, next);
    const core = await world.restart();
    await core.settled();
    expect(world.application.streams).toHaveLength(2);
    expect(core.leg(world.engineLeg).streams).toHaveLength(1);
  });
});

describe('a dial with a stream', () => {
  test('streams while the two talk', async () => {
    const world = createProgramWorld();
    const target = { kind: 'dialled', dialled: '202' } as const;
    await world.runs(
      { do: 'dial', targets: [target], order: 'parallel', ringTimeoutSeconds: 30, stream },
      next,
    );
    const callee = world.engine.asked('dialLeg')[0]?.leg;
    if (!callee) throw new Error('nobody was rung');
    expect(world.application.streams).toEqual([]);
    world.engine.answers(callee);
    await world.settled();
    expect(world.application.streams).toHaveLength(1);
    world.engine.ends(callee);
    await world.settled();
    expect(world.application.streams[0]?.isOver()).toBe(true);
    expect(world.leg().streams).toEqual([]);
  });
});

describe('detect-answer', () => {
  const detect: DetectWish = {
    settings: {
      longestGreetingMs: 200,
      waitingMs: 800,
      noSpeechMs: 1_000,
      decisionMs: 5_000,
      greetingOverMs: 500,
      toneMs: 1_000,
    },
    question: 'who?',
  };
  const loud = () => {
    const bytes = Buffer.alloc(16_000);
    for (let at = 0; at < 8_000; at += 1)
      bytes.writeInt16LE(Math.round(8_000 * Math.sin(at) * Math.sin(at / 7)), at * 2);
    return bytes;
  };

  test('asks with every sign, one after the other, while the program goes on', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'detect-answer', detect }, next);
    expect(world.current()).toBe('silence');
    const [audio] = world.engine.audioOf(world.engineLeg);
    audio?.sounds(Buffer.alloc(16_000));
    await world.settled();
    expect(world.application.asked).toMatchObject([
      { question: 'who?', legId: world.leg().id, sign: { sign: 'no_speech' } },
    ]);
    world.application.answer(undefined);
    await world.settled();
    expect(world.application.asked[1]).toMatchObject({ sign: { sign: 'over' } });
    expect(world.engine.audioOf(world.engineLeg)).toEqual([]);
    expect(world.current()).toBe('silence');
  });

  test('does what is answered instead of what it did', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'detect-answer', detect }, next);
    world.engine.audioOf(world.engineLeg)[0]?.sounds(loud());
    await world.settled();
    expect(world.application.asked).toMatchObject([{ sign: { sign: 'machine' } }]);
    world.application.answer([{ do: 'say', text: 'A message' }]);
    await world.settled();
    expect(world.speech.said).toEqual(['A message']);
  });
});
