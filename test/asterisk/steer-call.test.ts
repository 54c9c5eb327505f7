import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readWav } from '../../src/media/index.ts';
import { fromPcm, hasTone, isSilent, toneShare } from '../../src/phones/index.ts';
import { eventually } from '../support/eventually.ts';
import {
  hears,
  hearsAlso,
  hearsMoreThan,
  hearsNothingOf,
  hearsSomethingElse,
} from '../support/hearing.ts';
import {
  callsOf,
  connectPhones,
  endCall,
  establishedCall,
  type HistoryItem,
} from '../support/sipgate.ts';
import { type SoundServer, startSoundServer } from '../support/sound-server.ts';
import { createWorld } from '../support/world.ts';

const world = createWorld();
let sounds: SoundServer;

beforeAll(async () => {
  sounds = await startSoundServer();
});
afterAll(() => sounds?.stop());

describe('a running call, steered through sipgate', () => {
  test('on hold both sides hear music and not each other, then talk again', async () => {
    const { exchange, phoneA, phoneB } = world;
    const { callId, path } = await connectPhones(exchange, phoneA, phoneB);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await exchange.alice.put(`${path}/hold`, { value: true });
    await Promise.all([hearsSomethingElse(phoneA, 1000), hearsSomethingElse(phoneB, 440)]);
    expect(await establishedCall(exchange.alice, callId)).toMatchObject({ hold: true });
    await exchange.alice.put(`${path}/hold`, { value: false });
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    expect(await establishedCall(exchange.alice, callId)).toMatchObject({ hold: false });
    await endCall(exchange, phoneA, phoneB);
  });

  test('muted, the own voice is not heard but the other one is', async () => {
    const { exchange, phoneA, phoneB } = world;
    const { callId, path } = await connectPhones(exchange, phoneA, phoneB);
    await hears(phoneB, 440);
    await exchange.alice.put(`${path}/muted`, { value: true });
    await hearsNothingOf(phoneB, 440);
    await hears(phoneA, 1000);
    expect(await establishedCall(exchange.alice, callId)).toMatchObject({ muted: true });
    await exchange.alice.put(`${path}/muted`, { value: false });
    await hears(phoneB, 440);
    await endCall(exchange, phoneA, phoneB);
  });

  test('muted by the own user only: bob mutes his side, not that of alice', async () => {
    const { exchange, phoneA, phoneB } = world;
    const { path } = await connectPhones(exchange, phoneA, phoneB);
    await exchange.bob.put(`${path}/muted`, { value: true });
    await hearsNothingOf(phoneA, 1000);
    await hears(phoneB, 440);
    await endCall(exchange, phoneA, phoneB);
  });

  test('keys that are sent arrive at the other phone', async () => {
    const { exchange, phoneA, phoneB } = world;
    const { path } = await connectPhones(exchange, phoneA, phoneB);
    await exchange.alice.post(`${path}/dtmf`, { sequence: '4*#D' });
    const pressed = [];
    for (let key = 0; key < 4; key += 1) pressed.push((await phoneB.next('CALL_DTMF_START')).param);
    expect(pressed.join('')).toBe('4*#D');
    await endCall(exchange, phoneA, phoneB);
  });

  test('a sound file is heard by everybody, and one that cannot be played is refused with the reason', async () => {
    const { exchange, phoneA, phoneB } = world;
    const { path } = await connectPhones(exchange, phoneA, phoneB);
    const announce = (name: string) =>
      exchange.alice.send<{ message: string }>('POST', `${path}/announcements`, {
        body: { url: `${sounds.url}/${name}` },
      });
    expect((await announce('good.wav')).status).toBe(204);
    await Promise.all([hearsAlso(phoneA, 700), hearsAlso(phoneB, 700)]);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    const wideband = await announce('wideband.wav');
    expect(wideband.status).toBe(400);
    expect(wideband.body.message).toContain('16000 Hz');
    expect((await announce('text.wav')).body.message).toContain('RIFF');
    expect((await announce('missing.wav')).body.message).toContain('404');
    expect((await announce('huge.wav')).body.message).toContain('larger');
    await endCall(exchange, phoneA, phoneB);
  });

  test('never fetches a sound file from its own ports or from inside another network', async () => {
    const { exchange, phoneA, phoneB } = world;
    const { path } = await connectPhones(exchange, phoneA, phoneB);
    for (const url of [
      `http://127.0.0.1:${exchange.port}/docs`,
      'http://10.0.0.1/sound.wav',
      'http://169.254.169.254/latest',
      'file:///etc/passwd',
    ]) {
      const answer = await exchange.alice.send('POST', `${path}/announcements`, { body: { url } });
      expect(answer.status).toBe(400);
    }
    await endCall(exchange, phoneA, phoneB);
  });

  test('a recording holds both voices, says so when asked, and its link downloads the WAV', async () => {
    const { exchange, phoneA, phoneB } = world;
    const { callId, path } = await connectPhones(exchange, phoneA, phoneB);
    await exchange.alice.put(`${path}/recording`, { value: true, announcement: true });
    await Promise.all([hearsMoreThan(phoneA, 1000), hearsMoreThan(phoneB, 440)]);
    expect(await establishedCall(exchange.alice, callId)).toMatchObject({ recording: true });
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await exchange.alice.put(`${path}/recording`, { value: false, announcement: false });
    await eventually(async () => !(await establishedCall(exchange.alice, callId)).recording);
    await endCall(exchange, phoneA, phoneB);
    const entry = await eventually(async () => {
      const { items } = await exchange.alice.get<{ items: HistoryItem[] }>('/v2/w0/history');
      return items.find((item) => item.callId === callId && item.recordingUrl);
    });
    const stranger = await fetch(entry.recordingUrl ?? '');
    expect(stranger.headers.get('content-type')).toContain('audio/');
    const bytes = Buffer.from(await stranger.arrayBuffer());
    const wav = readWav(bytes);
    if (typeof wav === 'string') throw new Error(wav);
    expect(wav).toMatchObject({ channels: 1, sampleRate: 8_000, bitsPerSample: 16 });
    const samples = fromPcm(bytes.subarray(wav.dataOffset, wav.dataOffset + wav.dataBytes));
    const end = samples.subarray(-4_000);
    expect(isSilent(end)).toBe(false);
    expect(toneShare(end, 440)).toBeGreaterThan(0.2);
    expect(toneShare(end, 1000)).toBeGreaterThan(0.2);
    expect(hasTone(end, 700)).toBe(false);
  });

  test('ends for both when it is deleted, and is unknown from then on', async () => {
    const { exchange, phoneA, phoneB } = world;
    const { path } = await connectPhones(exchange, phoneA, phoneB);
    await exchange.alice.delete(path);
    await Promise.all([phoneA.next('CALL_CLOSED'), phoneB.next('CALL_CLOSED')]);
    await eventually(async () => (await callsOf(exchange.alice)).length === 0);
    for (const [method, what, body] of [
      ['DELETE', '', undefined],
      ['PUT', '/hold', { value: true }],
      ['PUT', '/muted', { value: true }],
      ['PUT', '/recording', { value: true, announcement: false }],
      ['POST', '/dtmf', { sequence: '1' }],
      ['POST', '/announcements', { url: `${sounds.url}/good.wav` }],
      ['POST', '/transfer', { attended: false, phoneNumber: '202' }],
    ] as const) {
      const answer = await exchange.alice.send(method, `${path}${what}`, body ? { body } : {});
      expect(answer.status, `${method} ${what}`).toBe(404);
    }
  });
});

