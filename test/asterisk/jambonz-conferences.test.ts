import { describe, expect, test } from 'vitest';
import type { Phone } from '../../src/phones/index.ts';
import { eventually } from '../support/eventually.ts';
import { hears, hearsAlso, hearsNothingOf, hearsSomethingElse } from '../support/hearing.ts';
import { createJambonzRooms, toldInOrder } from '../support/jambonz-rooms.ts';
import { participantsOf } from '../support/rooms.ts';
import { startSocketApplication } from '../support/socket-application.ts';

const rooms = createJambonzRooms();

/** The tone of a conference in which somebody enters, in Hz: the engine's own sound. */
const beepHz = 700;

const asleep = { verb: 'pause', length: 600 };

/** Silence, whatever the phones say. */
const hearsNothing = (phone: Phone): Promise<unknown> =>
  Promise.all([440, 1000, 1600].map((hz) => hearsNothingOf(phone, hz)));

/** A conference of its own for each test, with the paths of its hooks. */
function named(name: string) {
  const verb = (more: object = {}) => ({ verb: 'conference', name, ...more });
  const path = `${rooms.account}/Conferences/${name}`;
  return { name, verb, path, at: (hook: string) => `/${name}/${hook}` };
}

interface Seen {
  readonly call_sid: string;
  readonly muted: number;
  readonly on_hold: number;
  readonly moderator: number;
  readonly member_tag: string | null;
  readonly coach_tag: string | null;
}

/** All three phones in a conference; the first one is its moderator. */
async function three(name: string) {
  const { world, phoneC, api, call } = rooms;
  const { phoneA, phoneB, exchange } = world;
  const { verb, path, at } = named(name);
  const other = { startConferenceOnEnter: false };
  const a = await call(phoneA, at('a'), verb(), asleep);
  const b = await call(phoneB, at('b'), verb({ ...other, memberTag: 'agent' }), asleep);
  const c = await call(phoneC, at('c'), verb(other), rooms.tone(900, 30), asleep);
  await participantsOf(exchange, name, 3);
  const of = (sid: string) => `${path}/Participants/${sid}`;
  const seen = (sid: string) => api.get<Seen>(of(sid));
  return { phoneA, phoneB, phoneC, a, b, c, path, of, seen, at };
}

const allHear = (a: Phone, b: Phone, c: Phone) =>
  Promise.all([
    hearsAlso(a, 1000),
    hearsAlso(a, 1600),
    hearsAlso(b, 440),
    hearsAlso(b, 1600),
    hearsAlso(c, 440),
    hearsAlso(c, 1000),
  ]);

