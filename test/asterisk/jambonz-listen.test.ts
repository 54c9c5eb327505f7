import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { writeWav } from '../../src/media/index.ts';
import { hasTone, isSilent, type Phone, tone } from '../../src/phones/index.ts';
import { type Api, createApi } from '../support/api.ts';
import { type ApplicationServer, startApplicationServer } from '../support/application-server.ts';
import { type AudioApplication, startAudioApplication } from '../support/audio-application.ts';
import { eventually } from '../support/eventually.ts';
import { hears, hearsAlso, hearsFor, hearsNothingOf } from '../support/hearing.ts';
import { createWorld } from '../support/world.ts';

const world = createWorld();

let app: ApplicationServer;
let ear: AudioApplication;
let api: Api;
let calls: string;

beforeAll(async () => {
  app = await startApplicationServer();
  api = createApi(world.exchange.url, `Bearer ${world.exchange.demoApiKey}`);
  const [, account] = /account ([0-9a-f-]{36})/.exec(world.exchange.output()) ?? [];
  calls = `/v1/Accounts/${account}/Calls`;
});
afterEach(() => ear?.stop());
afterAll(() => app?.stop());

const answers = async (phone: Phone): Promise<void> => {
  await phone.next('CALL_INCOMING');
  await phone.answer();
  await phone.next('CALL_ESTABLISHED');
};

/** Calls 201 (who says 440 Hz) with some verbs. @returns the sid of its call */
async function calling(name: string, verbs: readonly object[]): Promise<string> {
  app.on(`/${name}`, verbs);
  app.on(`/${name}/over`, [{ verb: 'pause', length: 30 }]);
  const { sid } = await api.post<{ sid: string }>(calls, {
    from: '+4930111',
    to: { type: 'user', name: '201' },
    call_hook: `${app.url}/${name}`,
    tag: { order: 7 },
  });
  await answers(world.phoneA);
  return sid;
}

/** Waits until the application hears a tone in one of its channels; a quarter of a second is looked at. */
const appHears = (hz: number, rate = 8_000, channel: 0 | 1 = 0) =>
  eventually(
    () => {
      const last = ear.heard(rate / 4, channel);
      return last.length >= rate / 4 && hasTone(lowered(last, rate), hz, 0.5) ? true : undefined;
    },
    { because: () => `the application does not hear ${hz} Hz (${ear.soundBytes()} bytes)` },
  );

/** At the rate that phones have. */
const lowered = (samples: Float32Array, rate: number): Float32Array =>
  rate === 8_000 ? samples : samples.filter((_, at) => at % (rate / 8_000) === 0);

const pcm = (hz: number, seconds: number, rate = 8_000): Buffer => {
  const samples = tone(hz * (8_000 / rate), (seconds * rate) / 8_000);
  return writeWav(samples, rate).subarray(44);
};

