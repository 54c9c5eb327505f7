import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fromPcm, type Phone } from '../../src/phones/index.ts';
import { recordedVoices } from '../scenarios/recorded-voices.ts';
import { type Api, createApi } from '../support/api.ts';
import { type ApplicationServer, startApplicationServer } from '../support/application-server.ts';
import { eventually } from '../support/eventually.ts';
import { hears, hearsFor, hearsNothingOf, hearsSomethingElse } from '../support/hearing.ts';
import { callsOf } from '../support/sipgate.ts';
import { createWorld } from '../support/world.ts';

const world = createWorld();

let app: ApplicationServer;
let api: Api;
let calls: string;
let account: string;

beforeAll(async () => {
  app = await startApplicationServer();
  api = createApi(world.exchange.url, `Bearer ${world.exchange.demoApiKey}`);
  account = `/v1/Accounts/${/account ([0-9a-f-]{36})/.exec(world.exchange.output())?.[1]}`;
  calls = `${account}/Calls`;
});
afterAll(() => app?.stop());

interface Seen {
  readonly call_sid: string;
  readonly call_status: string;
  readonly direction: string;
}

/** Places a call to a phone; each test has paths of its own. */
async function call(name: string, verbs: object, more: object = {}): Promise<string> {
  app.on(`/${name}`, verbs);
  const { sid } = await api.post<{ sid: string }>(calls, {
    from: '+4930111',
    to: { type: 'user', name: '201' },
    call_hook: `${app.url}/${name}`,
    call_status_hook: `${app.url}/${name}/status`,
    tag: { orderId: 7 },
    ...more,
  });
  return sid;
}

const answers = async (phone: Phone): Promise<void> => {
  await phone.next('CALL_INCOMING');
  await phone.answer();
  await phone.next('CALL_ESTABLISHED');
};

const statuses = (name: string, sid: string): string[] =>
  app.seen
    .filter(({ path, body }) => path === `/${name}/status` && body.call_sid === sid)
    .map(({ body }) => String(body.call_status));

const legOf = async (sid: string) => (await api.get<Seen>(`${calls}/${sid}`)).call_status;

const ended = (name: string, sid: string) =>
  app.asked(
    `/${name}/status`,
    ({ body }) =>
      body.call_sid === sid &&
      ['completed', 'failed', 'busy', 'no-answer'].includes(String(body.call_status)),
  );

