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

  test('a recording is paused and goes on', async () => {
    const world = createProgramWorld();
    await world.runs(
      { do: 'record-start' },
      { do: 'record-pause' },
      { do: 'silence', seconds: 5 },
      { do: 'record-resume' },
      next,
    );
    const [running] = world.engine.world.recordings.values();
    expect(running?.paused).toBe(true);
    world.clock.advance({ seconds: 5 });
    await world.settled();
    expect([...world.engine.world.recordings.values()]).toMatchObject([{ paused: false }]);
    expect(world.current()).toBe('silence');
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

describe('a server that dies while it starts a recording', () => {
  test('after the engine has begun, before that is written: there is one recording, and the program goes on', async () => {
    const world = createProgramWorld();
    const begins = world.engine.stall('record');
    await world.runs({ do: 'record-start' }, next);
    const isDead = world.journal.loseWrites();
    begins();
    await world.settled();
    isDead();
    const core = await world.restart();
    await core.settled();
    const [recording] = world.journal.recordings();
    expect([...world.engine.world.recordings.keys()]).toEqual([recording?.id]);
    expect(core.leg(world.engineLeg)).toMatchObject({
      recordings: [{ recordingId: recording?.id }],
      program: { position: 1 },
    });
    expect(world.journal.eventsOf('recording.started')).toMatchObject([
      { recordingId: recording?.id },
    ]);
  });

  test('before the engine has heard of it: the one recording is begun by the next server', async () => {
    const world = createProgramWorld();
    const hears = world.engine.stall('record');
    await world.runs({ do: 'record-start' }, next);
    const isDead = world.journal.loseWrites();
    world.engine.refuse('record');
    hears();
    await world.settled();
    isDead();
    expect(world.engine.world.recordings.size).toBe(0);
    const core = await world.restart();
    await core.settled();
    world.clock.advance({ seconds: 5 });
    await world.engine.stopRecording([...world.engine.world.recordings.keys()][0] as never);
    await core.settled();
    expect(world.journal.recordings()).toMatchObject([{ state: 'stored', durationSeconds: 5 }]);
  });
});
