import { describe, expect, test } from 'vitest';
import { createProgramWorld } from '../../../../test/support/program.ts';
import type { Instruction } from '../../programs/index.ts';

const hello = { kind: 'file', path: '/sounds/hello.wav' } as const;
const next = { do: 'silence', seconds: 60 } as const;

describe('play', () => {
  test('plays to the leg and is done when the sound is over', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'play', sounds: [hello] }, next);
    expect(world.engine.asked('play')).toMatchObject([
      { target: { leg: world.engineLeg }, media: [hello] },
    ]);
    world.engine.playsOut();
    expect(world.results()).toMatchObject([{ step: 'play', outcome: 'done' }]);
  });

  test('plays as often as was asked for', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'play', sounds: [hello], loop: 3 }, next);
    for (let turn = 0; turn < 3; turn += 1) {
      expect(world.current()).toBe('play');
      world.engine.playsOut();
      await world.settled();
    }
    expect(world.current()).toBe('silence');
    expect(world.engine.asked('play')).toHaveLength(3);
  });

  test('plays on without end until it has lasted as long as it may, and says how long that was', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'play', sounds: [hello], loop: 0, mostSeconds: 30 }, next);
    for (let turn = 0; turn < 20; turn += 1) {
      world.engine.playsOut();
      await world.settled();
    }
    expect(world.current()).toBe('play');
    world.clock.advance({ seconds: 30 });
    await world.settled();
    expect(world.results()).toEqual([{ step: 'play', outcome: 'done', seconds: 30 }]);
    expect(world.engine.world.playbacks.size).toBe(0);
  });

  test('stops at the same instant when a server took over meanwhile', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'play', sounds: [hello], loop: 0, mostSeconds: 30 }, next);
    world.clock.advance({ seconds: 20 });
    const core = await world.restart();
    world.clock.advance({ seconds: 10 });
    await core.settled();
    expect(world.engine.world.playbacks.size).toBe(0);
  });

  test('fetches sounds from an address, from some second on', async () => {
    const world = createProgramWorld();
    const url = 'https://files.example/hello.mp3';
    await world.runs({ do: 'play', sounds: [{ kind: 'url', url, seekSeconds: 2 }] });
    expect(world.engine.asked('play')).toMatchObject([
      { media: [{ kind: 'file', path: '/sounds/hello.mp3@2' }] },
    ]);
  });

  test('fails when a sound cannot be fetched, and the program goes on', async () => {
    const world = createProgramWorld();
    world.sounds.refuseNext(new Error('nobody answers there'));
    const url = 'https://files.example/hello.mp3';
    await world.runs({ do: 'play', sounds: [{ kind: 'url', url }] }, next);
    expect(world.results()).toMatchObject([{ step: 'play', outcome: 'failed' }]);
  });

  test('speaks texts among its sounds in the language of the account', async () => {
    const world = createProgramWorld();
    world.given.changedAccount(world.acme, { language: 'de' });
    const speech = { kind: 'speech', text: 'Guten Tag' } as const;
    await world.runs({ do: 'play', sounds: [hello, speech] });
    expect(world.engine.asked('play')).toMatchObject([
      { media: [hello, { kind: 'file', path: '/speech/de/1.wav' }] },
    ]);
  });

  test('fails when the sound cannot be played, and the program goes on', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'play', sounds: [hello] }, next);
    world.engine.playsOut(undefined, false);
    expect(world.results()).toMatchObject([{ step: 'play', outcome: 'failed' }]);
    expect(world.current()).toBe('silence');
  });

  test('fails when the engine refuses, and the program goes on', async () => {
    const world = createProgramWorld();
    world.engine.refuse('play');
    await world.runs({ do: 'play', sounds: [hello] }, next);
    expect(world.results()).toMatchObject([{ step: 'play', outcome: 'failed' }]);
  });

  test('does not take the end of another sound for its own', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'play', sounds: [hello] }, { do: 'play', sounds: [hello] }, next);
    const [first] = world.engine.asked('play');
    world.engine.playsOut(first?.playback);
    await world.settled();
    world.engine.playsOut(first?.playback);
    expect(world.results()).toHaveLength(1);
  });

  test('stops the sound when another program takes its place', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'play', sounds: [hello] });
    const [first] = world.engine.asked('play');
    await world.runs(next);
    expect(world.engine.asked('stopPlayback')).toEqual([
      { name: 'stopPlayback', playback: first?.playback },
    ]);
  });

  test('asks nothing of the engine once the caller has hung up', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'play', sounds: [hello] }, { do: 'play', sounds: [hello] });
    world.engine.forgetCommands();
    world.engine.ends(world.engineLeg);
    await world.settled();
    expect(world.engine.commands).toEqual([]);
  });

  test('starts again after a restart, with what is left to play', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'play', sounds: [hello], loop: 2 }, next);
    world.engine.playsOut();
    await world.settled();
    const core = await world.restart();
    await core.settled();
    expect(world.engine.asked('stopPlayback')).toHaveLength(1);
    expect([...world.engine.world.playbacks.values()]).toHaveLength(1);
    world.engine.playsOut();
    await core.settled();
    expect(core.leg(world.engineLeg).program?.position).toBe(1);
  });
});

