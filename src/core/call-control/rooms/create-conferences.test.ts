import { describe, expect, test } from 'vitest';
import { administratorOf } from '../../../../test/support/core.ts';
import { createMeeting, inRoom } from '../../../../test/support/meeting.ts';
import type { ConferenceId, LegId } from '../../../kernel/ids.ts';
import { emptyEntry } from '../../calls/index.ts';

async function world() {
  const meeting = await createMeeting();
  const admin = administratorOf(meeting.acme);
  const { conferences } = meeting.control;
  const idOf = (name = 'room'): ConferenceId => {
    const found = conferences.named(admin, name);
    if (!found) throw new Error(`there is no conference ${name}`);
    return found.conference.id;
  };
  return { ...meeting, admin, conferences, idOf };
}

/** Three in a conference; the first one is its moderator. */
async function three() {
  const all = await world();
  const a = await all.comes(all.alice, inRoom());
  const b = await all.comes(all.bob, inRoom({ startOnEnter: false, memberTag: 'agent' }));
  const c = await all.comes(all.carol, inRoom({ startOnEnter: false }));
  const [legA, legB, legC] = [all.leg(a).id, all.leg(b).id, all.leg(c).id];
  return { ...all, a, b, c, legA, legB, legC, id: all.idOf() };
}

describe('a conference that is made ahead', () => {
  test('is there with nobody in it, is told, and stays when everybody has left', async () => {
    const all = await world();
    const view = await all.conferences.create(all.admin, { name: 'board', settings: {} });
    expect(view).toMatchObject({
      conference: { name: 'board', reserved: true, state: 'waiting' },
      participants: [],
    });
    expect(all.told('object.')).toEqual(['object.created']);
    const a = await all.comes(all.alice, inRoom({ name: 'board' }));
    expect(all.conferences.get(all.admin, view.conference.id).participants).toHaveLength(1);
    all.engine.ends(a);
    await all.settled();
    expect(all.conferences.list(all.admin)).toMatchObject([
      { conference: { id: view.conference.id, state: 'waiting' }, participants: [] },
    ]);
    expect(all.told('conference.ended')).toHaveLength(1);
    expect(all.bridges()).toEqual([]);
  });

  test('begins a new meeting when somebody comes again', async () => {
    const all = await world();
    await all.conferences.create(all.admin, { name: 'room', settings: {} });
    const first = await all.comes(all.alice, inRoom());
    all.engine.ends(first);
    await all.settled();
    all.clock.advance({ seconds: 60 });
    await all.comes(all.bob, inRoom());
    all.clock.advance({ seconds: 5 });
    const again = await all.comes(all.carol, inRoom());
    expect(all.engine.hears(again)).toHaveLength(1);
    expect(all.eventsOf('conference.joined').map((event) => event.durationSeconds)).toEqual([
      0, 0, 5,
    ]);
  });

  test('has settings that count more than those of a leg', async () => {
    const all = await world();
    await all.conferences.create(all.admin, {
      name: 'room',
      settings: { maxParticipants: 1, beep: true, startOnEnter: true },
    });
    const a = await all.comes(all.alice, inRoom({ startOnEnter: false, maxParticipants: 10 }));
    expect(all.conference('room')?.state).toBe('started');
    expect(all.engine.asked('play')).toMatchObject([{ media: [{ kind: 'beep' }] }]);
    const b = await all.comes(all.bob, inRoom({ maxParticipants: 10 }));
    expect(all.results(b)).toMatchObject([{ reason: 'full' }]);
    expect(all.current(a)).toBe('conference');
  });

  test('lets nobody in while it is locked', async () => {
    const all = await world();
    const { conference } = await all.conferences.create(all.admin, { name: 'room', settings: {} });
    await all.comes(all.alice, inRoom());
    await all.conferences.change(all.admin, conference.id, { settings: { locked: true } });
    const b = await all.comes(all.bob, inRoom());
    expect(all.results(b)).toMatchObject([{ outcome: 'failed', reason: 'locked' }]);
    await all.conferences.change(all.admin, conference.id, { settings: { locked: false } });
    const c = await all.comes(all.carol, inRoom());
    expect(all.current(c)).toBe('conference');
  });

  test('is recorded from the moment at which that is asked for, until it is no longer', async () => {
    const all = await three();
    await all.conferences.change(all.admin, all.id, { settings: { record: true } });
    await all.settled();
    expect(all.engine.asked('recordBridge')).toHaveLength(1);
    await all.conferences.change(all.admin, all.id, { settings: { record: false } });
    await all.settled();
    expect(all.journal.recordings()).toMatchObject([{ state: 'stored' }]);
  });

  test('is gone when it is ended, and its name is free', async () => {
    const all = await world();
    const { conference } = await all.conferences.create(all.admin, { name: 'room', settings: {} });
    const a = await all.comes(all.alice, inRoom());
    await all.conferences.end(all.admin, conference.id);
    await all.settled();
    expect(all.results(a)).toMatchObject([{ outcome: 'ended' }]);
    expect(all.current(a)).toBe('wait');
    expect(() => all.conferences.get(all.admin, conference.id)).toThrow('no conference');
    expect(all.told('object.')).toEqual(['object.created', 'object.removed']);
    await all.conferences.create(all.admin, { name: 'room', settings: {} });
  });

  test('can hang up everybody as it ends', async () => {
    const all = await three();
    await all.conferences.end(all.admin, all.id, { hangUp: true });
    await all.settled();
    expect((await all.engine.snapshot()).legs).toEqual([]);
  });

  test('keeps what its maker keeps with it, over a restart', async () => {
    const all = await world();
    const notes = { statusHook: '/status', at: 'not an instant' };
    const { conference } = await all.conferences.create(all.admin, {
      name: 'room',
      settings: { maxParticipants: 5 },
      notes,
    });
    const next = await all.restart();
    expect(next.control.conferences.get(all.admin, conference.id).conference).toEqual(conference);
  });

  test.each(['', 'a:b', 'a/b', 'x'.repeat(129), 'a\u0000'])('is not called %j', async (name) => {
    const all = await world();
    await expect(all.conferences.create(all.admin, { name, settings: {} })).rejects.toMatchObject({
      code: 'conference.invalid',
    });
  });

  test.each([0, -1, 1.5, 10_001])('does not hold %d', async (maxParticipants) => {
    const all = await world();
    await expect(
      all.conferences.create(all.admin, { name: 'room', settings: { maxParticipants } }),
    ).rejects.toMatchObject({ code: 'conference.invalid' });
  });

  test('does not take the name of another one', async () => {
    const all = await three();
    await expect(
      all.conferences.create(all.admin, { name: 'room', settings: {} }),
    ).rejects.toMatchObject({ code: 'conference.taken' });
  });
});

