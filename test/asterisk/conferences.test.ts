import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ConferenceInstruction, Instruction } from '../../src/core/programs/index.ts';
import { fromPcm, type Phone, toneShare } from '../../src/phones/index.ts';
import { eventually } from '../support/eventually.ts';
import { hears, hearsAlso, hearsNothingOf, hearsSomethingElse } from '../support/hearing.ts';
import {
  anotherPhone,
  conferenceOf,
  participantsOf,
  phoneRuns,
  soundsIn,
} from '../support/rooms.ts';
import { legOf, runningCalls } from '../support/running-legs.ts';
import { createWorld, endAllCalls } from '../support/world.ts';

const world = createWorld({ scripted: true });

/** A third phone: 220 says 1,600 Hz. */
let phoneC: Phone;
let playing: (hz: number, seconds: number) => Promise<Instruction>;

beforeAll(async () => {
  phoneC = await anotherPhone(world.exchange, '220', 1600);
  playing = await soundsIn(world.exchange);
});

afterEach(async () => {
  await endAllCalls(world.exchange);
  await phoneC.idle();
});

/** What a leg does in the conference `room`, and afterwards. */
const room = (change: Partial<ConferenceInstruction> = {}): ConferenceInstruction => ({
  do: 'conference',
  name: 'room',
  ...change,
});

const asleep: Instruction = { do: 'silence', seconds: 600 };

/** The tone of a conference in which somebody enters, in Hz: the engine's own sound. */
const beepHz = 700;

/** All three in the conference; the first is its moderator. */
async function three() {
  const { exchange, phoneA, phoneB } = world;
  const a = await phoneRuns(exchange, phoneA, room(), asleep);
  const b = await phoneRuns(exchange, phoneB, room({ memberTag: 'agent' }), asleep);
  const c = await phoneRuns(exchange, phoneC, room(), asleep);
  await participantsOf(exchange, 'room', 3);
  const { id } = await conferenceOf(exchange, 'room');
  const path = `/native/v1/conferences/${id}`;
  const of = (leg: { readonly id: string }) => `${path}/participants/${leg.id}`;
  return { exchange, phoneA, phoneB, a, b, c, path, of };
}

const allHear = ({ phoneA, phoneB }: { readonly phoneA: Phone; readonly phoneB: Phone }) =>
  Promise.all([
    hearsAlso(phoneA, 1000),
    hearsAlso(phoneA, 1600),
    hearsAlso(phoneB, 440),
    hearsAlso(phoneB, 1600),
    hearsAlso(phoneC, 440),
    hearsAlso(phoneC, 1000),
  ]);