describe('the verb conference', () => {
  test('waits for a moderator with what the wait hook says, and ends when the moderator leaves', async () => {
    const { world, app, call, tone, accountSid } = rooms;
    const { phoneA, phoneB, exchange } = world;
    const { verb, at } = named('moderated');
    app.on(at('wait'), [tone(900, 2)]);
    app.on(at('left'), [tone(1300, 30)]);
    const status = {
      statusHook: at('status'),
      statusEvents: ['start', 'join', 'leave', 'end'],
      actionHook: at('left'),
    };
    const guest = { ...status, startConferenceOnEnter: false, waitHook: at('wait') };
    const a = await call(phoneA, at('a'), verb(guest));
    await hears(phoneA, 900);
    await eventually(() => rooms.told(at('wait'), 'call_sid').length > 1);
    expect(rooms.told(at('wait'), 'call_sid')).toContain(a);
    expect((await app.asked(at('wait'))).body).toMatchObject({
      call_sid: a,
      call_status: 'in-progress',
      customerData: { path: at('a') },
    });
    expect(await participantsOf(exchange, 'moderated', 1, 'waiting')).toHaveLength(1);
    const b = await call(phoneB, at('b'), verb({ ...status, endConferenceOnExit: true }));
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await phoneB.hangUp();
    await hears(phoneA, 1300);
    await toldInOrder(rooms, at('status'), 'event', [
      'start',
      'join',
      'join',
      'leave',
      'leave',
      'end',
    ]);
    expect(rooms.told(at('status'), 'members')).toEqual([0, 1, 2, 1, 0, 0]);
    const end = await app.asked(at('status'), ({ body }) => body.event === 'end');
    expect(end.body).toMatchObject({
      call_sid: a,
      conference_sid: `conf:${accountSid}:moderated`,
      friendly_name: 'moderated',
      duration: expect.any(Number),
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
    for (const sid of [a, b]) await app.asked(at('left'), ({ body }) => body.call_sid === sid);
  });

  test('plays its enter hook to the one alone, beeps for all, and joins muted', async () => {
    const { world, app, call, tone } = rooms;
    const { phoneA, phoneB } = world;
    const { verb, at } = named('entered');
    app.on(at('enter'), [tone(900, 3)]);
    await call(phoneA, at('a'), verb());
    await hearsNothing(phoneA);
    const beeped = hearsAlso(phoneA, beepHz);
    await call(phoneB, at('b'), verb({ enterHook: at('enter'), beep: true, joinMuted: true }));
    await Promise.all([hears(phoneB, 900), hearsNothingOf(phoneA, beepHz)]);
    await beeped;
    await Promise.all([hears(phoneB, 440), hearsNothing(phoneA)]);
    expect((await app.asked(at('enter'))).body).toMatchObject({ customerData: { path: at('b') } });
  });

  test('lets nobody in who is too many; that one goes on with its verbs', async () => {
    const { world, phoneC, call, tone } = rooms;
    const { phoneA, phoneB } = world;
    const { verb, at } = named('full');
    const two = verb({ maxParticipants: 2 });
    await call(phoneA, at('a'), two);
    await call(phoneB, at('b'), two);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await call(phoneC, at('c'), two, tone(900, 30));
    await hears(phoneC, 900);
    await hearsNothingOf(phoneA, 1600);
  });

  test('goes on for some seconds without its moderator', async () => {
    const { world, app, call, tone } = rooms;
    const { phoneA, phoneB } = world;
    const { verb, at } = named('grace');
    await call(phoneA, at('a'), verb(), tone(900, 30));
    const grace = { endConferenceOnExit: true, endConferenceDuration: 3 };
    await call(phoneB, at('b'), verb({ ...grace, actionHook: at('left') }));
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await phoneB.hangUp();
    await app.asked(at('left'));
    const left = Date.now();
    await hears(phoneA, 900);
    expect(Date.now() - left).toBeGreaterThan(2_000);
  });

  test('is heard by those with a tag alone, from the beginning', async () => {
    const { world, phoneC, call } = rooms;
    const { phoneA, phoneB } = world;
    const { verb, at } = named('coached');
    await call(phoneB, at('b'), verb({ memberTag: 'agent' }));
    await call(phoneC, at('c'), verb());
    await call(phoneA, at('a'), verb({ speakOnlyTo: 'agent' }));
    await Promise.all([hearsAlso(phoneB, 440), hearsAlso(phoneB, 1600)]);
    await Promise.all([hears(phoneC, 1000), hearsNothingOf(phoneC, 440)]);
    await Promise.all([hearsAlso(phoneA, 1000), hearsAlso(phoneA, 1600)]);
  });

  test('tells who talks, if that is asked for', async () => {
    const { world, app, call } = rooms;
    const { phoneA, phoneB } = world;
    const { verb, at } = named('talking');
    await call(phoneA, at('a'), verb());
    const statusEvents = ['start-talking', 'stop-talking'];
    await call(phoneB, at('b'), verb({ statusHook: at('status'), statusEvents }));
    const talks = (event: string) => app.asked(at('status'), ({ body }) => body.event === event);
    const { body } = await talks('start-talking');
    expect(body).toMatchObject({ friendly_name: 'talking', members: 2 });
    await rooms.change(String(body.call_sid), { mute_status: 'mute' });
    await talks('stop-talking');
  });
});

describe('live call control in a conference', () => {
  test('mutes all that are no moderators', async () => {
    const { phoneA, phoneB, phoneC, a, b, seen } = await three('lcc-mute');
    expect(await rooms.change(a, { conf_mute_status: 'mute' })).toMatchObject({
      status: 202,
      text: 'Accepted',
    });
    await Promise.all([hears(phoneB, 440), hears(phoneC, 440), hearsNothing(phoneA)]);
    expect(await seen(b)).toMatchObject({ muted: 1, moderator: 0 });
    expect(await seen(a)).toMatchObject({ muted: 0, moderator: 1 });
    await rooms.change(b, { conf_mute_status: 'unmute' });
    await allHear(phoneA, phoneB, phoneC);
  });

  test('holds one, who hears the wait hook; the others talk on', async () => {
    const { phoneA, phoneB, phoneC, b, at, seen } = await three('lcc-hold');
    rooms.app.on(at('hold'), [rooms.tone(1300, 2)]);
    await rooms.change(b, { conf_hold_status: 'hold', wait_hook: at('hold') });
    await Promise.all([hears(phoneB, 1300), hears(phoneA, 1600), hears(phoneC, 440)]);
    expect(await seen(b)).toMatchObject({ on_hold: 1 });
    await rooms.change(b, { conf_hold_status: 'unhold' });
    await allHear(phoneA, phoneB, phoneC);
    await rooms.change(b, { conf_hold_status: 'hold' });
    await hearsSomethingElse(phoneB, 1300);
    await Promise.all([hearsNothingOf(phoneB, 440), hearsNothingOf(phoneB, 1600)]);
  });

  test('acts on one participant: mutes, holds, labels, lets coach, and takes out', async () => {
    const { phoneA, phoneB, phoneC, a, b, c, at, seen } = await three('lcc-act');
    const act = async (sid: string, action: string, more: object = {}) => {
      const body = { conferenceParticipantAction: { action, ...more } };
      expect([action, (await rooms.change(sid, body)).status]).toEqual([action, 202]);
    };
    await act(b, 'mute');
    await Promise.all([hears(phoneA, 1600), hearsNothingOf(phoneC, 1000)]);
    await act(b, 'unmute');
    await allHear(phoneA, phoneB, phoneC);
    rooms.app.on(at('hold'), [rooms.tone(1300, 2)]);
    await act(b, 'hold', { wait_hook: at('hold') });
    await Promise.all([hears(phoneB, 1300), hears(phoneA, 1600)]);
    await act(b, 'unhold');
    await allHear(phoneA, phoneB, phoneC);
    await act(a, 'coach', { tag: 'agent' });
    await Promise.all([hearsAlso(phoneB, 440), hearsNothingOf(phoneC, 440)]);
    await act(b, 'untag');
    await hearsNothingOf(phoneB, 440);
    await act(c, 'tag', { tag: 'agent' });
    await hearsAlso(phoneC, 440);
    expect(await seen(c)).toMatchObject({ member_tag: 'agent' });
    expect(await seen(a)).toMatchObject({ coach_tag: 'agent' });
    await act(a, 'uncoach');
    await allHear(phoneA, phoneB, phoneC);
    await act(c, 'kick');
    await Promise.all([hears(phoneC, 900), hears(phoneA, 1000), hears(phoneB, 440)]);
  });

  test('refuses what it does not know, and calls that are in no conference', async () => {
    const { a, at } = await three('lcc-refused');
    const refused = async (body: object, sid = a) => {
      const { status, text } = await rooms.change(sid, body);
      return [status, (JSON.parse(text) as { msg: string }).msg];
    };
    expect(await refused({ conf_mute_status: 'loud' })).toEqual([400, 'invalid conf_mute_status']);
    expect(await refused({ conf_hold_status: 'x' })).toEqual([400, 'invalid conf_hold_status']);
    const act = (given: object) => refused({ conferenceParticipantAction: given });
    expect(await act({ action: 'dance' })).toEqual([
      400,
      'conferenceParticipantAction invalid action property dance',
    ]);
    for (const action of ['tag', 'coach'])
      expect(await act({ action })).toEqual([
        400,
        `conferenceParticipantAction requires tag property when action is '${action}'`,
      ]);
    rooms.app.on(at('elsewhere'), [asleep]);
    await rooms.change(a, { call_hook: at('elsewhere') });
    await rooms.app.asked(at('elsewhere'));
    await eventually(async () => (await refused({ conf_mute_status: 'mute' }))[0] === 422);
  });
});

describe('a conference through REST', () => {
  test('shows who is in it, and steers each of them', async () => {
    const { phoneA, phoneB, phoneC, a, b, c, path, of, seen, at } = await three('rest');
    const { api, app } = rooms;
    expect(await api.get(`${rooms.account}/Conferences`)).toEqual(['rest']);
    expect(await api.get(path)).toMatchObject({ name: 'rest', members: 3, reserved: 0 });
    const listed = await api.get<Seen[]>(`${path}/Participants`);
    expect(listed.map(({ call_sid }) => call_sid)).toEqual([a, b, c]);
    expect(listed[1]).toMatchObject({
      conference_sid: `conf:${rooms.accountSid}:rest`,
      from: '+4930111',
      to: '202',
      direction: 'outbound',
      moderator: 0,
      member_tag: 'agent',
    });
    const put = async (sid: string, body: object) =>
      expect(await api.send('PUT', of(sid), { body })).toMatchObject({
        status: 202,
        text: 'Accepted',
      });
    await put(b, { mute_status: 'mute' });
    expect(await seen(b)).toMatchObject({ muted: 1 });
    await Promise.all([hears(phoneA, 1600), hearsNothingOf(phoneC, 1000)]);
    await put(b, { mute_status: 'unmute' });
    await allHear(phoneA, phoneB, phoneC);
    app.on(at('hold'), [rooms.tone(1300, 2)]);
    await put(b, { hold_status: 'hold', wait_hook: at('hold') });
    await hears(phoneB, 1300);
    await put(b, { hold_status: 'unhold' });
    await put(a, { coach_tag: 'agent' });
    await Promise.all([hearsAlso(phoneB, 440), hearsNothingOf(phoneC, 440)]);
    await put(a, { coach_tag: null });
    await allHear(phoneA, phoneB, phoneC);
    expect((await api.send('PUT', of(b), { body: {} })).status).toBe(400);
    await api.delete(of(c));
    await hears(phoneC, 900);
    expect((await api.send('GET', of(c))).status).toBe(404);
    await api.delete(`${of(b)}?hangup=true`);
    await phoneB.next('CALL_CLOSED');
    await api.delete(`${path}?hangup=true`);
    await phoneA.next('CALL_CLOSED');
    expect(await api.get(`${rooms.account}/Conferences`)).toEqual([]);
  });

  test('mutes and holds all, locks, and ends; what was made ahead tells its own hook', async () => {
    const { api, app, account } = rooms;
    app.on('/made/wait', [rooms.tone(1300, 2)]);
    await api.post(`${account}/Conferences`, {
      name: 'made',
      wait_hook: `${app.url}/made/wait`,
      status_hook: `${app.url}/made/status`,
    });
    const { phoneA, phoneB, phoneC, path } = await three('made');
    await api.put(path, { locked: true, hold_status: 'hold' });
    await Promise.all([phoneA, phoneB, phoneC].map((phone) => hears(phone, 1300)));
    expect(await api.get(path)).toMatchObject({ locked: 1, members: 3, reserved: 1 });
    await api.put(path, { hold_status: 'unhold', mute_status: 'mute' });
    await Promise.all([hears(phoneB, 440), hears(phoneC, 440), hearsNothing(phoneA)]);
    await api.delete(path);
    await hears(phoneC, 900);
    await toldInOrder(rooms, '/made/status', 'event', [
      ...['start', 'join', 'join', 'join'],
      ...['leave', 'leave', 'leave', 'end'],
    ]);
    expect((await api.send('GET', path)).status).toBe(404);
  });

  test('is one with what the native API shows, who can take somebody out too', async () => {
    const { world, app, call } = rooms;
    const { exchange, phoneA } = world;
    const { verb, at } = named('shared');
    app.on(at('left'), [rooms.tone(900, 30)]);
    await call(phoneA, at('a'), verb({ actionHook: at('left'), memberTag: 'guest' }));
    const [seen] = await participantsOf(exchange, 'shared', 1);
    expect(seen).toMatchObject({ number: '201', memberTag: 'guest', moderator: true });
    const { items } = await exchange.operator.get<{ items: { id: string; name: string }[] }>(
      '/native/v1/conferences',
    );
    const { id } = items.find(({ name }) => name === 'shared') ?? {};
    await exchange.operator.delete(`/native/v1/conferences/${id}/participants/${seen?.legId}`);
    await app.asked(at('left'));
    await hears(phoneA, 900);
  });
});

describe('an application with a socket', () => {
  test('asks, is told and steers over it', async () => {
    const { world, api, account, call } = rooms;
    const { phoneA, phoneB } = world;
    const { verb, at } = named('socket');
    const app = await startSocketApplication();
    try {
      const wait = [rooms.tone(900, 2)];
      app.answer('/wait', wait);
      const statusEvents = ['join', 'leave'];
      const more = { waitHook: '/wait', statusHook: '/status', statusEvents };
      app.answer('session:new', [verb({ ...more, startConferenceOnEnter: false })]);
      const { sid } = await api.post<{ sid: string }>(`${account}/Calls`, {
        from: '+4930111',
        to: { type: 'user', name: '201' },
        call_hook: app.url,
      });
      await phoneA.next('CALL_INCOMING');
      await phoneA.answer();
      await phoneA.next('CALL_ESTABLISHED');
      await hears(phoneA, 900);
      expect(await app.heard('/wait')).toMatchObject({ type: 'verb:hook', call_sid: sid });
      await call(phoneB, at('b'), verb());
      await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
      const joined = await app.heard('/status', ({ data }) => data.event === 'join');
      expect(joined.data).toMatchObject({ call_sid: sid, friendly_name: 'socket' });
      const say = (command: string, data: object) => app.say({ type: 'command', command, data });
      say('conf:participant-action', { action: 'mute' });
      await hearsNothingOf(phoneB, 440);
      say('conf:participant-action', { action: 'unmute' });
      await hears(phoneB, 440);
      say('conf:hold-status', { conf_hold_status: 'hold', wait_hook: '/wait' });
      await hears(phoneA, 900);
      say('conf:hold-status', { conf_hold_status: 'unhold' });
      await hears(phoneA, 1000);
      say('conf:mute-status', { conf_mute_status: 'mute' });
      await hearsNothingOf(phoneB, 440);
      say('redirect', [asleep]);
      await app.heard('/status', ({ data }) => data.event === 'leave');
    } finally {
      await app.stop();
    }
  });
});
