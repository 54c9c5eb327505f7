import { describe, expect, test } from 'vitest';
import { administratorOf } from '../../../../test/support/core.ts';
import { createMeeting, inRoom } from '../../../../test/support/meeting.ts';
import type { Instruction } from '../../programs/index.ts';

const watching = (hook: string) => inRoom({ watch: { hook } });

describe('what happens in a conference', () => {
  test('is told with the words of everybody who watches, until it ends', async () => {
    const world = await createMeeting();
    const a = await world.comes(world.alice, watching('/a'));
    const b = await world.comes(world.bob, inRoom());
    const { id } = world.leg(a);
    const watchers = [{ dialect: 'native', legId: id, words: { hook: '/a' } }];
    world.engine.ends(a);
    world.engine.ends(b);
    await world.settled();
    const told = world.journal.events.filter(({ type }) => type.startsWith('conference.'));
    expect(told.map(({ type }) => type)).toEqual([
      'conference.started',
      'conference.joined',
      'conference.joined',
      'conference.left',
      'conference.left',
      'conference.ended',
    ]);
    for (const event of told) expect(event).toMatchObject({ watchers });
  });

  test('names the leg that started it, and the one that left last', async () => {
    const world = await createMeeting();
    const a = await world.comes(world.alice, inRoom());
    const b = await world.comes(world.bob, inRoom());
    const [legA, legB] = [world.leg(a).id, world.leg(b).id];
    world.engine.ends(a);
    world.engine.ends(b);
    await world.settled();
    expect(world.eventsOf('conference.started')).toMatchObject([{ legId: legA }]);
    expect(world.eventsOf('conference.ended')).toMatchObject([{ legId: legB }]);
  });

  test('that was made ahead is told to its maker in every meeting, to others in theirs', async () => {
    const world = await createMeeting();
    const admin = administratorOf(world.acme);
    const { conference } = await world.control.conferences.create(admin, {
      name: 'room',
      settings: { tellTalking: true },
      watch: { hook: '/maker' },
    });
    for (const hook of ['/a', '/b']) {
      const leg = await world.comes(world.alice, watching(hook));
      world.engine.talks(leg, true);
      world.engine.ends(leg);
      await world.settled();
    }
    const words = world.eventsOf('conference.ended').map((event) => event.watchers);
    expect(words.map((all) => all.map((one) => one.words))).toEqual([
      [{ hook: '/maker' }, { hook: '/a' }],
      [{ hook: '/maker' }, { hook: '/b' }],
    ]);
    expect(world.told('conference.talking')).toHaveLength(2);
    await world.control.conferences.change(admin, conference.id, { watch: null });
    expect(world.conference('room')?.watchers).toEqual([]);
  });
});

describe('settings of a conference that was made ahead', () => {
  test('count more than those of a leg, also where they forbid something', async () => {
    const world = await createMeeting();
    const admin = administratorOf(world.acme);
    const settings = { beep: false, record: false };
    await world.control.conferences.create(admin, { name: 'room', settings });
    await world.comes(world.alice, inRoom({ beep: true, record: true }));
    expect(world.engine.asked('play')).toEqual([]);
    expect(world.engine.asked('recordBridge')).toEqual([]);
  });
});

describe('one who is held', () => {
  test('hears what it heard while it waited, unless something else is said', async () => {
    const world = await createMeeting();
    const admin = administratorOf(world.acme);
    const a = await world.comes(world.alice, inRoom({ meanwhile: { kind: 'silence' } }));
    const id = world.conference('room')?.id;
    if (!id) throw new Error('there is no conference');
    const hold = (on: boolean) => world.control.conferences.hold(admin, id, world.leg(a).id, on);
    await hold(true);
    await world.settled();
    expect(world.engine.world.legs.get(a)).toMatchObject({ silence: true, music: false });
  });
});

describe('a program that is cut short', () => {
  const ask = (evenIfCutShort: boolean): Instruction => ({
    do: 'ask',
    question: { hook: '/after' },
    evenIfCutShort,
  });
  const waits: Instruction = { do: 'enqueue', name: 'support' };

  test('is told with what it would have asked next, when the leg hangs up', async () => {
    const world = await createMeeting();
    const a = await world.up(world.alice);
    await world.runs(a, waits, ask(true));
    const { id } = world.leg(a);
    world.clock.advance({ seconds: 7 });
    world.engine.ends(a);
    await world.settled();
    expect(world.eventsOf('program.cut_short')).toMatchObject([
      {
        legId: id,
        source: { dialect: 'native', reference: 'test' },
        question: { hook: '/after' },
        result: { outcome: 'hangup', seconds: 7 },
      },
    ]);
    expect(world.told('program.').concat(world.told('leg.ended'))).toEqual([
      'program.cut_short',
      'leg.ended',
    ]);
    expect(world.application.asked).toEqual([]);
  });

  test('is told when another program takes its place', async () => {
    const world = await createMeeting();
    const a = await world.up(world.alice);
    await world.runs(a, waits, ask(true));
    await world.runs(a, { do: 'wait' });
    expect(world.eventsOf('program.cut_short')).toMatchObject([
      { result: { outcome: 'dequeued' } },
    ]);
  });

  test('is not told of where nobody wishes it', async () => {
    const world = await createMeeting();
    const a = await world.up(world.alice);
    await world.runs(a, waits, ask(false));
    world.engine.ends(a);
    await world.settled();
    expect(world.told('program.')).toEqual([]);
  });

  test.each([
    ['a conference', inRoom(), { outcome: 'hangup' }],
    ['taking from a queue', { do: 'dequeue', name: 'support' }, { outcome: 'hangup' }],
  ] as const)('says how %s ended', async (_what, instruction, result) => {
    const world = await createMeeting();
    const a = await world.up(world.alice);
    await world.runs(a, instruction, ask(true));
    world.engine.ends(a);
    await world.settled();
    expect(world.eventsOf('program.cut_short')).toMatchObject([{ result }]);
  });

  test('says that two have talked, when the one who took hangs up', async () => {
    const world = await createMeeting();
    const caller = await world.comes(world.alice, waits);
    const agent = await world.up(world.bob);
    await world.runs(agent, { do: 'dequeue', name: 'support' }, ask(true));
    expect(world.engine.hears(agent)).toEqual([caller]);
    world.engine.ends(agent);
    await world.settled();
    expect(world.eventsOf('program.cut_short')).toMatchObject([
      { result: { outcome: 'bridged', legId: world.leg(caller).id } },
    ]);
  });
});

describe('music', () => {
  test('is heard for so many seconds', async () => {
    const world = await createMeeting();
    const a = await world.up(world.alice);
    await world.runs(a, { do: 'music', seconds: 10 }, { do: 'wait' });
    expect(world.engine.world.legs.get(a)?.music).toBe(true);
    world.clock.advance({ seconds: 10 });
    await world.settled();
    expect(world.engine.world.legs.get(a)?.music).toBe(false);
    expect(world.current(a)).toBe('wait');
  });

  test('ends when something else runs', async () => {
    const world = await createMeeting();
    const a = await world.up(world.alice);
    await world.runs(a, { do: 'music', seconds: 10 });
    await world.runs(a, { do: 'wait' });
    expect(world.engine.world.legs.get(a)?.music).toBe(false);
  });
});