describe('say', () => {
  test('speaks a text in its language', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'say', text: 'Bonjour', language: 'fr' }, next);
    expect(world.speech.said).toEqual(['Bonjour']);
    expect(world.engine.asked('play')).toMatchObject([{ media: [{ path: '/speech/fr/1.wav' }] }]);
    world.engine.playsOut();
    expect(world.current()).toBe('silence');
  });

  test('fails without a voice, and the program goes on', async () => {
    const world = createProgramWorld();
    world.speech.loseVoice(new Error('the voice is gone'));
    await world.runs({ do: 'say', text: 'Hello' }, next);
    expect(world.results()).toMatchObject([{ step: 'say', outcome: 'failed' }]);
    expect(world.current()).toBe('silence');
  });

  test('says it again after a restart', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'say', text: 'Hello' }, next);
    const core = await world.restart();
    await core.settled();
    expect(world.speech.said).toEqual(['Hello', 'Hello']);
    expect(world.engine.world.playbacks.size).toBe(1);
  });
});

describe('tone', () => {
  const ring: Instruction = { do: 'tone', tone: 'ring', seconds: 4 };

  test('sounds as in the country of the account, for its seconds', async () => {
    const world = createProgramWorld();
    await world.runs(ring, next);
    expect(world.engine.asked('play')).toMatchObject([
      { media: [{ kind: 'tone', tone: 'ring', country: 'DE' }] },
    ]);
    world.clock.advance({ seconds: 3 });
    expect(world.current()).toBe('tone');
    world.clock.advance({ seconds: 1 });
    await world.settled();
    expect(world.current()).toBe('silence');
    expect(world.engine.world.playbacks.size).toBe(0);
  });

  test('fails when the engine refuses, and is not waited for', async () => {
    const world = createProgramWorld();
    world.engine.refuse('play');
    await world.runs(ring, next);
    expect(world.results()).toMatchObject([{ step: 'tone', outcome: 'failed' }]);
  });

  test('sounds once after a restart, and ends', async () => {
    const world = createProgramWorld();
    await world.runs(ring, next);
    const core = await world.restart();
    await core.settled();
    expect(world.engine.world.playbacks.size).toBe(1);
    world.clock.advance({ seconds: 4 });
    await core.settled();
    expect(world.engine.world.playbacks.size).toBe(0);
    expect(core.leg(world.engineLeg).program?.position).toBe(1);
  });
});

describe('silence', () => {
  test('waits for its seconds and asks nothing of the engine', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'silence', seconds: 5 }, { do: 'hangup' });
    world.clock.advance({ seconds: 4 });
    expect(world.current()).toBe('silence');
    expect(world.engine.commands).toEqual([]);
    world.clock.advance({ seconds: 1 });
    expect(world.current()).toBe('hangup');
  });

  test('is not waited for once the caller has hung up', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'silence', seconds: 5 });
    world.engine.ends(world.engineLeg);
    expect(world.clock.waiting()).toBe(0);
  });
});