describe('listen', () => {
  test('brings what the phone says to an application, and what that says to the phone', async () => {
    ear = await startAudioApplication();
    const sid = await calling('both', [
      {
        verb: 'listen',
        url: ear.url,
        wsAuth: { username: 'u', password: 'p' },
        metadata: { shop: 'Berlin' },
        bidirectionalAudio: { enabled: true, streaming: true, sampleRate: 8_000 },
        actionHook: '/both/over',
      },
    ]);
    await appHears(440);
    expect(ear.subprotocols).toEqual(['audio.drachtio.org']);
    expect(ear.authorizations).toEqual([`Basic ${Buffer.from('u:p').toString('base64')}`]);
    expect(ear.texts[0]).toMatchObject({
      callSid: sid,
      direction: 'outbound',
      customerData: { order: 7 },
      sampleRate: 8_000,
      mixType: 'mono',
      shop: 'Berlin',
      metadata: { shop: 'Berlin' },
    });
    ear.say(pcm(700, 3));
    await hears(world.phoneA, 700);
    ear.say({ type: 'killAudio' });
    await hearsNothingOf(world.phoneA, 700);
    ear.say({ type: 'disconnect' });
    const { body } = await app.asked('/both/over');
    expect(body).toMatchObject({ call_sid: sid });
    expect(body.dial_call_duration).toBeGreaterThanOrEqual(1);
  });

  test('plays files that are sent, says when they have been played, and puts marks between', async () => {
    ear = await startAudioApplication();
    await calling('plays', [
      { verb: 'listen', url: ear.url, bidirectionalAudio: { enabled: true, streaming: true } },
    ]);
    await appHears(440);
    const play = (hz: number, id: string, queuePlay: boolean) =>
      ear.say({
        type: 'playAudio',
        data: {
          audioContent: writeWav(tone(hz, 1), 8_000).toString('base64'),
          audioContentType: 'wav',
          sampleRate: 8_000,
          id,
          queuePlay,
        },
      });
    play(700, 'first', false);
    ear.say({ type: 'mark', data: { name: 'between' } });
    play(1_300, 'second', true);
    await hears(world.phoneA, 700);
    await hears(world.phoneA, 1_300);
    await ear.told(
      ({ type, data }) => type === 'playDone' && (data as { id: string }).id === 'second',
    );
    const order = ear.texts.slice(1).map(({ data }) => {
      const { id, name, event } = data as Record<string, string>;
      return id ?? `${name} ${event}`;
    });
    expect(order).toEqual(['first', 'between playout', 'second']);
    ear.say(pcm(700, 10));
    ear.say({ type: 'mark', data: { name: 'never' } });
    await hears(world.phoneA, 700);
    ear.say({ type: 'clearMarks' });
    await ear.told(({ data }) => (data as { event?: string } | undefined)?.event === 'cleared');
  });

  test('gives other rates, and takes other ones back', async () => {
    ear = await startAudioApplication();
    await calling('rates', [
      {
        verb: 'stream',
        url: ear.url,
        sampleRate: 16_000,
        bidirectionalAudio: { enabled: true, streaming: true, sampleRate: 24_000 },
      },
    ]);
    await appHears(440, 16_000);
    ear.say(pcm(700, 3, 24_000));
    await hears(world.phoneA, 700);
  });

  test('tells keys if they are wanted, and ends with the one that ends it', async () => {
    ear = await startAudioApplication();
    await calling('keys', [
      { verb: 'listen', url: ear.url, passDtmf: true, finishOnKey: '#', actionHook: '/keys/over' },
    ]);
    await appHears(440);
    await world.phoneA.press('5');
    expect(await ear.told(({ event }) => event === 'dtmf')).toMatchObject({ dtmf: '5' });
    await world.phoneA.press('#');
    expect((await app.asked('/keys/over')).body).toMatchObject({ digits: '#' });
    expect(await ear.closed()).toBe(1000);
  });

  test('is paused, silent and heard again as the application wants, and lasts no longer than it may', async () => {
    ear = await startAudioApplication();
    const sid = await calling('steered', [
      { verb: 'listen', url: ear.url, maxLength: 8, actionHook: '/steered/over' },
    ]);
    await appHears(440);
    const steer = (listen_status: string) =>
      api.send('PUT', `${calls}/${sid}`, { body: { listen_status } });
    expect((await steer('silence')).status).toBe(202);
    await eventually(() => (isSilent(ear.heard(1_600)) ? true : undefined));
    await steer('pause');
    const before = ear.soundBytes();
    await hearsFor(world.phoneA, 1);
    expect(ear.soundBytes() - before).toBeLessThan(2_000);
    await steer('resume');
    ear.forget();
    await appHears(440);
    expect((await steer('louder')).status).toBe(400);
    const { body } = await app.asked('/steered/over');
    expect(body.dial_call_duration).toBe(8);
  });

  test('that cannot be begun is told, and the call goes on', async () => {
    ear = await startAudioApplication();
    await calling('nowhere', [
      { verb: 'listen', url: 'ws://127.0.0.1:9/none', actionHook: '/nowhere/over' },
    ]);
    await app.asked('/nowhere/over');
  });
});

describe('listen beside a conversation', () => {
  test('hears both sides apart while the two talk, and ends with them', async () => {
    ear = await startAudioApplication(2);
    await calling('talks', [
      {
        verb: 'dial',
        target: [{ type: 'user', name: '202' }],
        listen: { url: ear.url, mixType: 'stereo' },
        actionHook: '/talks/over',
      },
    ]);
    await answers(world.phoneB);
    await Promise.all([hears(world.phoneA, 1000), hears(world.phoneB, 440)]);
    await appHears(440, 8_000, 0);
    await appHears(1_000, 8_000, 1);
    ear.say({
      type: 'playAudio',
      data: {
        audioContent: pcm(700, 3).toString('base64'),
        audioContentType: 'raw',
        sampleRate: 8_000,
      },
    });
    await hearsAlso(world.phoneA, 700);
    await hearsNothingOf(world.phoneB, 700);
    await world.phoneB.hangUp();
    await app.asked('/talks/over');
    await ear.closed();
  });

  test('hears both sides mixed', async () => {
    ear = await startAudioApplication();
    await calling('mixed', [
      {
        verb: 'dial',
        target: [{ type: 'user', name: '202' }],
        stream: { url: ear.url, mixType: 'mixed' },
      },
    ]);
    await answers(world.phoneB);
    await eventually(() => {
      const last = ear.heard(2_000);
      return last.length === 2_000 && hasTone(last, 440, 0.2) && hasTone(last, 1_000, 0.2);
    });
  });

  test('begins with config, goes on with other verbs, and survives a server that is killed', async () => {
    ear = await startAudioApplication();
    await calling('beside', [
      { verb: 'config', listen: { enable: true, url: ear.url } },
      { verb: 'pause', length: 60 },
    ]);
    await appHears(440);
    await world.exchange.killServer();
    await world.exchange.startServer();
    ear.forget();
    await appHears(440);
    await world.phoneA.hangUp();
    await ear.closed();
  });
});
