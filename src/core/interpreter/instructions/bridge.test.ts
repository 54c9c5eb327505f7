import { describe, expect, test } from 'vitest';
import { createProgramWorld } from '../../../../test/support/program.ts';

describe.each(['answers first', 'facts first'] as const)('bridge (%s)', (order) => {
  test('joins the leg with another one, and tells both', async () => {
    const world = createProgramWorld({ order });
    const other = await world.otherLeg(world.bob);
    await world.runs({ do: 'bridge', legId: other.id });
    expect(world.engine.heardBy(world.engineLeg)).toEqual([other.engineId]);
    expect(world.live.partnersOf(world.leg()).map(({ id }) => id)).toEqual([other.id]);
    expect(world.journal.eventsOf('leg.joined')).toHaveLength(2);
  });

  test('goes on with the program when the other one has ended', async () => {
    const world = createProgramWorld({ order });
    const other = await world.otherLeg(world.bob);
    await world.runs({ do: 'bridge', legId: other.id }, { do: 'silence', seconds: 60 });
    world.engine.ends(other.engineId);
    await world.settled();
    expect(world.current()).toBe('silence');
    expect(world.leg().bridge).toBeUndefined();
    expect((await world.engine.snapshot()).bridges).toEqual([]);
  });

  test('lets the other one go when the leg itself hangs up', async () => {
    const world = createProgramWorld({ order });
    const other = await world.otherLeg(world.bob);
    await world.runs({ do: 'bridge', legId: other.id });
    world.engine.ends(world.engineLeg);
    await world.settled();
    expect(await world.engine.snapshot()).toEqual({ legs: [], bridges: [] });
    expect(world.live.calls()).toEqual([]);
  });

  test('is unreachable when the other leg is not up', async () => {
    const world = createProgramWorld({ order });
    const other = await world.otherLeg(world.bob);
    world.engine.ends(other.engineId);
    await world.runs({ do: 'bridge', legId: other.id }, { do: 'silence', seconds: 60 });
    expect(world.results()).toMatchObject([{ step: 'bridge', outcome: 'unreachable' }]);
  });

  test('fails when the engine refuses, and leaves no bridge behind', async () => {
    const world = createProgramWorld({ order });
    const other = await world.otherLeg(world.bob);
    world.engine.refuse('join');
    await world.runs({ do: 'bridge', legId: other.id }, { do: 'silence', seconds: 60 });
    expect(world.results()).toMatchObject([{ step: 'bridge', outcome: 'failed' }]);
    expect((await world.engine.snapshot()).bridges).toEqual([]);
  });

  test('another program in its place takes the leg out of the bridge', async () => {
    const world = createProgramWorld({ order });
    const other = await world.otherLeg(world.bob);
    await world.runs({ do: 'bridge', legId: other.id });
    const third = await world.otherLeg(world.carol);
    await world.runs({ do: 'bridge', legId: third.id });
    expect(world.engine.heardBy(world.engineLeg)).toEqual([third.engineId]);
    expect((await world.engine.snapshot()).bridges).toHaveLength(1);
  });

  test('goes on after a restart without touching the bridge', async () => {
    const world = createProgramWorld({ order });
    const other = await world.otherLeg(world.bob);
    await world.runs({ do: 'bridge', legId: other.id });
    const core = await world.restart();
    await core.settled();
    expect(world.engine.commands).toEqual([]);
    world.engine.ends(other.engineId);
    await core.settled();
    expect(await world.engine.snapshot()).toEqual({ legs: [], bridges: [] });
  });

  test('is over after a restart when the other leg went meanwhile', async () => {
    const world = createProgramWorld({ order });
    const other = await world.otherLeg(world.bob);
    await world.runs({ do: 'bridge', legId: other.id }, { do: 'silence', seconds: 60 });
    world.engine.goAway();
    world.engine.ends(other.engineId);
    const core = await world.restart();
    world.engine.comeBack();
    await core.settled();
    expect(core.leg(world.engineLeg).program?.position).toBe(1);
  });
});