describe('three phones in a conference', () => {
  test('hear each other and not themselves, each in a call of its own', async () => {
    const { exchange, phoneA, phoneB } = await three();
    await allHear({ phoneA, phoneB });
    await Promise.all([
      hearsNothingOf(phoneA, 440),
      hearsNothingOf(phoneB, 1000),
      hearsNothingOf(phoneC, 1600),
    ]);
    expect(await runningCalls(exchange)).toHaveLength(3);
    await phoneC.hangUp();
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    expect(await participantsOf(exchange, 'room', 2)).toMatchObject([
      { number: '201' },
      { number: '202' },
    ]);
  });

  test('are mixed as two are: nobody is switched over when a third one comes or goes', async () => {
    const { exchange, phoneA, phoneB } = world;
    const technologies = async () =>
      (await exchange.engine<readonly { readonly technology: string }[]>('/bridges')).map(
        ({ technology }) => technology,
      );
    await phoneRuns(exchange, phoneA, room(), asleep);
    await phoneRuns(exchange, phoneB, room(), asleep);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    expect(await technologies()).toEqual(['softmix']);
    await phoneRuns(exchange, phoneC, room(), asleep);
    await allHear({ phoneA, phoneB });
    expect(await technologies()).toEqual(['softmix']);
  });

  test('one who is muted is not heard and hears, until it is unmuted', async () => {
    const { exchange, phoneA, phoneB, b, of } = await three();
    await exchange.operator.post(`${of(b)}/mute`, { on: true });
    await Promise.all([hears(phoneA, 1600), hearsNothingOf(phoneC, 1000)]);
    await Promise.all([hearsAlso(phoneB, 440), hearsAlso(phoneB, 1600)]);
    await exchange.operator.post(`${of(b)}/mute`, { on: false });
    await allHear({ phoneA, phoneB });
  });

  test('one who is held hears music and is not heard; others talk on; then it is back', async () => {
    const { exchange, phoneA, phoneB, b, of } = await three();
    await exchange.operator.post(`${of(b)}/hold`, { on: true });
    await hearsSomethingElse(phoneB, 440);
    await Promise.all([hearsNothingOf(phoneB, 440), hearsNothingOf(phoneB, 1600)]);
    await Promise.all([hears(phoneA, 1600), hears(phoneC, 440)]);
    expect(await legOf(exchange, phoneB, 'answered')).toMatchObject({ held: true });
    await exchange.operator.post(`${of(b)}/hold`, { on: true, hears: 'silence' });
    await hearsNothing(phoneB);
    await exchange.operator.post(`${of(b)}/hold`, { on: false });
    await allHear({ phoneA, phoneB });
  });

  test('a coach is heard by those with the label alone, and hears everybody', async () => {
    const { exchange, phoneA, phoneB, a, b, of } = await three();
    await exchange.operator.post(`${of(a)}/coach`, { tag: 'agent' });
    await Promise.all([hears(phoneC, 1000), hearsNothingOf(phoneC, 440)]);
    await Promise.all([hearsAlso(phoneB, 440), hearsAlso(phoneB, 1600)]);
    await Promise.all([hearsAlso(phoneA, 1000), hearsAlso(phoneA, 1600)]);
    await exchange.operator.post(`${of(b)}/tag`, { tag: null });
    await hearsNothingOf(phoneB, 440);
    await exchange.operator.post(`${of(b)}/tag`, { tag: 'agent' });
    await hearsAlso(phoneB, 440);
    await exchange.operator.post(`${of(a)}/mute`, { on: true });
    await hearsNothingOf(phoneB, 440);
    await exchange.operator.post(`${of(a)}/mute`, { on: false });
    await hearsAlso(phoneB, 440);
    await hearsNothingOf(phoneC, 440);
    await exchange.operator.post(`${of(a)}/coach`, { tag: null });
    await allHear({ phoneA, phoneB });
  });

  test('a coach who hangs up leaves the others as they are, and nothing in the engine', async () => {
    const { exchange, phoneA, phoneB, a, of } = await three();
    await exchange.operator.post(`${of(a)}/coach`, { tag: 'agent' });
    await hearsAlso(phoneB, 440);
    await phoneA.hangUp();
    await Promise.all([hears(phoneB, 1600), hears(phoneC, 1000)]);
    await Promise.all([phoneB.hangUp(), phoneC.hangUp()]);
    await eventually(async () => (await bridgesOfEngine(exchange)).length === 0, {
      because: () => 'bridges stay in the engine',
    });
  });

  test('everybody can be muted but moderators, and everybody held', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneRuns(exchange, phoneA, room(), asleep);
    await phoneRuns(exchange, phoneB, room({ startOnEnter: false }), asleep);
    await phoneRuns(exchange, phoneC, room({ startOnEnter: false }), asleep);
    await participantsOf(exchange, 'room', 3);
    const { id } = await conferenceOf(exchange, 'room');
    const path = `/native/v1/conferences/${id}`;
    await exchange.operator.post(`${path}/mute`, { on: true, except: 'moderators' });
    await Promise.all([hears(phoneB, 440), hears(phoneC, 440), hearsNothing(phoneA)]);
    await exchange.operator.post(`${path}/mute`, { on: false });
    await allHear({ phoneA, phoneB });
    await exchange.operator.post(`${path}/hold`, { on: true, hears: 'silence' });
    await Promise.all([phoneA, phoneB, phoneC].map(hearsNothing));
    await exchange.operator.post(`${path}/hold`, { on: false });
    await allHear({ phoneA, phoneB });
  });

  test('hear what is played and said to all of them', async () => {
    const { exchange, phoneA, phoneB, path } = await three();
    await exchange.operator.post(`${path}/mute`, { on: true });
    await Promise.all([phoneA, phoneB, phoneC].map(hearsNothing));
    await exchange.operator.post(`${path}/play`, { text: 'This conference ends in five minutes.' });
    await Promise.all([phoneA, phoneB, phoneC].map((phone) => hearsSomethingElse(phone, 440)));
  });

  test('one is taken out and goes on with its program; the conference ends for all', async () => {
    const { exchange, phoneA, phoneB } = world;
    const next = await playing(900, 30);
    await phoneRuns(exchange, phoneA, room(), next);
    const b = await phoneRuns(exchange, phoneB, room(), next);
    await phoneRuns(exchange, phoneC, room(), next);
    await participantsOf(exchange, 'room', 3);
    const { id } = await conferenceOf(exchange, 'room');
    const path = `/native/v1/conferences/${id}`;
    await exchange.operator.delete(`${path}/participants/${b.id}`);
    await hears(phoneB, 900);
    await Promise.all([hears(phoneA, 1600), hears(phoneC, 440)]);
    await exchange.operator.delete(path);
    await Promise.all([hears(phoneA, 900), hears(phoneC, 900)]);
    expect(await runningCalls(exchange)).toHaveLength(3);
  });
});

