import { describe, expect, test } from 'vitest';
import { createProgramWorld } from '../../../../test/support/program.ts';
import type { Instruction } from '../../programs/index.ts';

const next = { do: 'silence', seconds: 60 } as const;

describe('hold and unhold', () => {
  test('a held leg hears music and is not heard', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'hold' }, next);
    expect(world.engine.world.legs.get(world.engineLeg)).toMatchObject({
      music: true,
      muted: ['in'],
    });
    expect(world.leg().heldBy).toEqual(['program']);
    expect(world.journal.eventsOf('leg.held')).toMatchObject([{ by: 'program' }]);
  });

  test('a resumed leg is heard again', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'hold' }, { do: 'unhold' }, next);
    expect(world.engine.world.legs.get(world.engineLeg)).toMatchObject({
      music: false,
      muted: [],
    });
    expect(world.journal.eventsOf('leg.resumed')).toHaveLength(1);
  });

  test('a leg that is muted stays so when it is resumed', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'mute' }, { do: 'hold' }, { do: 'unhold' }, next);
    expect(world.engine.world.legs.get(world.engineLeg)).toMatchObject({
      music: false,
      muted: ['in'],
    });
  });

  test('a held leg that is unmuted stays silent until it is resumed', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'mute' }, { do: 'hold' }, { do: 'unmute' }, next);
    expect(world.engine.world.legs.get(world.engineLeg)?.muted).toEqual(['in']);
  });

  test('the phone’s own hold is written down, its music is the phone’s matter', async () => {
    const world = createProgramWorld();
    await world.runs(next);
    world.engine.holds(world.engineLeg);
    await world.settled();
    expect(world.leg().heldBy).toEqual(['phone']);
    expect(world.engine.commands).toEqual([]);
    world.engine.resumes(world.engineLeg);
    expect(world.leg().heldBy).toEqual([]);
  });

  test('who is held by phone and program is free when both let go', async () => {
    const world = createProgramWorld();
    world.engine.holds(world.engineLeg);
    await world.runs({ do: 'hold' }, { do: 'unhold' }, next);
    expect(world.leg().heldBy).toEqual(['phone']);
    world.engine.resumes(world.engineLeg);
    await world.settled();
    expect(world.journal.eventsOf('leg.held')).toHaveLength(1);
    expect(world.journal.eventsOf('leg.resumed')).toHaveLength(1);
  });
});

describe('mute and unmute', () => {
  test('silence the microphone, and open it', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'mute' }, next);
    expect(world.engine.world.legs.get(world.engineLeg)?.muted).toEqual(['in']);
    await world.runs({ do: 'unmute' }, next);
    expect(world.engine.world.legs.get(world.engineLeg)?.muted).toEqual([]);
    await world.settled();
    expect(world.journal.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['leg.muted', 'leg.unmuted']),
    );
  });
});

const refused: readonly (readonly [Instruction, 'startMusic' | 'mute' | 'unmute' | 'stopMusic'])[] =
  [
    [{ do: 'hold' }, 'startMusic'],
    [{ do: 'mute' }, 'mute'],
  ];

test.each(refused)(
  '$do fails when the engine refuses, and is not written down',
  async (instruction, command) => {
    const world = createProgramWorld();
    world.engine.refuse(command);
    await world.runs(instruction, next);
    expect(world.results()).toEqual([{ step: instruction.do, outcome: 'failed' }]);
    expect(world.leg()).toMatchObject({ heldBy: [], mutedBy: [] });
  },
);
