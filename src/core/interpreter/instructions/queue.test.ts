import { describe, expect, test } from 'vitest';
import { createMeeting, type Meeting } from '../../../../test/support/meeting.ts';
import type { EngineLegId } from '../../../engine/port/index.ts';
import type { DequeueInstruction, EnqueueInstruction } from '../../programs/index.ts';

const inQueue = (change: Partial<EnqueueInstruction> = {}): EnqueueInstruction => ({
  do: 'enqueue',
  name: 'support',
  ...change,
});

const fromQueue = (change: Partial<DequeueInstruction> = {}): DequeueInstruction => ({
  do: 'dequeue',
  name: 'support',
  ...change,
});

const waiting = (world: Meeting): readonly EngineLegId[] =>
  (world.queue('support')?.entries ?? []).flatMap(
    ({ legId }) => world.live.leg(legId)?.engineId ?? [],
  );

const musicOf = (world: Meeting, leg: EngineLegId) => world.engine.world.legs.get(leg)?.music;

describe.each(['answers first', 'facts first'] as const)('a queue (%s)', (order) => {
  test('is made by the first that waits, who hears music', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inQueue());
    expect(musicOf(world, a)).toBe(true);
    expect(world.queue('support')).toMatchObject({ reserved: false, entries: [{ priority: 999 }] });
    expect(world.eventsOf('queue.joined')).toMatchObject([
      { queueName: 'support', length: 1, position: 0, number: '201' },
    ]);
  });

  test('answers a caller who was not answered', async () => {
    const world = await createMeeting({ order });
    const leg = world.dials(world.alice, '202');
    await world.runs(leg, inQueue());
    expect(world.leg(leg).state).toBe('answered');
    expect(waiting(world)).toEqual([leg]);
  });

  test('serves in the order of priority, then of coming', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inQueue());
    const b = await world.comes(world.bob, inQueue());
    const c = await world.comes(world.carol, inQueue({ priority: 1 }));
    expect(waiting(world)).toEqual([c, a, b]);
    expect(world.eventsOf('queue.joined').map(({ position }) => position)).toEqual([0, 1, 0]);
  });

  test('joins the first with who takes, merges their calls, and tells how long it took', async () => {
    const world = await createMeeting({ order });
    const caller = await world.comes(world.alice, inQueue());
    world.clock.advance({ seconds: 42 });
    const agent = await world.comes(world.bob, fromQueue());
    expect(world.engine.hears(agent)).toEqual([caller]);
    expect(world.engine.hears(caller)).toEqual([agent]);
    expect(world.leg(agent).callId).toBe(world.leg(caller).callId);
    expect(world.eventsOf('call.ended')).toMatchObject([{ mergedInto: world.leg(caller).callId }]);
    expect(world.eventsOf('queue.left')).toMatchObject([
      { reason: 'bridged', waitedSeconds: 42, length: 0, takenBy: world.leg(agent).id },
    ]);
    expect(world.queue('support')).toBeUndefined();
    expect(world.told('leg.joined')).toHaveLength(2);
  });

  test('the caller goes on with its program when the agent hangs up', async () => {
    const world = await createMeeting({ order });
    const caller = await world.comes(world.alice, inQueue());
    world.clock.advance({ seconds: 4 });
    const agent = await world.comes(world.bob, fromQueue());
    const { id } = world.leg(agent);
    world.clock.advance({ seconds: 100 });
    world.engine.ends(agent);
    await world.settled();
    expect(world.current(caller)).toBe('wait');
    expect(world.results(caller)).toEqual([
      { step: 'enqueue', outcome: 'bridged', seconds: 4, legId: id },
    ]);
    expect(world.bridges()).toEqual([]);
    expect(world.leg(caller).bridge).toBeUndefined();
  });

  test('the agent goes on with its program when the caller hangs up', async () => {
    const world = await createMeeting({ order });
    const caller = await world.comes(world.alice, inQueue());
    const agent = await world.comes(world.bob, fromQueue());
    world.engine.ends(caller);
    await world.settled();
    expect(world.current(agent)).toBe('wait');
    expect(world.results(agent)).toMatchObject([{ step: 'dequeue', outcome: 'bridged' }]);
    expect(world.bridges()).toEqual([]);
  });

  test('who takes first gets the first that comes; two get two', async () => {
    const world = await createMeeting({ order });
    const bob = await world.comes(world.bob, fromQueue());
    const carol = await world.comes(world.carol, fromQueue());
    expect(world.queue('support')?.takers).toHaveLength(2);
    const a = await world.comes(world.alice, inQueue());
    expect(world.engine.hears(a)).toEqual([bob]);
    const b = await world.comes(world.alice, inQueue());
    expect(world.engine.hears(b)).toEqual([carol]);
    expect(world.queue('support')).toBeUndefined();
  });

  test('two who take at the same moment get one each', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inQueue());
    const b = await world.comes(world.alice, inQueue());
    const [bob, carol] = [await world.up(world.bob), await world.up(world.carol)];
    await Promise.all([world.runs(bob, fromQueue()), world.runs(carol, fromQueue())]);
    await world.settled();
    expect([world.engine.hears(bob), world.engine.hears(carol)]).toEqual([[a], [b]]);
  });

  test('two who take when one waits: one gets it, the other waits', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inQueue());
    const [bob, carol] = [await world.up(world.bob), await world.up(world.carol)];
    await Promise.all([world.runs(bob, fromQueue()), world.runs(carol, fromQueue())]);
    await world.settled();
    expect(world.engine.hears(a)).toEqual([bob]);
    expect(world.engine.hears(carol)).toEqual([]);
    expect(world.queue('support')?.takers).toMatchObject([{ legId: world.leg(carol).id }]);
  });

  test('a caller who hangs up as the agent takes it: the next one is taken', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inQueue());
    const b = await world.comes(world.alice, inQueue());
    const release = world.engine.stall('join');
    const agent = await world.comes(world.bob, fromQueue());
    world.engine.ends(a);
    release();
    await world.settled();
    expect(world.engine.hears(agent)).toEqual([b]);
    expect(world.eventsOf('queue.left').map(({ reason }) => reason)).toEqual(['hangup', 'bridged']);
    expect(world.bridges()).toHaveLength(1);
  });

  test('a caller who hangs up as the last: the agent waits on', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inQueue());
    const release = world.engine.stall('createBridge');
    const agent = await world.comes(world.bob, fromQueue({ timeoutSeconds: 30 }));
    world.engine.ends(a);
    release();
    await world.settled();
    expect(world.current(agent)).toBe('dequeue');
    expect(world.bridges()).toEqual([]);
    const b = await world.comes(world.alice, inQueue());
    expect(world.engine.hears(agent)).toEqual([b]);
  });

  test('an agent who hangs up as it takes: the caller is back at its place, with music', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inQueue());
    const b = await world.comes(world.alice, inQueue());
    const release = world.engine.stall('join');
    const agent = await world.comes(world.bob, fromQueue());
    world.engine.ends(agent);
    release();
    await world.settled();
    expect(waiting(world)).toEqual([a, b]);
    expect(musicOf(world, a)).toBe(true);
    expect(world.bridges()).toEqual([]);
    const carol = await world.comes(world.carol, fromQueue());
    expect(world.engine.hears(carol)).toEqual([a]);
  });

  test.each(['createBridge', 'join'] as const)(
    'when the engine refuses %s the caller waits on and the taking fails',
    async (command) => {
      const world = await createMeeting({ order });
      const a = await world.comes(world.alice, inQueue());
      const agent = await world.up(world.bob);
      world.engine.refuse(command);
      await world.runs(agent, fromQueue(), { do: 'wait' });
      expect(world.results(agent).at(-1)).toMatchObject({ outcome: 'failed', reason: 'engine' });
      expect(waiting(world)).toEqual([a]);
      expect(musicOf(world, a)).toBe(true);
      expect(world.bridges()).toEqual([]);
    },
  );

  test('a caller who hangs up while waiting is gone', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inQueue());
    const { id } = world.leg(a);
    world.clock.advance({ seconds: 9 });
    world.engine.ends(a);
    await world.settled();
    expect(world.eventsOf('queue.left')).toMatchObject([
      { reason: 'hangup', legId: id, waitedSeconds: 9, takenBy: undefined },
    ]);
    expect(world.queue('support')).toBeUndefined();
  });

  test('what cuts a waiting short is known: a hang-up, or another program', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inQueue());
    world.clock.advance({ seconds: 5 });
    await world.runs(a, { do: 'silence', seconds: 60 });
    expect(world.results(a)).toEqual([{ step: 'enqueue', outcome: 'dequeued', seconds: 5 }]);
    expect(musicOf(world, a)).toBe(false);
    expect(world.eventsOf('queue.left')).toMatchObject([{ reason: 'dequeued' }]);
  });

  test('an agent waits only as long as it was told, in silence', async () => {
    const world = await createMeeting({ order });
    const agent = await world.comes(world.bob, fromQueue({ timeoutSeconds: 20 }));
    expect(world.engine.world.legs.get(agent)?.silence).toBe(true);
    world.clock.advance({ seconds: 20 });
    await world.settled();
    expect(world.results(agent)).toMatchObject([{ outcome: 'timeout' }]);
    expect(world.engine.world.legs.get(agent)?.silence).toBe(false);
    expect(world.queue('support')).toBeUndefined();
    const a = await world.comes(world.alice, inQueue());
    expect(waiting(world)).toEqual([a]);
  });

  test('a time limit does not end a conversation', async () => {
    const world = await createMeeting({ order });
    const caller = await world.comes(world.alice, inQueue());
    const agent = await world.comes(world.bob, fromQueue({ timeoutSeconds: 20 }));
    world.clock.advance({ seconds: 60 });
    await world.settled();
    expect(world.engine.hears(agent)).toEqual([caller]);
  });

  test('somebody who is named is taken out of turn; who does not wait cannot be taken', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inQueue());
    const b = await world.comes(world.alice, inQueue());
    const agent = await world.comes(world.bob, fromQueue({ legId: world.leg(b).id }));
    expect(world.engine.hears(agent)).toEqual([b]);
    expect(waiting(world)).toEqual([a]);
    const other = await world.comes(world.carol, fromQueue({ legId: world.leg(b).id }));
    expect(world.results(other)).toMatchObject([{ outcome: 'failed', reason: 'gone' }]);
  });

  test('a tone tells the agent that it is about to be joined', async () => {
    const world = await createMeeting({ order });
    const caller = await world.comes(world.alice, inQueue());
    const agent = await world.comes(world.bob, fromQueue({ beep: true }));
    expect(world.engine.asked('play')).toMatchObject([
      { target: { leg: agent }, media: [{ kind: 'beep' }] },
    ]);
    expect(musicOf(world, caller)).toBe(false);
    expect(world.engine.hears(agent)).toEqual([]);
    world.engine.playsOut();
    await world.settled();
    expect(world.engine.hears(agent)).toEqual([caller]);
  });

  test('a caller who hangs up during that tone: the agent waits on', async () => {
    const world = await createMeeting({ order });
    const caller = await world.comes(world.alice, inQueue());
    const agent = await world.comes(world.bob, fromQueue({ beep: true }));
    world.engine.ends(caller);
    await world.settled();
    expect(world.engine.world.playbacks.size).toBe(0);
    expect(world.current(agent)).toBe('dequeue');
    expect(world.queue('support')?.takers).toHaveLength(1);
  });
});