/** Silence, whatever the phones say. */
const hearsNothing = (phone: Phone): Promise<unknown> =>
  Promise.all([440, 1000, 1600].map((hz) => hearsNothingOf(phone, hz)));

/** Bridges of conferences and coaches that the engine has. */
async function bridgesOfEngine(exchange: typeof world.exchange): Promise<readonly string[]> {
  const all = await exchange.engine<readonly { readonly id: string }[]>('/bridges');
  return all.map(({ id }) => id).filter((id) => /^(?:conference|coach)-/.test(id));
}

describe('a conference', () => {
  test('starts with its moderator: until then music; it ends when the moderator leaves', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneRuns(exchange, phoneA, room({ startOnEnter: false }), await playing(900, 20));
    await hearsSomethingElse(phoneA, 440);
    expect(await participantsOf(exchange, 'room', 1, 'waiting')).toMatchObject([
      { number: '201', moderator: false, joinedAt: null },
    ]);
    await phoneRuns(exchange, phoneB, room({ endOnExit: true }));
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await phoneB.hangUp();
    await hears(phoneA, 900);
    const { items } = await exchange.operator.get<{ items: unknown[] }>('/native/v1/conferences');
    expect(items).toEqual([]);
  });

  test('ends some seconds after its moderator has left', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneRuns(exchange, phoneA, room(), await playing(900, 20));
    await phoneRuns(exchange, phoneB, room({ endOnExit: true, endAfterSeconds: 3 }));
    await participantsOf(exchange, 'room', 2);
    await phoneB.hangUp();
    const left = Date.now();
    await hears(phoneA, 900);
    expect(Date.now() - left).toBeGreaterThan(2_500);
  });

  test('beeps when somebody comes, plays what it is told to, and lets nobody in when it is full', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneRuns(exchange, phoneA, room({ maxParticipants: 2 }), asleep);
    await participantsOf(exchange, 'room', 1);
    const beeped = hearsAlso(phoneA, beepHz);
    await phoneRuns(exchange, phoneB, room({ beep: true, joinMuted: true }), asleep);
    await beeped;
    await hearsNothing(phoneA);
    await phoneRuns(exchange, phoneC, room({ maxParticipants: 2 }), await playing(900, 20));
    await hears(phoneC, 900);
  });

  test('plays a rule to the leg alone before it is let in, and more to all as it enters', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneRuns(exchange, phoneA, room(), asleep);
    await participantsOf(exchange, 'room', 1);
    const welcome = await playing(1300, 2);
    const sounds = welcome.do === 'play' ? welcome.sounds : [];
    await phoneRuns(
      exchange,
      phoneB,
      room({ enter: [await playing(900, 2)], enterSound: sounds, joinMuted: true }),
      asleep,
    );
    await Promise.all([hears(phoneB, 900), hearsNothingOf(phoneA, 900)]);
    await Promise.all([hears(phoneA, 1300), hearsAlso(phoneB, 1300)]);
    await hears(phoneB, 440);
  });

  test('knows who talks', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneRuns(exchange, phoneA, room({ tellTalking: true }), asleep);
    const b = await phoneRuns(exchange, phoneB, room(), asleep);
    const { id } = await conferenceOf(exchange, 'room');
    const talks = async () =>
      (await participantsOf(exchange, 'room', 2)).map(({ talking }) => talking).join();
    await eventually(async () => (await talks()) === 'true,true');
    const path = `/native/v1/conferences/${id}/participants/${b.id}`;
    await exchange.operator.post(`${path}/mute`, { on: true });
    await eventually(async () => (await talks()) === 'true,false');
  });

  test('is recorded whole', async () => {
    const { exchange, phoneA, phoneB } = world;
    const a = await phoneRuns(exchange, phoneA, room({ record: true }), asleep);
    await phoneRuns(exchange, phoneB, room(), asleep);
    for (let time = 0; time < 3; time += 1)
      await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    expect((await conferenceOf(exchange, 'room')).recording).toBe(true);
    const [call] = (await runningCalls(exchange)).filter(({ legs }) =>
      legs.some((leg) => leg.id === a.id),
    );
    await Promise.all([phoneA.hangUp(), phoneB.hangUp()]);
    const recording = await eventually(async () => {
      const path = `/native/v1/calls/${call?.id}/recordings`;
      return (await exchange.operator.get<{ items: { url: string }[] }>(path)).items[0];
    });
    const samples = fromPcm((await exchange.operator.bytes(recording.url)).subarray(44));
    expect(samples.length / 8_000).toBeGreaterThan(0.5);
    const end = samples.subarray(-6_000, -2_000);
    expect(toneShare(end, 440)).toBeGreaterThan(0.2);
    expect(toneShare(end, 1000)).toBeGreaterThan(0.2);
  });

  test('that is made ahead is there before and after, and starts without a moderator', async () => {
    const { exchange, phoneA, phoneB } = world;
    const { id } = await exchange.operator.post<{ id: string }>('/native/v1/conferences', {
      name: 'board',
      startOnEnter: true,
    });
    const wanted = { ...room(), name: 'board', startOnEnter: false };
    await phoneRuns(exchange, phoneA, wanted, asleep);
    await phoneRuns(exchange, phoneB, wanted, asleep);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await Promise.all([phoneA.hangUp(), phoneB.hangUp()]);
    await participantsOf(exchange, 'board', 0);
    await exchange.operator.delete(`/native/v1/conferences/${id}`);
    expect((await exchange.operator.send('GET', `/native/v1/conferences/${id}`)).status).toBe(404);
  });

  test('passes on keys that somebody presses, where that is wished', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneRuns(exchange, phoneA, room({ passKeys: true }), asleep);
    await phoneRuns(exchange, phoneB, room(), asleep);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await phoneA.press('7');
    await phoneB.next('CALL_DTMF_START');
  });

  test('puts a phone on hold by itself: the others hear no music of it', async () => {
    const { exchange, phoneA, phoneB } = await three();
    await phoneA.hold();
    await Promise.all([hears(phoneB, 1600), hears(phoneC, 1000)]);
    await eventually(async () => (await legOf(exchange, phoneA, 'answered')).held);
    await phoneA.hangUp();
    await Promise.all([hears(phoneB, 1600), hears(phoneC, 1000)]);
  });
});

