import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentProgress } from '../../../src/kernel/progress.ts';
import { runProgram } from '../../../src/media/run-program.ts';
import { fromPcm, hasTone, type Phone } from '../../../src/phones/index.ts';
import { ensurePrograms } from '../../../src/provisioning/index.ts';
import { eventually } from '../../support/eventually.ts';
import { callsOf, dial, establishedCall } from '../../support/sipgate.ts';
import { startRegistered } from '../support/phones.ts';
import { type RawRequest, raw } from '../support/raw.ts';
import { alice, bob, operator, server } from '../support/server.ts';
import { newTenant, unique } from '../support/tenant.ts';
import { api, type Envelope, expectRefusal, notLocal, signedIn } from './client.ts';

const headers = await signedIn();
const inDemo = { domain: 'demo.invalid', secret: 'polyvox-demo-sip' };
let phones: readonly Phone[] = [];
let callId: string;
let recordingId: string;

const ask = async (path: string): Promise<unknown> =>
  ((await raw('GET', `${api}/${path}`, { headers })).json as Envelope).data;
const activeCalls = async () => {
  const data = (await ask('cdr/getActiveCalls')) as [string];
  expect(data).toEqual([expect.any(String)]);
  return JSON.parse(data[0]) as Record<string, string>[];
};
const activeChannels = async () => (await ask('cdr/getActiveChannels')) as Record<string, string>[];

beforeAll(async () => {
  phones = await Promise.all(
    ['201', '202'].map((username) => startRegistered(alice, { ...inDemo, username })),
  );
});
afterAll(() => Promise.all(phones.map((phone) => phone.stop())));

const at = (index: number): Phone => {
  const phone = phones[index];
  if (!phone) throw new Error('the phone was not started');
  return phone;
};

describe('calls', () => {
  test('are an empty list in a text, and no channels, while nobody talks', async () => {
    expect(await activeCalls()).toEqual([]);
    expect(await activeChannels()).toEqual([]);
  });

  test('that ring have a caller and no answer yet', async () => {
    callId = await dial(alice, 'e0', '202');
    await at(0).next('CALL_INCOMING');
    await at(0).answer();
    await at(1).next('CALL_INCOMING');
    const [call] = await eventually(async () => {
      const calls = await activeCalls();
      return calls[0]?.dst_num === '202' ? calls : undefined;
    });
    expect(call).toEqual({
      start: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/),
      answer: '',
      endtime: '',
      src_num: '201',
      dst_num: '202',
      did: '',
      linkedid: expect.stringMatching(/^mikopbx-/),
    });
  });

  test('that are talked in are one row with both channels and the time of the answer', async () => {
    await at(1).answer();
    await establishedCall(alice, callId);
    expect(await activeChannels()).toEqual([
      {
        start: expect.stringMatching(/^\d{4}-/),
        answer: expect.stringMatching(/^\d{4}-/),
        src_chan: expect.stringMatching(/^PJSIP\/201-[0-9a-f]{8}$/),
        dst_chan: expect.stringMatching(/^PJSIP\/202-[0-9a-f]{8}$/),
        src_num: '201',
        dst_num: '202',
        did: '',
        linkedid: expect.stringMatching(/^mikopbx-/),
      },
    ]);
    expect(await activeCalls()).toHaveLength(1);
  });

  test('are gone after they end', async () => {
    await alice.put(`/v2/calls/${callId}/recording`, { value: true, announcement: false });
    await eventually(async () => (await callsOf(alice))[0]?.recording === true);
    const heard = await at(1).position();
    await eventually(async () => (await at(1).position()) > heard + 4_000);
    await alice.delete(`/v2/calls/${callId}`);
    await eventually(async () => (await activeCalls()).length === 0);
    await eventually(async () => (await activeChannels()).length === 0);
    const dashed = callId
      .toLowerCase()
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    recordingId = await eventually(async () => {
      const path = `/native/v1/calls/${dashed}/recordings`;
      const { items } = await alice.get<{ items: { id: string; sizeBytes: number | null }[] }>(
        path,
      );
      return items.find(({ sizeBytes }) => sizeBytes !== null)?.id;
    });
  });
});