describe('waiting in a queue', () => {
  const asking = inQueue({
    meanwhile: { kind: 'program', repeat: true, instructions: [{ do: 'ask', question: '/wait' }] },
  });

  test('asks again and again what is to be heard, with place, length and time', async () => {
    const world = await createMeeting();
    const { application, clock } = world;
    await world.comes(world.bob, inQueue());
    const a = await world.comes(world.alice, asking);
    expect(application.asked).toMatchObject([
      {
        legId: world.leg(a).id,
        question: '/wait',
        awaited: { kind: 'queue', name: 'support', position: 1, length: 2, waitedSeconds: 0 },
      },
    ]);
    application.answer([{ do: 'say', text: 'You are number 2' }]);
    await world.settled();
    clock.advance({ seconds: 3 });
    world.engine.playsOut();
    clock.advance({ seconds: 0 });
    await world.settled();
    expect(application.asked[1]).toMatchObject({ awaited: { waitedSeconds: 3 } });
    expect(application.asked[1]?.key).not.toBe(application.asked[0]?.key);
  });

  test('asks not more than once a second', async () => {
    const world = await createMeeting();
    const { application, clock } = world;
    await world.comes(world.alice, asking);
    application.answer([]);
    await world.settled();
    expect(application.asked).toHaveLength(1);
    clock.advance({ seconds: 0.9 });
    await world.settled();
    expect(application.asked).toHaveLength(1);
    clock.advance({ seconds: 0.1 });
    await world.settled();
    expect(application.asked).toHaveLength(2);
  });

  test('goes on when nobody answers the question', async () => {
    const world = await createMeeting();
    const { application, clock } = world;
    const a = await world.comes(world.alice, asking);
    application.answer(new Error('nobody there'));
    await world.settled();
    clock.advance({ seconds: 1 });
    await world.settled();
    expect(application.asked).toHaveLength(2);
    expect(waiting(world)).toEqual([a]);
  });

  test('ends of the leg’s own will', async () => {
    const world = await createMeeting();
    const { application, clock } = world;
    const a = await world.comes(world.alice, asking);
    clock.advance({ seconds: 6 });
    application.answer([{ do: 'leave' }, { do: 'say', text: 'never heard' }]);
    await world.settled();
    expect(world.results(a)).toEqual([{ step: 'enqueue', outcome: 'left', seconds: 6 }]);
    expect(world.eventsOf('queue.left')).toMatchObject([{ reason: 'left' }]);
    expect(world.queue('support')).toBeUndefined();
    expect(world.engine.asked('play')).toEqual([]);
  });

  test('runs several instructions in order, then music where nothing is repeated', async () => {
    const world = await createMeeting();
    const a = await world.comes(
      world.alice,
      inQueue({
        meanwhile: {
          kind: 'program',
          repeat: false,
          instructions: [
            { do: 'tag', data: { seen: true } },
            { do: 'play', sounds: [{ kind: 'file', path: '/1.wav' }] },
            { do: 'silence', seconds: 2 },
            { do: 'play', sounds: [{ kind: 'file', path: '/2.wav' }] },
          ],
        },
      }),
    );
    expect(world.leg(a).tag).toEqual({ seen: true });
    world.engine.playsOut();
    world.clock.advance({ seconds: 2 });
    await world.settled();
    expect(world.engine.asked('play')).toHaveLength(2);
    expect(musicOf(world, a)).toBe(false);
    world.engine.playsOut();
    await world.settled();
    expect(musicOf(world, a)).toBe(true);
  });

  test('stops what is heard when somebody takes the leg, and begins again when that fails', async () => {
    const world = await createMeeting();
    const a = await world.comes(
      world.alice,
      inQueue({
        meanwhile: {
          kind: 'program',
          repeat: true,
          instructions: [{ do: 'play', sounds: [{ kind: 'file', path: '/1.wav' }] }],
        },
      }),
    );
    const release = world.engine.stall('join');
    const agent = await world.comes(world.bob, fromQueue());
    expect(world.engine.asked('stopPlayback')).toHaveLength(1);
    world.engine.ends(agent);
    release();
    await world.settled();
    expect(world.engine.asked('play')).toMatchObject([{ target: { leg: a } }]);
  });

  test('does not join the leg with others, nor begin another waiting', async () => {
    const world = await createMeeting();
    const a = await world.comes(
      world.alice,
      inQueue({
        meanwhile: {
          kind: 'program',
          repeat: false,
          instructions: [
            { do: 'conference', name: 'room' },
            { do: 'enqueue', name: 'other' },
            { do: 'play', sounds: [{ kind: 'file', path: '/1.wav' }] },
          ],
        },
      }),
    );
    expect(waiting(world)).toEqual([a]);
    expect(world.live.conferences.of(world.acme.id)).toEqual([]);
    expect(world.live.queues.of(world.acme.id)).toHaveLength(1);
    expect(world.engine.asked('play')).toHaveLength(1);
  });

  test('is no place to leave from when the leg does not wait', async () => {
    const world = await createMeeting();
    const a = await world.comes(world.alice, { do: 'leave' });
    expect(world.results(a)).toMatchObject([{ outcome: 'failed', reason: 'not waiting' }]);
  });

  test('keys reach the program that runs meanwhile', async () => {
    const world = await createMeeting();
    const a = await world.comes(
      world.alice,
      inQueue({
        meanwhile: {
          kind: 'program',
          repeat: true,
          instructions: [
            { do: 'gather', maxDigits: 1, timeoutSeconds: 60, interDigitSeconds: 5 },
            { do: 'leave' },
          ],
        },
      }),
    );
    world.engine.presses(a, '1');
    await world.settled();
    expect(world.results(a)).toMatchObject([{ outcome: 'left' }]);
  });
});

