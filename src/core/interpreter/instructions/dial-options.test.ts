import { describe, expect, test } from 'vitest';
import { createProgramWorld, type ProgramWorld } from '../../../../test/support/program.ts';
import type { EngineLegId } from '../../../engine/port/index.ts';
import type { DialInstruction, DialTarget } from '../../programs/index.ts';

const next = { do: 'silence', seconds: 60 } as const;
const dialled = (number: string): DialTarget => ({ kind: 'dialled', dialled: number });
const dial = (
  targets: readonly DialTarget[],
  change: Partial<DialInstruction> = {},
): DialInstruction => ({
  do: 'dial',
  targets,
  order: 'parallel',
  ringTimeoutSeconds: 30,
  ...change,
});
const made = ({ engine }: ProgramWorld): readonly EngineLegId[] =>
  engine.asked('dialLeg').map(({ leg }) => leg);
function nth(world: ProgramWorld, at: number): EngineLegId {
  const leg = made(world)[at];
  if (!leg) throw new Error(`only ${made(world).length} legs were made`);
  return leg;
}

/** Asks for one key, which whoever answered must press. */
const question = [{ do: 'ask', question: 'may I?' }] as const;
const hangup = { do: 'hangup', cause: 'normal' } as const;

describe('a dial that asks whoever answers', () => {
  test('does so on that leg alone, while the caller hears ringing, and joins who is still there', async () => {
    const world = createProgramWorld();
    await world.runs(dial([dialled('202')], { confirm: question }), next);
    const callee = nth(world, 0);
    world.engine.rings(callee);
    world.engine.answers(callee);
    await world.settled();
    const leg = world.live.legByEngineId(callee);
    expect(world.application.asked).toMatchObject([{ question: 'may I?', legId: leg?.id }]);
    expect(world.engine.heardBy(world.engineLeg)).toEqual([]);
    expect(world.engine.world.playbacks.size).toBe(1);
    world.application.answer([{ do: 'say', text: 'A call for you' }]);
    await world.settled();
    expect(world.speech.said).toEqual(['A call for you']);
    const [spoken] = world.engine
      .asked('play')
      .filter(({ target }) => 'leg' in target && target.leg === callee);
    world.engine.playsOut(spoken?.playback);
    await world.settled();
    expect(world.engine.heardBy(world.engineLeg)).toEqual([callee]);
    expect(world.engine.world.playbacks.size).toBe(0);
    world.engine.ends(callee);
    await world.settled();
    expect(world.results()).toMatchObject([{ step: 'dial', outcome: 'answered' }]);
  });

  test('goes on when that one hangs up or is hung up', async () => {
    const world = createProgramWorld();
    await world.runs(dial([dialled('202')], { confirm: question }), next);
    world.engine.answers(nth(world, 0));
    await world.settled();
    world.application.answer([hangup]);
    await world.settled();
    expect(world.results()).toMatchObject([{ step: 'dial', outcome: 'unreachable' }]);
    expect(world.current()).toBe('silence');
  });

  test('lets the others ring on: whoever is accepted first wins', async () => {
    const world = createProgramWorld();
    await world.runs(dial([dialled('202'), dialled('203')], { confirm: question }), next);
    const [bob, carol] = [nth(world, 0), nth(world, 1)];
    world.engine.answers(bob);
    await world.settled();
    expect(world.engine.asked('hangUp')).toEqual([]);
    world.engine.answers(carol);
    await world.settled();
    expect(world.application.asked).toHaveLength(2);
    world.application.answer([next]);
    world.application.answer([]);
    await world.settled();
    expect(world.engine.heardBy(world.engineLeg)).toEqual([carol]);
    expect(world.engine.asked('hangUp')).toEqual([
      { name: 'hangUp', leg: bob, cause: 'completed_elsewhere' },
    ]);
  });

  test('asks each in the way that was said for it', async () => {
    const world = createProgramWorld();
    const targets = [
      { ...dialled('202'), confirm: [{ do: 'ask', question: 'Bob?' }] as const },
      dialled('203'),
    ];
    await world.runs(dial(targets), next);
    world.engine.answers(nth(world, 0));
    await world.settled();
    expect(world.application.asked).toMatchObject([{ question: 'Bob?' }]);
    world.engine.answers(nth(world, 1));
    await world.settled();
    expect(world.engine.heardBy(world.engineLeg)).toEqual([nth(world, 1)]);
  });

  test('leaves nobody behind when the caller hangs up meanwhile', async () => {
    const world = createProgramWorld();
    await world.runs(dial([dialled('202')], { confirm: question }), next);
    world.engine.answers(nth(world, 0));
    await world.settled();
    world.engine.ends(world.engineLeg);
    await world.settled();
    expect(await world.engine.snapshot()).toEqual({ legs: [], bridges: [] });
    expect(world.live.calls()).toEqual([]);
  });

  test('asks again after a restart, and joins who is accepted', async () => {
    const world = createProgramWorld();
    await world.runs(dial([dialled('202')], { confirm: question }), next);
    const callee = nth(world, 0);
    world.engine.answers(callee);
    await world.settled();
    const core = await world.restart();
    await core.settled();
    expect(world.application.asked).toHaveLength(2);
    world.application.answer([]);
    world.application.answer([]);
    await core.settled();
    expect(world.engine.heardBy(world.engineLeg)).toEqual([callee]);
  });
});