describe('a call that an application places', () => {
  test('asks its hook when the phone answers, speaks, and tells how it got on', async () => {
    const sid = await call('speaks', [{ verb: 'say', text: 'Good morning, this is a test.' }]);
    const { phoneA } = world;
    await answers(phoneA);
    const { body } = await app.asked('/speaks');
    expect(body).toMatchObject({
      call_sid: sid,
      direction: 'outbound',
      from: '+4930111',
      to: '201',
      call_status: 'in-progress',
      sip_status: 200,
      customerData: { orderId: 7 },
    });
    await hearsSomethingElse(phoneA, 1000);
    await phoneA.next('CALL_CLOSED');
    const last = await ended('speaks', sid);
    expect(last.body).toMatchObject({ call_status: 'completed', call_termination_by: 'jambonz' });
    expect(last.body.duration).toBeGreaterThanOrEqual(1);
    expect(statuses('speaks', sid)).toEqual(['trying', 'ringing', 'in-progress', 'completed']);
  });

  test('collects keys while it speaks, and does what the action hook says', async () => {
    const say = { text: 'Please enter your number, which has four digits, all of them please.' };
    app.on('/digits', [{ verb: 'pause', length: 20 }]);
    const gather = { verb: 'gather', numDigits: 4, say, actionHook: '/digits' };
    const sid = await call('collects', [gather, { verb: 'hangup' }]);
    const { phoneA } = world;
    await answers(phoneA);
    await hearsSomethingElse(phoneA, 1000);
    await phoneA.press('1234');
    const { body } = await app.asked('/digits');
    expect(body).toMatchObject({ call_sid: sid, digits: '1234', reason: 'dtmfDetected' });
    const { status } = await api.send('DELETE', `${calls}/${sid}`);
    expect(status).toBe(204);
    await phoneA.next('CALL_CLOSED');
  });

  test('dials somebody, both hear each other, and each leg has its own statuses', async () => {
    const dial = {
      verb: 'dial',
      target: [{ type: 'user', name: '202' }],
      actionHook: '/dialled',
    };
    app.on('/dialled', [{ verb: 'hangup' }]);
    const sid = await call('dials', [dial]);
    const { phoneA, phoneB } = world;
    await answers(phoneA);
    await answers(phoneB);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    const listed = await api.get<Seen[]>(`${calls}?callStatus=in-progress`);
    expect(listed).toHaveLength(2);
    await phoneB.hangUp();
    const { body } = await app.asked('/dialled');
    expect(body).toMatchObject({
      call_sid: sid,
      dial_call_status: 'completed',
      dial_sip_status: 200,
    });
    const child = String(body.dial_call_sid);
    await phoneA.next('CALL_CLOSED');
    await ended('dials', sid);
    const childEnd = await ended('dials', child);
    expect(childEnd.body).toMatchObject({
      parent_call_sid: sid,
      direction: 'outbound',
      call_termination_by: 'caller',
    });
    expect(statuses('dials', child)).toEqual(['trying', 'ringing', 'in-progress', 'completed']);
  });

  test.each([
    ['busy', (phone: Phone) => phone.hangUp(), {}, 'busy', 486],
    ['unanswered', async () => undefined, { timeout: 2 }, 'no-answer', 487],
  ] as const)('that is %s says so', async (name, does, more, status, sip) => {
    const sid = await call(name, [], more);
    const { phoneA } = world;
    await phoneA.next('CALL_INCOMING');
    await does(phoneA);
    const { body } = await ended(name, sid);
    expect(body).toMatchObject({ call_status: status, sip_status: sip });
    expect(app.seen.some(({ path }) => path === `/${name}`)).toBe(false);
    await phoneA.next('CALL_CLOSED');
  });

  test('lasts no longer than it may', async () => {
    const sid = await call('lasts', [{ verb: 'pause', length: 60 }], { timeLimit: 2 });
    const { phoneA } = world;
    await answers(phoneA);
    await phoneA.next('CALL_CLOSED');
    expect((await ended('lasts', sid)).body).toMatchObject({ call_termination_by: 'jambonz' });
  });

  test('ends when its hook cannot be understood, and an alert says so', async () => {
    const sid = await call('malformed', [{ verb: 'dance' }]);
    const { phoneA } = world;
    await answers(phoneA);
    await phoneA.next('CALL_CLOSED');
    expect((await ended('malformed', sid)).body).toMatchObject({ call_status: 'completed' });
    const { data } = await api.get<{ data: object[] }>(`${account}/Alerts?page=1&count=25`);
    expect(data).toContainEqual(
      expect.objectContaining({ alert_type: 'invalid-app-payload', target_sid: sid }),
    );
  });

  test('is found afterwards, and heard', async () => {
    const sid = await call('recorded', [{ verb: 'pause', length: 60 }]);
    const { phoneA } = world;
    await answers(phoneA);
    await app.asked('/recorded');
    const record = { action: 'startCallRecording', siprecServerURL: 'sip:recorder.example' };
    expect(await api.send('PUT', `${calls}/${sid}`, { body: { record } })).toMatchObject({
      status: 202,
    });
    await hearsNothingOf(phoneA, 1000);
    await phoneA.hangUp();
    await ended('recorded', sid);
    const found = await eventually(async () => {
      const { data } = await api.get<{ data: Record<string, unknown>[] }>(
        `${account}/RecentCalls?page=1&count=1&call_sid=${sid}`,
      );
      return data[0]?.recording_url ? data[0] : undefined;
    });
    expect(found).toMatchObject({
      call_sid: sid,
      from: '+4930111',
      to: '201',
      answered: true,
      direction: 'outbound',
      sip_status: 200,
      termination_reason: 'called party hungup',
    });
    const path = `/v1${found.recording_url}`;
    const sound = await api.send('GET', path.replace(/mp3$/, 'wav'));
    expect(sound.status).toBe(200);
    expect(sound.text.slice(0, 4)).toBe('RIFF');
    expect(await api.send('DELETE', path)).toMatchObject({ status: 204 });
    expect(await api.send('GET', path)).toMatchObject({ status: 404 });
  });

  test('is told to the end, although application and server were away meanwhile', async () => {
    const sid = await call('patient', [{ verb: 'pause', length: 60 }]);
    const { phoneA, exchange } = world;
    await answers(phoneA);
    await app.asked('/patient');
    await app.goAway();
    await phoneA.hangUp();
    await phoneA.next('CALL_CLOSED');
    await eventually(async () => (await legOf(sid)) === 'completed');
    await exchange.killServer();
    await app.comeBack();
    await exchange.startServer();
    const { body } = await ended('patient', sid);
    expect(body).toMatchObject({ call_status: 'completed', call_termination_by: 'caller' });
    expect(statuses('patient', sid)).toEqual(['trying', 'ringing', 'in-progress', 'completed']);
  });
});