describe('the server is killed and comes back', () => {
  test('while three are in a conference: nobody notices, and it is steered as before', async () => {
    const { exchange, phoneA, phoneB, b, of, path } = await three();
    await exchange.operator.patch(path, {});
    await exchange.killServer();
    await allHear({ phoneA, phoneB });
    await exchange.startServer();
    expect(await participantsOf(exchange, 'room', 3)).toHaveLength(3);
    await exchange.operator.post(`${of(b)}/mute`, { on: true });
    await Promise.all([hears(phoneA, 1600), hearsNothingOf(phoneC, 1000)]);
    await exchange.operator.post(`${of(b)}/mute`, { on: false });
    await allHear({ phoneA, phoneB });
    await phoneB.hangUp();
    await Promise.all([hears(phoneA, 1600), hears(phoneC, 440)]);
  });

  test('while one is held and one coaches: both stay so, and can be let go', async () => {
    const { exchange, phoneA, phoneB, a, c, of } = await three();
    await exchange.operator.post(`${of(a)}/coach`, { tag: 'agent' });
    await exchange.operator.post(`${of(c)}/hold`, { on: true });
    await hears(phoneB, 440);
    await hearsSomethingElse(phoneC, 440);
    await exchange.killServer();
    await exchange.startServer();
    await hears(phoneB, 440);
    await hearsSomethingElse(phoneC, 440);
    await exchange.operator.post(`${of(c)}/hold`, { on: false });
    await hears(phoneC, 1000);
    await exchange.operator.post(`${of(a)}/coach`, { tag: null });
    await allHear({ phoneA, phoneB });
  });

  test('while its moderator hangs up: it is over, and the other goes on', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneRuns(exchange, phoneA, room(), await playing(900, 20));
    await phoneRuns(exchange, phoneB, room({ endOnExit: true }));
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await exchange.killServer();
    await phoneB.hangUp();
    await exchange.startServer();
    await hears(phoneA, 900);
  });

  test('while one waits for the start: music goes on, and it is let in', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneRuns(exchange, phoneA, room({ startOnEnter: false }), asleep);
    await hearsSomethingElse(phoneA, 440);
    await exchange.killServer();
    await exchange.startServer();
    await hearsSomethingElse(phoneA, 440);
    await phoneRuns(exchange, phoneB, room(), asleep);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
  });
});