describe('what a caller hears instead of ringing', () => {
  const ringback = [{ kind: 'url', url: 'https://a.example/music.mp3' }] as const;

  test('begins at once, and again when it is over, until somebody answers', async () => {
    const world = createProgramWorld();
    await world.runs(dial([dialled('202')], { ringback }), next);
    const heard = () => [...world.engine.world.playbacks.values()].map(({ media }) => media);
    expect(heard()).toEqual([[{ kind: 'file', path: '/sounds/music.mp3' }]]);
    world.engine.rings(nth(world, 0));
    world.engine.playsOut();
    await world.settled();
    expect(heard()).toEqual([[{ kind: 'file', path: '/sounds/music.mp3' }]]);
    expect(world.engine.asked('play')).toHaveLength(2);
    world.engine.answers(nth(world, 0));
    await world.settled();
    expect(heard()).toEqual([]);
    expect(world.engine.heardBy(world.engineLeg)).toEqual([nth(world, 0)]);
  });

  test('gives way to the ringing tone if it cannot be had', async () => {
    const world = createProgramWorld();
    world.sounds.refuseNext(new Error('not there'));
    await world.runs(dial([dialled('202')], { ringback }), next);
    expect(world.engine.asked('play')).toMatchObject([{ media: [{ kind: 'tone', tone: 'ring' }] }]);
  });

  test('stops when nobody answered', async () => {
    const world = createProgramWorld();
    await world.runs(dial([dialled('202')], { ringback }), next);
    world.engine.ends(nth(world, 0), 'busy');
    await world.settled();
    expect(world.engine.world.playbacks.size).toBe(0);
    expect(world.current()).toBe('silence');
  });
});

describe('keys during the conversation', () => {
  const keyWatch = { caller: ['*2'], callee: ['9'], notice: { tell: 'keys' } };

  test('of either side are told when they complete a sequence', async () => {
    const world = createProgramWorld();
    await world.runs(dial([dialled('202')], { keyWatch }), next);
    const callee = nth(world, 0);
    world.engine.presses(world.engineLeg, '*2');
    world.engine.answers(callee);
    await world.settled();
    expect(world.engine.asked('createBridge')).toMatchObject([{ dtmf: true }]);
    expect(world.application.told).toEqual([]);
    world.engine.presses(world.engineLeg, '1*29');
    world.engine.presses(callee, '*29');
    await world.settled();
    expect(world.application.told).toMatchObject([
      { legId: world.leg().id, digits: '*2', notice: { tell: 'keys' } },
      { legId: world.live.legByEngineId(callee)?.id, digits: '9' },
    ]);
  });
});

describe('an address somewhere else', () => {
  const sip: DialTarget = {
    kind: 'sip',
    uri: 'sip:carol@pbx.example;transport=tcp',
    username: 'u',
    sealedPassword: 'sealed p',
    headers: { 'X-Own': '1' },
    callerId: { name: 'Acme' },
  };

  test('is called where the guard says, with its own headers, caller and login', async () => {
    const world = createProgramWorld();
    const callerId = { number: '+4930111' };
    await world.runs(dial([sip], { headers: { 'X-All': '2' }, callerId }), next);
    expect(world.engine.asked('dialLeg')).toMatchObject([
      {
        target: {
          kind: 'sip',
          uri: 'sip:carol@pbx.example;transport=tcp',
          route: { address: '203.0.113.5', port: 5060 },
          login: { username: 'u', password: 'p' },
        },
        headers: { 'X-All': '2', 'X-Own': '1' },
        caller: { number: '+4930111', name: 'Acme' },
      },
    ]);
    expect(world.live.legByEngineId(nth(world, 0))).toMatchObject({
      number: 'carol@pbx.example',
      party: { kind: 'remote' },
    });
  });

  test('that may not be called ends without the engine', async () => {
    const world = createProgramWorld();
    await world.runs(dial([{ kind: 'sip', uri: 'sip:a@private.example' }]), next);
    expect(made(world)).toEqual([]);
    expect(world.results()).toMatchObject([{ step: 'dial', outcome: 'unreachable' }]);
    expect(world.current()).toBe('silence');
  });
});