describe('a live call', () => {
  let sid: string;
  const change = (body: object) => api.send('PUT', `${calls}/${sid}`, { body });

  beforeEach(async () => {
    sid = await call('live', [
      { verb: 'dial', target: [{ type: 'user', name: '202' }], timeout: 30 },
    ]);
    await answers(world.phoneA);
    await answers(world.phoneB);
    await hears(world.phoneB, 440);
  });

  test('is muted and opened again', async () => {
    expect(await change({ mute_status: 'mute' })).toMatchObject({ status: 202, text: 'Accepted' });
    await hearsNothingOf(world.phoneB, 440);
    await change({ mute_status: 'unmute' });
    await hears(world.phoneB, 440);
  });

  test('hears what is whispered, and the other side does not', async () => {
    const text = 'Two minutes are left, two minutes are left, two minutes are left.';
    expect((await change({ whisper: { verb: 'say', text } })).status).toBe(202);
    await hearsSomethingElse(world.phoneA, 1000);
    await hears(world.phoneB, 440);
  });

  test('is led to other verbs', async () => {
    app.on('/other', [{ verb: 'pause', length: 30 }]);
    expect((await change({ call_hook: `${app.url}/other` })).status).toBe(202);
    await app.asked('/other', ({ body }) => body.call_sid === sid);
    await world.phoneB.next('CALL_CLOSED');
    await hearsNothingOf(world.phoneA, 1000);
  });

  test('carries another tag, and ends as it is told', async () => {
    await change({ tag: { orderId: 8 } });
    await change({ call_status: 'completed' });
    expect((await ended('live', sid)).body).toMatchObject({ customerData: { orderId: 8 } });
    await world.phoneA.next('CALL_CLOSED');
  });

  test('is the same call in every other API', async () => {
    const { alice } = world.exchange;
    const [seen, ...more] = await callsOf(alice);
    expect(more).toEqual([]);
    await alice.put(`/v2/calls/${seen?.callId}/hold`, { value: true });
    await hearsSomethingElse(world.phoneB, 440);
    const active = await eventually(async () => {
      const { body } = await world.exchange.operator.send<{ data: unknown[] }>(
        'GET',
        '/pbxcore/api/cdr/getActiveCalls',
      );
      return JSON.stringify(body).includes('202') ? body : undefined;
    });
    expect(JSON.stringify(active)).toContain('201');
    await alice.delete(`/v2/calls/${seen?.callId}`);
    expect((await ended('live', sid)).body).toMatchObject({ call_status: 'completed' });
  });
});

describe('a call that is removed', () => {
  const remove = async (sid: string) => (await api.send('DELETE', `${calls}/${sid}`)).status;
  const isListed = async (sid: string) =>
    (await api.get<Seen[]>(calls)).some(({ call_sid }) => call_sid === sid);

  test('is hung up while it runs, told of to the end, and found no more', async () => {
    const sid = await call('removed', [{ verb: 'pause', length: 30 }]);
    await answers(world.phoneA);
    expect(await isListed(sid)).toBe(true);
    expect(await remove(sid)).toBe(204);
    await world.phoneA.next('CALL_CLOSED');
    expect((await ended('removed', sid)).body).toMatchObject({
      call_status: 'completed',
      call_termination_by: 'jambonz',
    });
    expect(await remove(sid)).toBe(404);
    expect((await api.send('GET', `${calls}/${sid}`)).status).toBe(404);
    expect(await isListed(sid)).toBe(false);
  });

  test('goes from the list when it has ended, once', async () => {
    const sid = await call('over', []);
    await answers(world.phoneA);
    await ended('over', sid);
    expect(await isListed(sid)).toBe(true);
    expect(await remove(sid)).toBe(204);
    expect(await isListed(sid)).toBe(false);
    expect(await remove(sid)).toBe(404);
  });
});

test('a recording that is paused by the program and by a request lacks what was said meanwhile', async () => {
  const { exchange, phoneA } = world;
  const record = (action: string) => ({ verb: 'config', record: { action, type: 'cloud' } });
  const sid = await call('records', [
    record('startCallRecording'),
    { verb: 'pause', length: 1 },
    record('pauseCallRecording'),
    { verb: 'pause', length: 2 },
    record('resumeCallRecording'),
    { verb: 'pause', length: 60 },
  ]);
  await answers(phoneA);
  await hearsFor(phoneA, 4);
  const change = (action: string) =>
    api.send('PUT', `${calls}/${sid}`, { body: { record: { action, type: 'cloud' } } });
  expect((await change('pauseCallRecording')).status).toBe(202);
  await hearsFor(phoneA, 2);
  await change('resumeCallRecording');
  await change('stopCallRecording');
  const [running] = (await exchange.operator.get<{ items: { id: string }[] }>('/native/v1/calls'))
    .items;
  const recording = await eventually(async () => {
    const { items } = await exchange.operator.get<{ items: { url: string }[] }>(
      `/native/v1/calls/${running?.id}/recordings`,
    );
    return items[0];
  });
  const wav = await exchange.operator.bytes(recording.url);
  const samples = fromPcm(wav.subarray(44));
  expect(recordedVoices(wav, [phoneA.toneHz])[0]).toBeGreaterThan(0.5);
  expect(samples.length / 8_000).toBeGreaterThan(1.5);
  expect(samples.length / 8_000).toBeLessThan(3.2);
});
