import { describe, expect, test } from 'vitest';
import { createMeeting, inRoom } from '../../../../test/support/meeting.ts';

describe.each(['answers first', 'facts first'] as const)('a conference (%s)', (order) => {
  test('is made by its first leg; all who come hear each other, each in a call of its own', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inRoom());
    const b = await world.comes(world.bob, inRoom());
    const c = await world.comes(world.carol, inRoom());
    expect(world.engine.hears(a)).toEqual([b, c]);
    expect(world.engine.hears(c)).toEqual([a, b]);
    expect(new Set([a, b, c].map((leg) => world.leg(leg).callId)).size).toBe(3);
    expect(world.told('conference.')).toEqual([
      'conference.started',
      'conference.joined',
      'conference.joined',
      'conference.joined',
    ]);
    expect(world.eventsOf('conference.joined').map((event) => event.participants)).toEqual([
      1, 2, 3,
    ]);
  });

  test('goes with its last leg, and leaves nothing in the engine', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inRoom());
    const b = await world.comes(world.bob, inRoom());
    world.clock.advance({ seconds: 30 });
    world.engine.ends(a);
    await world.settled();
    expect(world.eventsOf('conference.left')).toMatchObject([
      { reason: 'hangup', participants: 1, joinedSeconds: 30, number: '201' },
    ]);
    expect(world.conference('room')?.participants).toHaveLength(1);
    world.engine.ends(b);
    await world.settled();
    expect(world.conference('room')).toBeUndefined();
    expect(world.eventsOf('conference.ended')).toMatchObject([
      { participants: 0, durationSeconds: 30 },
    ]);
    expect(await world.engine.snapshot()).toEqual({ legs: [], bridges: [] });
    expect(await world.journal.loadRooms()).toEqual({ conferences: [], queues: [] });
  });

  test('answers a caller who was not answered', async () => {
    const world = await createMeeting({ order });
    const leg = world.dials(world.alice, '202');
    await world.runs(leg, inRoom());
    expect(world.leg(leg).state).toBe('answered');
    expect(world.conference('room')?.participants).toMatchObject([{ state: 'inside' }]);
  });

  test('waits for a moderator with music, and then all who waited are let in', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inRoom({ startOnEnter: false }));
    const b = await world.comes(world.bob, inRoom({ startOnEnter: false }));
    expect(world.engine.world.legs.get(a)?.music).toBe(true);
    expect(world.engine.hears(a)).toEqual([]);
    expect(world.conference('room')).toMatchObject({ state: 'waiting', startedAt: undefined });
    const c = await world.comes(world.carol, inRoom());
    expect(world.engine.hears(a)).toHaveLength(2);
    expect(world.engine.hears(a)).toEqual(expect.arrayContaining([b, c]));
    expect(world.engine.world.legs.get(a)?.music).toBe(false);
    expect(world.told('conference.')).toEqual([
      'conference.waiting',
      'conference.waiting',
      'conference.started',
      'conference.joined',
      'conference.joined',
      'conference.joined',
    ]);
  });

  test('that never started is not told to have ended', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inRoom({ startOnEnter: false }));
    world.engine.ends(a);
    await world.settled();
    expect(world.told('conference.')).toEqual(['conference.waiting']);
    expect(world.conference('room')).toBeUndefined();
  });

  test('ends when its moderator leaves, if it was told to; the others go on with their programs', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inRoom({ endOnExit: true }));
    const b = await world.comes(world.bob, inRoom());
    const c = await world.comes(world.carol, inRoom());
    world.clock.advance({ seconds: 5 });
    world.engine.ends(a);
    await world.settled();
    expect([world.current(b), world.current(c)]).toEqual(['wait', 'wait']);
    expect(world.results(b)).toMatchObject([{ step: 'conference', outcome: 'ended', seconds: 5 }]);
    expect(world.eventsOf('conference.left').map(({ reason }) => reason)).toEqual([
      'hangup',
      'ended',
      'ended',
    ]);
    expect(world.told('conference.ended')).toHaveLength(1);
    expect(world.bridges()).toEqual([]);
    expect(world.leg(b).bridge).toBeUndefined();
  });

  test('goes on when a leg leaves that does not end it', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inRoom());
    const b = await world.comes(world.bob, inRoom());
    world.engine.ends(a);
    await world.settled();
    expect(world.current(b)).toBe('conference');
  });

  test('gives the others time when its moderator leaves', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inRoom({ endOnExit: true, endAfterSeconds: 20 }));
    const b = await world.comes(world.bob, inRoom());
    world.engine.ends(a);
    await world.settled();
    world.clock.advance({ seconds: 19 });
    await world.settled();
    expect(world.current(b)).toBe('conference');
    const c = await world.comes(world.carol, inRoom());
    world.clock.advance({ seconds: 1 });
    await world.settled();
    expect([world.current(b), world.current(c)]).toEqual(['wait', 'wait']);
    expect(world.results(c)).toMatchObject([{ outcome: 'ended', seconds: 1 }]);
  });

  test('goes on when another one who may end it comes in time', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inRoom({ endOnExit: true, endAfterSeconds: 20 }));
    const b = await world.comes(world.bob, inRoom());
    world.engine.ends(a);
    await world.settled();
    await world.comes(world.carol, inRoom({ endOnExit: true }));
    world.clock.advance({ seconds: 60 });
    await world.settled();
    expect(world.current(b)).toBe('conference');
  });

  test('refuses who is too many, and that one’s program goes on', async () => {
    const world = await createMeeting({ order });
    const two = inRoom({ maxParticipants: 2 });
    await world.comes(world.alice, two);
    await world.comes(world.bob, two);
    const c = await world.comes(world.carol, two);
    expect(world.results(c)).toMatchObject([{ outcome: 'failed', reason: 'full' }]);
    expect(world.current(c)).toBe('wait');
    expect(world.conference('room')?.participants).toHaveLength(2);
  });

  test('has a place again when somebody has left', async () => {
    const world = await createMeeting({ order });
    const two = inRoom({ maxParticipants: 2 });
    const a = await world.comes(world.alice, two);
    const b = await world.comes(world.bob, two);
    world.engine.ends(a);
    await world.settled();
    const c = await world.comes(world.carol, two);
    expect(world.engine.hears(c)).toEqual([b]);
  });

  test('whoever joins muted hears and is not heard', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inRoom());
    const b = await world.comes(world.bob, inRoom({ joinMuted: true }));
    expect(world.engine.hears(a)).toEqual([]);
    expect(world.engine.hears(b)).toEqual([a]);
    expect(world.leg(b).mutedBy).toEqual(['conference']);
  });

  test('a muting goes with the conference', async () => {
    const world = await createMeeting({ order });
    await world.comes(world.alice, inRoom());
    const b = await world.comes(world.bob, inRoom({ joinMuted: true }));
    await world.runs(b, { do: 'wait' });
    expect(world.leg(b).mutedBy).toEqual([]);
    expect(world.engine.world.legs.get(b)?.muted).toEqual([]);
  });

  test('beeps and plays what it is told to when somebody comes and goes', async () => {
    const world = await createMeeting({ order });
    await world.comes(world.alice, inRoom());
    const bye = { kind: 'file', path: '/bye.wav' } as const;
    const b = await world.comes(
      world.bob,
      inRoom({ beep: true, enterSound: [{ kind: 'speech', text: 'Hello' }], exitSound: [bye] }),
    );
    const bridge = world.conference('room')?.bridge;
    expect(world.engine.asked('play')).toMatchObject([
      { target: { bridge }, media: [{ kind: 'beep' }, { kind: 'file' }] },
    ]);
    world.engine.ends(b);
    await world.settled();
    expect(world.engine.asked('play').at(-1)).toMatchObject({ target: { bridge }, media: [bye] });
  });

  test('runs what is for a leg alone before it is let in', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inRoom());
    const b = await world.comes(
      world.bob,
      inRoom({ enter: [{ do: 'play', sounds: [{ kind: 'file', path: '/rules.wav' }] }] }),
    );
    expect(world.engine.asked('play')).toMatchObject([{ target: { leg: b } }]);
    expect(world.engine.hears(a)).toEqual([]);
    world.engine.playsOut();
    await world.settled();
    expect(world.engine.hears(a)).toEqual([b]);
  });

  test('whoever hangs up while joining leaves no trace', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inRoom());
    const release = world.engine.stall('join');
    const b = await world.comes(world.bob, inRoom());
    world.engine.ends(b);
    release();
    await world.settled();
    expect(world.conference('room')?.participants).toHaveLength(1);
    expect(world.engine.heardBy(a)).toEqual([]);
    expect(world.told('conference.left')).toEqual([]);
  });

  test('whoever is taken elsewhere while joining does not stay in it', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inRoom());
    const release = world.engine.stall('join');
    const b = await world.comes(world.bob, inRoom());
    await world.runs(b, { do: 'silence', seconds: 60 });
    release();
    await world.settled();
    expect(world.engine.heardBy(a)).toEqual([]);
    expect(world.conference('room')?.participants).toHaveLength(1);
  });

  test.each(['createBridge', 'join'] as const)(
    'fails for a leg when the engine refuses %s',
    async (command) => {
      const world = await createMeeting({ order });
      world.engine.refuse(command);
      const a = await world.comes(world.alice, inRoom());
      expect(world.results(a)).toMatchObject([{ outcome: 'failed', reason: 'engine' }]);
      expect(world.conference('room')).toBeUndefined();
      expect(world.bridges()).toEqual([]);
    },
  );

  test('another program in its place takes the leg out', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inRoom());
    const b = await world.comes(world.bob, inRoom());
    await world.runs(b, { do: 'silence', seconds: 60 });
    expect(world.engine.hears(a)).toEqual([]);
    expect(world.eventsOf('conference.left')).toMatchObject([{ reason: 'replaced' }]);
  });

  test('whoever speaks to some alone is heard by them alone, whenever they come', async () => {
    const world = await createMeeting({ order });
    const coach = await world.comes(world.alice, inRoom({ speakOnlyTo: 'agent' }));
    const caller = await world.comes(world.bob, inRoom());
    expect(world.engine.hears(caller)).toEqual([]);
    const agent = await world.comes(world.carol, inRoom({ memberTag: 'agent' }));
    expect(world.engine.hears(agent)).toEqual([coach, caller]);
    expect(world.engine.hears(caller)).toEqual([agent]);
    expect(world.engine.hears(coach)).toEqual([caller, agent]);
    await world.runs(coach, { do: 'silence', seconds: 60 });
    expect(world.engine.world.legs.get(coach)?.coaches).toBeUndefined();
  });

  test('keys are passed on where that is wished', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inRoom({ passKeys: true }));
    const b = await world.comes(world.bob, inRoom());
    world.engine.presses(b, '1');
    world.engine.presses(a, '5');
    await world.settled();
    expect(world.engine.asked('sendDtmf')).toMatchObject([{ leg: b, digits: '5' }]);
  });

  test('tells who talks where somebody wants to know', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inRoom());
    world.engine.talks(a, true);
    await world.settled();
    expect(world.live.conferences.talks(world.leg(a).id)).toBe(true);
    expect(world.told('conference.talking')).toEqual([]);
    await world.comes(world.bob, inRoom({ tellTalking: true }));
    world.engine.talks(a, false);
    await world.settled();
    expect(world.eventsOf('conference.talking')).toMatchObject([{ talking: false, number: '201' }]);
    expect(world.live.conferences.talks(world.leg(a).id)).toBe(false);
  });

  test('tells that who is muted talks no more, and talks again afterwards', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inRoom({ tellTalking: true }));
    const talks = () => world.eventsOf('conference.talking').map(({ talking }) => talking);
    const mute = (on: boolean) =>
      world.control.calls.mute(world.alice.actor, world.leg(a).callId, on);
    world.engine.talks(a, true);
    await mute(true);
    expect(talks()).toEqual([true, false]);
    await mute(false);
    expect(talks()).toEqual([true, false, true]);
    await mute(true);
    world.engine.talks(a, false);
    await mute(false);
    await world.settled();
    expect(talks()).toEqual([true, false, true, false]);
  });

  test('is recorded whole where that is wished', async () => {
    const world = await createMeeting({ order });
    const a = await world.comes(world.alice, inRoom({ record: true }));
    expect(world.engine.asked('recordBridge')).toHaveLength(1);
    const b = await world.comes(world.bob, inRoom({ record: true }));
    expect(world.engine.asked('recordBridge')).toEqual([]);
    const { id } = world.leg(a);
    world.engine.ends(a);
    world.engine.ends(b);
    await world.settled();
    expect(world.journal.recordings()).toMatchObject([{ state: 'stored', legId: id }]);
    expect(world.eventsOf('recording.stored')).toHaveLength(1);
  });
});