describe('a running call, handed to a third phone', () => {
  test('blind: the partner rings the third phone, and the two talk', async () => {
    const { exchange, phoneA, phoneB } = world;
    const third = await exchange.operator.post<{ id: string }>('/native/v1/endpoints', {
      username: '203',
      secret: 'polyvox-demo-sip',
    });
    const phoneC = await exchange.phone('203', 1600);
    const { callId, path } = await connectPhones(exchange, phoneA, phoneB);
    await exchange.alice.post(`${path}/transfer`, { attended: false, phoneNumber: '203' });
    await phoneA.next('CALL_CLOSED');
    await phoneC.next('CALL_INCOMING');
    await phoneC.answer();
    await Promise.all([hears(phoneC, 1000), hears(phoneB, 1600)]);
    expect((await callsOf(exchange.operator)).map((call) => call.callId)).toEqual([callId]);
    await endCall({ ...exchange, alice: exchange.operator }, phoneB, phoneC);
    await phoneC.stop();
    await exchange.operator.delete(`/native/v1/endpoints/${third.id}`);
  });

  test('attended: the partner waits with music, every phone of the third party rings, and the one that answers talks on', async () => {
    const { exchange, phoneA, phoneB } = world;
    const third = await exchange.operator.post<{ id: string }>('/native/v1/endpoints', {
      username: '204',
      secret: 'polyvox-demo-sip',
    });
    const phoneC = await exchange.phone('204', 1600);
    const other = await exchange.phone('204', 2200);
    const { path } = await connectPhones(exchange, phoneA, phoneB);
    await exchange.alice.post(`${path}/transfer`, { attended: true, phoneNumber: '204' });
    await hearsSomethingElse(phoneB, 440);
    await Promise.all([phoneC.next('CALL_INCOMING'), other.next('CALL_INCOMING')]);
    await phoneC.answer();
    await other.next('CALL_CLOSED');
    await Promise.all([hears(phoneC, 440), hears(phoneA, 1600)]);
    await hearsNothingOf(phoneB, 1600);
    await phoneA.hangUp();
    await Promise.all([hears(phoneC, 1000), hears(phoneB, 1600)]);
    await endCall({ ...exchange, alice: exchange.operator }, phoneB, phoneC);
    await Promise.all([phoneC.stop(), other.stop()]);
    await exchange.operator.delete(`/native/v1/endpoints/${third.id}`);
  });
});
