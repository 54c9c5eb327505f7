import { describe, expect, test } from 'vitest';
import { uriOf } from '../../../../test/support/given.ts';
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

/** Legs that the engine was asked to make, in order. */
const made = ({ engine }: ProgramWorld): readonly EngineLegId[] =>
  engine.asked('dialLeg').map(({ leg }) => leg);

/** The n-th leg that was made. */
function nth(world: ProgramWorld, at: number): EngineLegId {
  const leg = made(world)[at];
  if (!leg) throw new Error(`only ${made(world).length} legs were made`);
  return leg;
}

describe.each(['answers first', 'facts first'] as const)('dial (%s)', (order) => {
  test('rings somebody, tells the caller, and joins them on the answer', async () => {
    const world = createProgramWorld({ order, state: 'waiting' });
    await world.runs(dial([dialled('202')]));
    const callee = nth(world, 0);
    world.engine.rings(callee);
    await world.settled();
    expect(world.engine.asked('ring')).toEqual([{ name: 'ring', leg: world.engineLeg }]);
    world.engine.answers(callee);
    await world.settled();
    expect(world.leg().state).toBe('answered');
    expect(world.engine.heardBy(world.engineLeg)).toEqual([callee]);
  });

  test('a caller who is answered already hears the ringing tone until somebody answers', async () => {
    const world = createProgramWorld({ order });
    await world.runs(dial([dialled('202')]));
    world.engine.rings(nth(world, 0));
    await world.settled();
    expect([...world.engine.world.playbacks.values()]).toMatchObject([
      { target: { leg: world.engineLeg }, media: [{ kind: 'tone', tone: 'ring', country: 'DE' }] },
    ]);
    world.engine.answers(nth(world, 0));
    await world.settled();
    expect(world.engine.world.playbacks.size).toBe(0);
  });

  test('ends the conversation when it has lasted as long as it may', async () => {
    const world = createProgramWorld({ order });
    await world.runs(dial([dialled('202')], { mostSeconds: 60 }), next);
    world.engine.answers(nth(world, 0));
    await world.settled();
    world.clock.advance({ seconds: 59 });
    await world.settled();
    expect(world.current()).toBe('dial');
    world.clock.advance({ seconds: 1 });
    await world.settled();
    expect(world.results()).toMatchObject([{ step: 'dial', outcome: 'answered' }]);
    expect(world.leg().state).toBe('answered');
  });

  test('gives the new leg its headers, and what the source keeps with it', async () => {
    const world = createProgramWorld({ order });
    const headers = { 'X-Order': '4711' };
    await world.runs(dial([dialled('202')], { headers, tag: { order: 4711 } }));
    expect(world.engine.asked('dialLeg')).toMatchObject([{ headers }]);
    const child = world.live.legByEngineId(nth(world, 0));
    expect(child).toMatchObject({ tag: { order: 4711 }, source: world.leg().source });
  });

  test('the ids of legs are stored before the engine is asked to make them', async () => {
    const world = createProgramWorld({ order });
    const databaseIsBack = world.journal.holdBack();
    world.interpreter.run(world.leg().id, { dialect: 'native', reference: 'test' }, [
      dial([dialled('202')]),
    ]);
    await Promise.resolve();
    expect(made(world)).toEqual([]);
    databaseIsBack();
    await world.settled();
    const stored = world.journal.entries.flatMap(({ legs }) =>
      legs.map(({ engineId }) => engineId),
    );
    expect(stored).toContain(nth(world, 0));
  });

  test('in parallel the first answer wins, and the others are told so', async () => {
    const world = createProgramWorld({ order });
    await world.runs(dial([dialled('202'), dialled('203')]));
    const [bob, carol] = [nth(world, 0), nth(world, 1)];
    world.engine.rings(bob);
    world.engine.rings(carol);
    world.engine.answers(carol);
    await world.settled();
    expect(world.engine.asked('hangUp')).toEqual([
      { name: 'hangUp', leg: bob, cause: 'completed_elsewhere' },
    ]);
    expect(world.engine.heardBy(world.engineLeg)).toEqual([carol]);
  });

  test('two answer at once: the first wins, the other is told it was completed elsewhere', async () => {
    const world = createProgramWorld({ order });
    await world.runs(dial([dialled('202'), dialled('203')]));
    const [bob, carol] = [nth(world, 0), nth(world, 1)];
    world.engine.answers(bob);
    world.engine.answers(carol);
    await world.settled();
    expect(world.engine.heardBy(world.engineLeg)).toEqual([bob]);
    expect(world.engine.asked('hangUp')).toEqual(
      expect.arrayContaining([{ name: 'hangUp', leg: carol, cause: 'completed_elsewhere' }]),
    );
    expect(world.live.legByEngineId(carol)?.state).toBe('hangup');
    world.engine.ends(bob);
    await world.settled();
    expect(await world.engine.snapshot()).toEqual({ legs: [], bridges: [] });
  });

  test('one after the other, the second rings when the first is busy', async () => {
    const world = createProgramWorld({ order });
    await world.runs(dial([dialled('202'), dialled('203')], { order: 'sequential' }));
    expect(made(world)).toHaveLength(1);
    world.engine.ends(nth(world, 0), 'busy', 486);
    await world.settled();
    expect(world.engine.asked('dialLeg')[1]).toMatchObject({
      target: { uri: uriOf(world.carol.phone) },
    });
  });

  test('one after the other, the second rings when the first does not answer in time', async () => {
    const world = createProgramWorld({ order });
    await world.runs(dial([dialled('202'), dialled('203')], { order: 'sequential' }));
    world.engine.rings(nth(world, 0));
    world.clock.advance({ seconds: 30 });
    await world.settled();
    expect(made(world)).toHaveLength(2);
  });

  test('somebody without a registered phone is passed over', async () => {
    const world = createProgramWorld({ order });
    world.given.unplugged(world.bob.phone);
    await world.runs(dial([dialled('202'), dialled('203')], { order: 'sequential' }));
    expect(world.engine.asked('dialLeg')).toMatchObject([
      { target: { uri: uriOf(world.carol.phone) } },
    ]);
  });

  test('a phone that the engine cannot ring counts as not registered', async () => {
    const world = createProgramWorld({ order });
    world.engine.refuse('dialLeg');
    await world.runs(dial([dialled('202'), dialled('203')], { order: 'sequential' }));
    expect(made(world)).toHaveLength(2);
    expect(world.journal.cdrs).toMatchObject([{ number: '202', cause: 'unregistered' }]);
  });

  test('every device of a user rings', async () => {
    const world = createProgramWorld({ order });
    world.given.phone(world.bob, 'bob-mobile');
    await world.runs(dial([{ kind: 'user', userId: world.bob.user.id }]));
    expect(made(world)).toHaveLength(2);
  });

  test('one endpoint can be rung by its name', async () => {
    const world = createProgramWorld({ order });
    const mobile = world.given.phone(world.bob, 'bob-mobile');
    await world.runs(dial([{ kind: 'endpoint', username: 'bob-mobile' }]));
    expect(world.engine.asked('dialLeg')).toMatchObject([{ target: { uri: uriOf(mobile) } }]);
  });

  test.each([
    ['busy', 'busy'],
    ['rejected', 'rejected'],
    ['no_answer', 'no_answer'],
    ['unregistered', 'unreachable'],
  ] as const)(
    'when the last one ended with %s, it is %s and the program goes on',
    async (cause, outcome) => {
      const world = createProgramWorld({ order });
      await world.runs(dial([dialled('202')]), next);
      const legId = world.live.legByEngineId(nth(world, 0))?.id;
      world.engine.ends(nth(world, 0), cause);
      await world.settled();
      expect(world.results()).toEqual([{ step: 'dial', outcome, reason: cause, legId }]);
      expect(world.current()).toBe('silence');
    },
  );

  test('as the last instruction it ends the leg with the cause', async () => {
    const world = createProgramWorld({ order });
    await world.runs(dial([dialled('202')]));
    world.engine.ends(nth(world, 0), 'busy');
    await world.settled();
    expect(world.engine.asked('hangUp')).toEqual([
      { name: 'hangUp', leg: world.engineLeg, cause: 'busy' },
    ]);
  });

  test('what is to follow otherwise, follows', async () => {
    const world = createProgramWorld({ order });
    const otherwise = [{ do: 'say', text: 'Nobody is there.' }] as const;
    await world.runs(dial([dialled('202')], { otherwise }), next);
    world.engine.ends(nth(world, 0), 'no_answer');
    await world.settled();
    expect(world.speech.said).toEqual(['Nobody is there.']);
    world.engine.playsOut();
    expect(world.current()).toBe('silence');
  });

  test('when the callee hangs up the program goes on', async () => {
    const world = createProgramWorld({ order });
    await world.runs(dial([dialled('202')]), next);
    world.engine.answers(nth(world, 0));
    await world.settled();
    world.engine.ends(nth(world, 0));
    await world.settled();
    expect(world.results()).toMatchObject([{ step: 'dial', outcome: 'answered' }]);
    expect(world.current()).toBe('silence');
    expect((await world.engine.snapshot()).bridges).toEqual([]);
  });

  test('the caller cancels while it rings: every phone stops', async () => {
    const world = createProgramWorld({ order, state: 'waiting' });
    await world.runs(dial([dialled('202'), dialled('203')]));
    world.engine.rings(nth(world, 0));
    await world.settled();
    world.engine.ends(world.engineLeg);
    await world.settled();
    expect(world.engine.asked('hangUp').map(({ leg }) => leg)).toEqual(
      expect.arrayContaining([nth(world, 0), nth(world, 1)]),
    );
    expect(await world.engine.snapshot()).toEqual({ legs: [], bridges: [] });
    expect(world.live.calls()).toEqual([]);
  });

  test('the caller cancels before the engine has made the leg: it does not ring on', async () => {
    const world = createProgramWorld({ order, state: 'waiting' });
    const goOn = world.engine.stall('dialLeg');
    await world.runs(dial([dialled('202')]));
    world.engine.ends(world.engineLeg);
    await world.settled();
    goOn();
    await world.settled();
    expect(await world.engine.snapshot()).toEqual({ legs: [], bridges: [] });
    expect(world.live.calls()).toEqual([]);
  });

  test('the caller cancels while the callee answers: nobody is left alone, nothing is left behind', async () => {
    const world = createProgramWorld({ order, state: 'waiting' });
    await world.runs(dial([dialled('202')]));
    world.engine.answers(nth(world, 0));
    world.engine.ends(world.engineLeg);
    await world.settled();
    expect(await world.engine.snapshot()).toEqual({ legs: [], bridges: [] });
    expect(world.live.calls()).toEqual([]);
  });

  test.each(['createBridge', 'join', 'answer'] as const)(
    'the caller cancels while the engine is busy with %s: nothing is left behind',
    async (command) => {
      const world = createProgramWorld({ order, state: 'waiting' });
      await world.runs(dial([dialled('202')]));
      const goOn = world.engine.stall(command);
      world.engine.answers(nth(world, 0));
      await world.settled();
      world.engine.ends(world.engineLeg);
      await world.settled();
      goOn();
      await world.settled();
      expect(await world.engine.snapshot()).toEqual({ legs: [], bridges: [] });
      expect(world.live.calls()).toEqual([]);
    },
  );

  test('a callee whom the engine cannot join is let go', async () => {
    const world = createProgramWorld({ order });
    await world.runs(dial([dialled('202')]), next);
    world.engine.refuse('join');
    world.engine.answers(nth(world, 0));
    await world.settled();
    expect(world.engine.asked('hangUp')).toEqual([
      { name: 'hangUp', leg: nth(world, 0), cause: 'failure' },
    ]);
    expect(world.current()).toBe('silence');
    expect((await world.engine.snapshot()).bridges).toEqual([]);
  });

  test('another program in its place stops the phones that ring', async () => {
    const world = createProgramWorld({ order });
    await world.runs(dial([dialled('202')]));
    world.engine.rings(nth(world, 0));
    await world.settled();
    await world.runs(next);
    expect(world.engine.asked('hangUp')).toEqual([
      { name: 'hangUp', leg: nth(world, 0), cause: 'completed_elsewhere' },
    ]);
    expect(world.engine.world.playbacks.size).toBe(0);
  });

  test('keys of the conversation are reported when that was asked for', async () => {
    const world = createProgramWorld({ order });
    await world.runs(dial([dialled('202')], { dtmfEvents: true }));
    world.engine.answers(nth(world, 0));
    await world.settled();
    expect(world.engine.asked('createBridge')).toMatchObject([{ dtmf: true }]);
  });

  test('a feature code among its targets becomes its own program', async () => {
    const world = createProgramWorld({ order });
    await world.runs(dial([dialled('*97')]), next);
    expect(world.speech.said).toEqual(['There is no mailbox here.']);
  });
});

