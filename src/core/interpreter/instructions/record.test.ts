import { describe, expect, test } from 'vitest';
import { createProgramWorld } from '../../../../test/support/program.ts';

const next = { do: 'silence', seconds: 60 } as const;

describe('record-start and record-stop', () => {
  test('a recording runs from one to the other, and its file is taken over', async () => {
    const world = createProgramWorld();
    await world.runs(
      { do: 'record-start' },
      { do: 'silence', seconds: 10 },
      { do: 'record-stop' },
      next,
    );
    const [running] = world.journal.recordings();
    expect(running).toMatchObject({ state: 'running', ownerUserId: world.alice.user.id });
    world.clock.advance({ seconds: 10 });
    await world.settled();
    expect(world.journal.recordings()).toMatchObject([
      { id: running?.id, state: 'stored', durationSeconds: 10, sizeBytes: 10 },
    ]);
    expect([...world.files.taken.values()]).toEqual([`/recordings/${running?.id}.wav`]);
    expect(world.leg().recordings).toEqual([]);
  });

  test('is stored before the engine is asked', async () => {
    const world = createProgramWorld();
    const databaseIsBack = world.journal.holdBack();
    world.interpreter.run(world.leg().id, { dialect: 'native', reference: 'test' }, [
      { do: 'record-start' },
    ]);
    await Promise.resolve();
    expect(world.engine.asked('record')).toEqual([]);
    databaseIsBack();
    await world.settled();
    expect(world.engine.asked('record')).toHaveLength(1);
  });

  test('several recordings may run at once', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'record-start' }, { do: 'record-start' }, next);
    expect(world.leg().recordings).toHaveLength(2);
    expect(world.journal.eventsOf('recording.started')).toHaveLength(2);
  });

  test('a recording that the engine refuses is failed, and the program goes on', async () => {
    const world = createProgramWorld();
    world.engine.refuse('record');
    await world.runs({ do: 'record-start' }, next);
    expect(world.results()).toEqual([{ step: 'record-start', outcome: 'failed' }]);
    expect(world.journal.recordings()).toMatchObject([{ state: 'failed' }]);
    expect(world.leg().recordings).toEqual([]);
  });

  test('the end of the leg ends the recording, which is stored', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'record-start' }, next);
    world.engine.ends(world.engineLeg);
    await world.settled();
    expect(world.journal.recordings()).toMatchObject([{ state: 'stored' }]);
    expect(world.journal.eventsOf('recording.stored')).toHaveLength(1);
  });

  test('a file that cannot be taken over makes the recording fail, and somebody is told', async () => {
    const world = createProgramWorld();
    world.files.refuseNext(new Error('the disk is full'));
    await world.runs({ do: 'record-start' }, { do: 'record-stop' }, next);
    expect(world.journal.recordings()).toMatchObject([{ state: 'failed' }]);
    expect(world.journal.eventsOf('recording.failed')).toHaveLength(1);
    expect(world.complaints()).toEqual(['a recording was lost']);
  });

  test('a recording that ends while no server listens is stored by the next one', async () => {
    const world = createProgramWorld();
    await world.runs({ do: 'record-start' }, next);
    world.engine.goAway();
    const core = await world.restart();
    world.clock.advance({ seconds: 7 });
    const [running] = world.journal.recordings();
    world.engine.endsRecording(running?.id as never);
    world.engine.comeBack();
    await core.settled();
    expect(world.journal.recordings()).toMatchObject([{ state: 'stored', durationSeconds: 8 }]);
  });
});