describe('waiting for a conference', () => {
  test('is silent where that is wished', async () => {
    const world = await createMeeting();
    const a = await world.comes(
      world.alice,
      inRoom({ startOnEnter: false, meanwhile: { kind: 'silence' } }),
    );
    expect(world.engine.world.legs.get(a)).toMatchObject({ music: false, silence: true });
    await world.comes(world.bob, inRoom());
    expect(world.engine.world.legs.get(a)?.silence).toBe(false);
  });

  test('asks again and again what is to be heard, and stops when it starts', async () => {
    const world = await createMeeting();
    const { application, clock } = world;
    const a = await world.comes(
      world.alice,
      inRoom({
        startOnEnter: false,
        meanwhile: {
          kind: 'program',
          repeat: true,
          instructions: [{ do: 'ask', question: { hook: '/wait' } }],
        },
      }),
    );
    expect(application.asked).toMatchObject([
      { awaited: { kind: 'conference', name: 'room', waitedSeconds: 0 } },
    ]);
    application.answer([{ do: 'play', sounds: [{ kind: 'file', path: '/soon.wav' }] }]);
    await world.settled();
    expect(world.engine.asked('play')).toMatchObject([{ target: { leg: a } }]);
    clock.advance({ seconds: 7 });
    world.engine.playsOut();
    clock.advance({ seconds: 0 });
    await world.settled();
    expect(application.asked).toHaveLength(2);
    expect(application.asked[1]).toMatchObject({ awaited: { waitedSeconds: 7 } });
    const b = await world.comes(world.bob, inRoom());
    application.answer([{ do: 'play', sounds: [{ kind: 'file', path: '/late.wav' }] }]);
    await world.settled();
    expect(world.engine.asked('play')).toEqual([]);
    expect(world.engine.hears(a)).toEqual([b]);
  });

  test('ends of a leg’s own will', async () => {
    const world = await createMeeting();
    const a = await world.comes(
      world.alice,
      inRoom({
        startOnEnter: false,
        meanwhile: {
          kind: 'program',
          repeat: true,
          instructions: [{ do: 'silence', seconds: 3 }, { do: 'leave' }],
        },
      }),
    );
    world.clock.advance({ seconds: 3 });
    await world.settled();
    expect(world.results(a)).toMatchObject([{ step: 'conference', outcome: 'left' }]);
    expect(world.conference('room')).toBeUndefined();
  });
});