describe('a call that was handed on', () => {
  test('has who is left and the third party, from the first moment on', async () => {
    const username = unique('third');
    const { id } = await alice.post<{ id: string }>('/native/v1/endpoints', {
      username,
      secret: inDemo.secret,
    });
    const third = await startRegistered(alice, { ...inDemo, username });
    const running = await dial(alice, 'e0', '202');
    for (const phone of [at(0), at(1)]) {
      await phone.next('CALL_INCOMING');
      await phone.answer();
    }
    await establishedCall(alice, running);
    await alice.post(`/v2/calls/${running}/transfer`, { attended: false, phoneNumber: username });
    const told = async () => (await activeCalls()).map((call) => [call.src_num, call.dst_num]);
    await eventually(async () => {
      const [row] = await told();
      expect(row?.[0]).not.toBe(row?.[1]);
      return row?.[0] === '202';
    });
    await third.next('CALL_INCOMING');
    expect(await told()).toEqual([['202', username]]);
    await third.answer();
    await eventually(async () => (await activeCalls())[0]?.answer !== '');
    expect(await told()).toEqual([['202', username]]);
    await alice.delete(`/v2/calls/${running}`);
    await eventually(async () => (await activeCalls()).length === 0);
    await third.stop();
    await alice.delete(`/native/v1/endpoints/${id}`);
  });
});