describe('steering a conference', () => {
  test('mutes one, everybody, or all but moderators', async () => {
    const { conferences, admin, engine, a, b, c, legB, id } = await three();
    await conferences.mute(admin, id, legB, true);
    expect(engine.hears(a)).toEqual([c]);
    expect(engine.hears(b)).toEqual([a, c]);
    await conferences.mute(admin, id, legB, false);
    await conferences.mute(admin, id, 'others than moderators', true);
    expect(engine.hears(a)).toEqual([]);
    expect(engine.hears(c)).toEqual([a]);
    await conferences.mute(admin, id, 'everybody', true);
    expect(engine.hears(c)).toEqual([]);
    await conferences.mute(admin, id, 'everybody', false);
    expect(engine.hears(c)).toEqual([a, b]);
    expect(conferences.get(admin, id).participants.map(({ muted }) => muted)).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('who is muted by somebody else stays so', async () => {
    const all = await three();
    await all.control.calls.mute(all.bob.actor, all.leg(all.b).callId, true);
    await all.conferences.mute(all.admin, all.id, all.legB, true);
    await all.conferences.mute(all.admin, all.id, all.legB, false);
    expect(all.engine.hears(all.a)).toEqual([all.c]);
    expect(all.leg(all.b).mutedBy).toEqual(['api']);
  });

  test('holds one with music, with silence or a program, and lets it back in', async () => {
    const { conferences, admin, engine, settled, leg, a, b, c, legB, id, told } = await three();
    await conferences.hold(admin, id, legB, true);
    await settled();
    expect(engine.hears(a)).toEqual([c]);
    expect(engine.world.legs.get(b)?.music).toBe(true);
    expect(leg(b)).toMatchObject({ heldBy: ['conference'], bridge: undefined });
    await conferences.hold(admin, id, legB, true, { kind: 'silence' });
    await settled();
    expect(engine.world.legs.get(b)).toMatchObject({ music: false, silence: true });
    await conferences.hold(admin, id, legB, true, {
      kind: 'program',
      repeat: true,
      instructions: [{ do: 'play', sounds: [{ kind: 'file', path: '/hold.wav' }] }],
    });
    await settled();
    expect(engine.asked('play').at(-1)).toMatchObject({ target: { leg: b } });
    await conferences.hold(admin, id, legB, false);
    await settled();
    expect(engine.hears(b)).toEqual([a, c]);
    expect(leg(b).heldBy).toEqual([]);
    expect(told('conference.joined')).toHaveLength(3);
    expect([told('leg.held').length, told('leg.resumed').length]).toEqual([1, 1]);
  });

  test('holds everybody', async () => {
    const { conferences, admin, engine, settled, a, b, c, id } = await three();
    await conferences.hold(admin, id, 'everybody', true);
    await settled();
    expect([a, b, c].map((leg) => engine.heardBy(leg))).toEqual([[], [], []]);
    await conferences.hold(admin, id, 'everybody', false);
    await settled();
    expect(engine.hears(a)).toHaveLength(2);
  });

  test('holds who waits for the start as soon as it has started', async () => {
    const all = await world();
    const a = await all.comes(all.alice, inRoom({ startOnEnter: false }));
    await all.conferences.hold(all.admin, all.idOf(), all.leg(a).id, true, { kind: 'silence' });
    const b = await all.comes(all.bob, inRoom());
    expect(all.engine.hears(b)).toEqual([]);
    expect(all.conference('room')?.participants).toMatchObject([
      { state: 'held' },
      { state: 'inside' },
    ]);
    expect(all.engine.world.legs.get(a)).toMatchObject({ silence: true, music: false });
  });

  test('who is held hangs up: nothing is left of it', async () => {
    const { conferences, admin, engine, settled, b, legB, id } = await three();
    await conferences.hold(admin, id, legB, true);
    engine.ends(b);
    await settled();
    expect(conferences.get(admin, id).participants).toHaveLength(2);
  });

  test('a conference that ends lets go who is held too', async () => {
    const { conferences, admin, engine, settled, b, current, leg, legB, id } = await three();
    await conferences.hold(admin, id, legB, true);
    await conferences.end(admin, id);
    await settled();
    expect(current(b)).toBe('wait');
    expect(engine.world.legs.get(b)?.music).toBe(false);
    expect(leg(b).heldBy).toEqual([]);
  });

  test('lets one coach those with a label, and nobody once they have none', async () => {
    const { conferences, admin, engine, settled, a, b, c, legA, legB, legC, id } = await three();
    await conferences.coach(admin, id, legA, 'agent');
    await settled();
    expect([engine.hears(b), engine.hears(c)]).toEqual([[a, c], [b]]);
    await conferences.tag(admin, id, legB, undefined);
    await conferences.tag(admin, id, legC, 'agent');
    await settled();
    expect([engine.hears(b), engine.hears(c)]).toEqual([[c], [a, b]]);
    await conferences.coach(admin, id, legA, undefined);
    await settled();
    expect([engine.hears(b), engine.hears(c)]).toEqual([
      [a, c],
      [a, b],
    ]);
  });

  test('a coach who is held is heard by nobody, and by its listeners afterwards', async () => {
    const { conferences, admin, engine, settled, a, b, c, legA, id } = await three();
    await conferences.coach(admin, id, legA, 'agent');
    await conferences.hold(admin, id, legA, true);
    await settled();
    expect(engine.world.legs.get(a)?.coaches).toEqual([]);
    await conferences.hold(admin, id, legA, false);
    await settled();
    expect([engine.hears(b), engine.hears(c)]).toEqual([[c, a], [b]]);
  });

  test('takes one out, who goes on with its program or is hung up', async () => {
    const all = await three();
    await all.conferences.kick(all.admin, all.id, all.legB);
    await all.settled();
    expect(all.results(all.b)).toMatchObject([{ outcome: 'kicked' }]);
    expect(all.current(all.b)).toBe('wait');
    await all.conferences.kick(all.admin, all.id, all.legC, { hangUp: true });
    await all.settled();
    expect(all.engine.world.legs.has(all.c)).toBe(false);
    expect(all.eventsOf('conference.left').map(({ reason }) => reason)).toEqual([
      'kicked',
      'kicked',
    ]);
  });

  test('plays and speaks to everybody inside', async () => {
    const { conferences, admin, engine, id, conference } = await three();
    await conferences.play(admin, id, [
      { kind: 'file', path: '/news.wav' },
      { kind: 'speech', text: 'Time is up' },
    ]);
    expect(engine.asked('play')).toMatchObject([
      { target: { bridge: conference('room')?.bridge }, media: [{ path: '/news.wav' }, {}] },
    ]);
  });

  test('plays to nobody where nobody is', async () => {
    const all = await world();
    const { conference } = await all.conferences.create(all.admin, { name: 'room', settings: {} });
    await expect(
      all.conferences.play(all.admin, conference.id, [{ kind: 'beep' }]),
    ).rejects.toMatchObject({ code: 'conference.not_running' });
  });

  test('is refused for somebody who is not in it', async () => {
    const { conferences, admin, id } = await three();
    const nobody = 'nobody' as LegId;
    await expect(conferences.mute(admin, id, nobody, true)).rejects.toMatchObject({
      code: 'conference.participant_not_found',
    });
    await expect(conferences.kick(admin, id, nobody)).rejects.toMatchObject({
      code: 'conference.participant_not_found',
    });
    await expect(conferences.coach(admin, id, nobody, 'x')).rejects.toMatchObject({
      code: 'conference.participant_not_found',
    });
  });

  test('is for administrators of the account; for all others it is not there', async () => {
    const all = await three();
    const stranger = administratorOf(all.given.account({ name: 'Other' }));
    for (const actor of [stranger, all.bob.actor]) {
      expect(all.conferences.list(actor)).toEqual([]);
      expect(all.conferences.named(actor, 'room')).toBeUndefined();
      expect(all.conferences.withLeg(actor, all.legA)).toBeUndefined();
      expect(() => all.conferences.get(actor, all.id)).toThrow('no conference');
      await expect(all.conferences.end(actor, all.id)).rejects.toMatchObject({
        code: 'conference.not_found',
      });
    }
    expect(all.conferences.withLeg(all.admin, all.legA)?.conference.id).toBe(all.id);
  });

  test('conferences of two accounts with one name are two', async () => {
    const all = await three();
    const other = all.given.account({ name: 'Other' });
    const dave = all.given.person({ account: other, firstName: 'Dave', extension: '301' });
    const d = await all.comes(dave, inRoom());
    expect(all.engine.hears(d)).toEqual([]);
    expect(all.conferences.list(administratorOf(other))).toHaveLength(1);
  });
});

describe('a server that takes over', () => {
  test('keeps who is held out of the conference, and lets it back in', async () => {
    const all = await three();
    await all.conferences.hold(all.admin, all.id, all.legB, true);
    await all.settled();
    const next = await all.restart();
    await next.settled();
    expect(all.engine.world.legs.get(all.b)?.music).toBe(true);
    await next.control.conferences.hold(all.admin, all.id, all.legB, false);
    await next.settled();
    expect(all.engine.hears(all.b)).toEqual([all.a, all.c]);
  });

  test('takes out a leg of which nothing else is known', async () => {
    const all = await three();
    const { legs } = await all.journal.loadLive();
    const lost = legs.find(({ id }) => id === all.legB);
    if (!lost) throw new Error('the leg was not stored');
    await all.journal.write({
      ...emptyEntry,
      legs: [{ ...lost, endedAt: all.clock.now() }],
    });
    const next = await all.restart();
    expect(next.control.conferences.get(all.admin, all.id).participants).toHaveLength(2);
  });
});