describe('a dial after a restart', () => {
  test('goes on talking, and the end of the callee ends it', async () => {
    const world = createProgramWorld();
    await world.runs(dial([dialled('202')]), next);
    const callee = nth(world, 0);
    world.engine.answers(callee);
    await world.settled();
    const core = await world.restart();
    await core.settled();
    expect(world.engine.commands).toEqual([]);
    world.engine.ends(callee);
    await core.settled();
    expect(core.leg(world.engineLeg).program?.position).toBe(1);
    expect((await world.engine.snapshot()).bridges).toEqual([]);
  });

  test('goes on ringing, and an answer joins the two', async () => {
    const world = createProgramWorld();
    await world.runs(dial([dialled('202')]), next);
    const callee = nth(world, 0);
    world.engine.rings(callee);
    await world.settled();
    const core = await world.restart();
    await core.settled();
    expect(world.engine.commands).toEqual([]);
    world.engine.answers(callee);
    await core.settled();
    expect(world.engine.heardBy(world.engineLeg)).toEqual([callee]);
    expect(world.engine.world.playbacks.size).toBe(0);
  });

  test('an answer that nobody heard is caught up', async () => {
    const world = createProgramWorld();
    await world.runs(dial([dialled('202')]), next);
    const callee = nth(world, 0);
    world.engine.goAway();
    world.engine.answers(callee);
    const core = await world.restart();
    world.engine.comeBack();
    await core.settled();
    expect(world.engine.heardBy(world.engineLeg)).toEqual([callee]);
    expect((await world.engine.snapshot()).bridges).toHaveLength(1);
  });

  test('the next one rings when the first went meanwhile', async () => {
    const world = createProgramWorld();
    await world.runs(dial([dialled('202'), dialled('203')], { order: 'sequential' }), next);
    world.engine.goAway();
    world.engine.ends(nth(world, 0));
    const core = await world.restart();
    world.engine.comeBack();
    await core.settled();
    expect(world.engine.asked('dialLeg')).toMatchObject([
      { target: { uri: uriOf(world.carol.phone) } },
    ]);
  });

  test('is over when the callee went meanwhile', async () => {
    const world = createProgramWorld();
    await world.runs(dial([dialled('202')]), next);
    world.engine.answers(nth(world, 0));
    await world.settled();
    world.engine.goAway();
    world.engine.ends(nth(world, 0));
    const core = await world.restart();
    world.engine.comeBack();
    await core.settled();
    expect(core.leg(world.engineLeg).program?.position).toBe(1);
    expect(world.journal.cdrs).toMatchObject([{ cause: 'engine_lost' }]);
  });
});