describe('the sound of a recording', () => {
  const play = (query: string, more: RawRequest = {}) =>
    raw('GET', `${api}/cdr/playback?${query}`, {
      ...more,
      headers: { ...headers, ...more.headers },
    });

  test('comes whole, and says that parts can be had', async () => {
    const answer = await play(`view=${recordingId}.wav`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('audio/x-wav');
    expect(answer.headers['accept-ranges']).toBe('bytes');
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(1_000);
    expect(answer.text.slice(0, 4)).toBe('RIFF');
    expect(answer.headers['content-disposition']).toBeUndefined();
  });

  test('is found below the folder that a client knows it in', async () => {
    const answer = await play(`view=/storage/monitor/2026/11/${recordingId}.wav`);
    expect(answer.status).toBe(200);
  });

  test.each([
    ['bytes=0-99', 206, 100, /^bytes 0-99\/\d+$/],
    ['bytes=-50', 206, 50, /^bytes \d+-\d+\/\d+$/],
    ['bytes=100-', 206, undefined, /^bytes 100-\d+\/\d+$/],
    ['bytes=0-999999999', 206, undefined, /^bytes 0-\d+\/\d+$/],
    ['bytes=999999999-', 416, 0, /^bytes \*\/\d+$/],
    ['bytes=5-1', 416, 0, /^bytes \*\/\d+$/],
    ['bytes=0-1,5-6', 200, undefined, undefined],
    ['lines=1-2', 200, undefined, undefined],
    ['bytes=', 200, undefined, undefined],
  ] as const)('in the range %s is %d', async (range, status, length, contentRange) => {
    const answer = await play(`view=${recordingId}.wav`, { headers: { range } });
    expect(answer.status).toBe(status);
    if (length !== undefined) expect(Number(answer.headers['content-length'])).toBe(length);
    if (contentRange) expect(answer.headers['content-range']).toMatch(contentRange);
  });

  test('is a file to keep, by the name that is asked for', async () => {
    const named = async (filename: string) =>
      (await play(`view=${recordingId}.wav&download=1&filename=${encodeURIComponent(filename)}`))
        .headers['content-disposition'];
    expect(await named('a.wav')).toBe("attachment; filename*=UTF-8''a.wav");
    expect(await named('Größe.wav')).toBe("attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe.wav");
    expect(await named('a\r\nSet-Cookie: b=c')).not.toMatch(/[\r\n]/);
    expect(await named('../../etc/passwd')).not.toContain('/');
    const unnamed = await play(`view=${recordingId}.wav&download=1`);
    expect(unnamed.headers['content-disposition']).toContain(recordingId);
  });

  test('comes as MP3 where that is asked for, whole and in parts', async () => {
    const whole = await play(`view=/storage/monitor/2026/11/${recordingId}.mp3`);
    expect(whole.status).toBe(200);
    expect(whole.headers['content-type']).toBe('audio/mpeg');
    expect(whole.headers['accept-ranges']).toBe('bytes');
    const length = Number(whole.headers['content-length']);
    const wav = await play(`view=${recordingId}.wav`);
    expect(length).toBeGreaterThan(500);
    expect(length).toBeLessThan(Number(wav.headers['content-length']));
    const part = await play(`view=${recordingId}.mp3`, { headers: { range: 'bytes=0-99' } });
    expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 0-99/${length}`]);
    const beyond = { headers: { range: `bytes=${length}-` } };
    expect((await play(`view=${recordingId}.mp3`, beyond)).status).toBe(416);
    const kept = await play(`view=${recordingId}.mp3&download=1`);
    expect(kept.headers['content-disposition']).toContain(`${recordingId}.mp3`);
  });

  test('is heard by a player of MP3', async () => {
    const { ffmpeg } = await ensurePrograms(['ffmpeg'], {
      folder: fileURLToPath(new URL('../../../.engine', import.meta.url)),
      progress: silentProgress,
      env: process.env,
    });
    const asked = await fetch(`${server.url}${api}/cdr/playback?view=${recordingId}.mp3`, {
      headers,
    });
    const sound = await runProgram(
      ffmpeg,
      [
        ...['-loglevel', 'error', '-f', 'mp3', '-i', 'pipe:0', '-ac', '1', '-ar', '8000'],
        ...['-sample_fmt', 's16', '-f', 's16le', 'pipe:1'],
      ],
      { input: Buffer.from(await asked.arrayBuffer()), limitMs: 20_000 },
    );
    const samples = fromPcm(sound);
    expect(hasTone(samples, 440)).toBe(true);
    expect(hasTone(samples, 1_600)).toBe(false);
  });

  test.each([
    '',
    'view=',
    'view=../../etc/passwd',
    'view=/etc/passwd',
    'view=%00',
    'view=..%2f..%2fcredentials',
    'view=....//....//credentials.wav',
    'view=file:///etc/passwd',
    'view=ID.txt',
    'view=ID',
    'view=../ID.wav',
    'view=a/../ID.wav',
    'view=%2e%2e/ID.wav',
    'view=ID.wav%00.txt',
    'view=ID.wav&view=ID.wav',
    'view[]=ID.wav',
    'view=00000000-0000-1000-8000-000000000000.wav',
    `view=${'a/'.repeat(2_000)}ID.wav.txt`,
  ])('is not at %s', async (query) => {
    const answer = await play(query.replaceAll('ID', recordingId));
    expectRefusal(answer, 404, '404 (Not Found)');
  });

  test('needs a session', async () => {
    const path = `${api}/cdr/playback?view=${recordingId}.wav`;
    expect((await raw('GET', path, { headers: notLocal })).status).toBe(401);
    expect((await raw('GET', path)).status).toBe(200);
  });

  test('is told by the native API to those who took part, and to no other account', async () => {
    const path = `/native/v1/recordings/${recordingId}/audio`;
    expect((await alice.send('GET', path)).status).toBe(200);
    expect((await operator.send('GET', path)).status).toBe(200);
    expect((await bob.send('GET', path)).status).toBe(404);
    const elsewhere = await newTenant();
    expect((await elsewhere.admin.api.send('GET', path)).status).toBe(404);
    const part = await alice.send('GET', path, { headers: { range: 'bytes=0-9' } });
    expect(part.status).toBe(206);
  });
});