describe('a server that takes over', () => {
  test('leaves who waits in the queue, and joins them as before', async () => {
    const world = await createMeeting();
    const caller = await world.comes(world.alice, inQueue());
    world.clock.advance({ seconds: 10 });
    const next = await world.restart();
    await next.settled();
    expect(next.live.queues.named(world.acme.id, 'support')?.entries).toHaveLength(1);
    world.clock.advance({ seconds: 10 });
    const leg = next.dials(world.bob, '*97');
    await next.settled();
    next.control.run(next.leg(leg).id, { dialect: 'native', reference: 'test' }, [fromQueue()]);
    await next.settled();
    expect(world.engine.hears(leg)).toEqual([caller]);
    expect(world.journal.eventsOf('queue.left')).toMatchObject([{ waitedSeconds: 20 }]);
  });

  test('leaves those who talk alone, and lets the other go on when one hangs up', async () => {
    const world = await createMeeting();
    const caller = await world.comes(world.alice, inQueue());
    const agent = await world.comes(world.bob, fromQueue());
    world.engine.forgetCommands();
    const next = await world.restart();
    await next.settled();
    expect(world.engine.commands).toEqual([]);
    world.engine.ends(agent);
    await next.settled();
    expect(next.leg(caller).program).toMatchObject({ position: 1, result: { outcome: 'bridged' } });
  });

  test('joins two who were about to be joined', async () => {
    const world = await createMeeting();
    const caller = await world.comes(world.alice, inQueue());
    const release = world.engine.stall('createBridge');
    const agent = await world.comes(world.bob, fromQueue());
    const next = await world.restart();
    release();
    await next.settled();
    expect(world.engine.hears(agent)).toEqual([caller]);
    expect(next.live.queues.of(world.acme.id)).toEqual([]);
  });

  test('puts a caller back whose agent went meanwhile', async () => {
    const world = await createMeeting();
    const caller = await world.comes(world.alice, inQueue());
    world.engine.stall('createBridge');
    const agent = await world.comes(world.bob, fromQueue());
    world.engine.goAway();
    world.engine.ends(agent);
    const next = await world.restart();
    world.engine.comeBack();
    await next.settled();
    expect(next.live.queues.named(world.acme.id, 'support')?.entries).toMatchObject([
      { legId: next.leg(caller).id, takenBy: undefined },
    ]);
    expect(musicOf(world, caller)).toBe(true);
  });

  test('keeps an agent waiting until its time is over', async () => {
    const world = await createMeeting();
    const agent = await world.comes(world.bob, fromQueue({ timeoutSeconds: 30 }));
    const next = await world.restart();
    await next.settled();
    world.clock.advance({ seconds: 29 });
    await next.settled();
    expect(next.leg(agent).program?.position).toBe(0);
    world.clock.advance({ seconds: 1 });
    await next.settled();
    expect(next.leg(agent).program).toMatchObject({ position: 1, result: { outcome: 'timeout' } });
  });

  test('asks anew what somebody hears meanwhile', async () => {
    const world = await createMeeting();
    const { application } = world;
    await world.comes(
      world.alice,
      inQueue({
        meanwhile: {
          kind: 'program',
          repeat: true,
          instructions: [{ do: 'ask', question: '/wait' }],
        },
      }),
    );
    const next = await world.restart();
    await next.settled();
    expect(application.asked).toHaveLength(2);
    expect(application.asked[1]?.key).toBe(application.asked[0]?.key);
  });
});