describe('a server that takes over', () => {
  test('leaves a conference as it is, and goes on with it', async () => {
    const world = await createMeeting();
    const a = await world.comes(world.alice, inRoom({ endOnExit: true }));
    const b = await world.comes(world.bob, inRoom());
    world.engine.forgetCommands();
    const next = await world.restart();
    await next.settled();
    expect(world.engine.commands).toEqual([]);
    expect(world.engine.hears(a)).toEqual([b]);
    expect(next.live.conferences.named(world.acme.id, 'room')?.participants).toHaveLength(2);
    world.engine.ends(a);
    await next.settled();
    expect(next.leg(b).program).toMatchObject({ position: 1 });
    expect(world.bridges()).toEqual([]);
  });

  test('lets go who hung up meanwhile, with everything that follows', async () => {
    const world = await createMeeting();
    const a = await world.comes(world.alice, inRoom({ endOnExit: true }));
    const b = await world.comes(world.bob, inRoom());
    world.engine.goAway();
    world.engine.ends(a);
    const next = await world.restart();
    world.engine.comeBack();
    await next.settled();
    expect(next.leg(b).program).toMatchObject({ position: 1, result: { outcome: 'ended' } });
    expect(next.live.conferences.of(world.acme.id)).toEqual([]);
  });

  test('joins who was about to join', async () => {
    const world = await createMeeting();
    const a = await world.comes(world.alice, inRoom());
    const release = world.engine.stall('join');
    const b = await world.comes(world.bob, inRoom());
    const next = await world.restart();
    release();
    await next.settled();
    expect(world.engine.hears(a)).toEqual([b]);
    expect(next.live.conferences.named(world.acme.id, 'room')?.participants).toMatchObject([
      { state: 'inside' },
      { state: 'inside' },
    ]);
  });

  test('keeps music for who waits, and ends in time what has lost its moderator', async () => {
    const world = await createMeeting();
    const a = await world.comes(world.alice, inRoom({ endOnExit: true, endAfterSeconds: 30 }));
    const b = await world.comes(world.bob, inRoom());
    const c = await world.comes(world.carol, { ...inRoom(), name: 'other', startOnEnter: false });
    world.engine.ends(a);
    await world.settled();
    const next = await world.restart();
    await next.settled();
    expect(world.engine.world.legs.get(c)?.music).toBe(true);
    world.clock.advance({ seconds: 30 });
    await next.settled();
    expect(next.leg(b).program).toMatchObject({ position: 1 });
  });
});
