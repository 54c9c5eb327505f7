import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Phone } from '../../src/phones/index.ts';
import { type Api, createApi } from '../support/api.ts';
import { type ApplicationServer, startApplicationServer } from '../support/application-server.ts';
import { freePort, startExchange } from '../support/exchange.ts';
import { hears, hearsNothingOf, hearsSomethingElse } from '../support/hearing.ts';
import { type Provider, startProvider } from '../support/provider.ts';
import { type SoundServer, startSoundServer } from '../support/sound-server.ts';
import { createWorld } from '../support/world.ts';

const world = createWorld();

let app: ApplicationServer;
let sounds: SoundServer;
let api: Api;
let calls: string;

beforeAll(async () => {
  app = await startApplicationServer();
  sounds = await startSoundServer();
  api = createApi(world.exchange.url, `Bearer ${world.exchange.demoApiKey}`);
  const [, account] = /account ([0-9a-f-]{36})/.exec(world.exchange.output()) ?? [];
  calls = `/v1/Accounts/${account}/Calls`;
});
afterAll(async () => {
  await app?.stop();
  await sounds?.stop();
});

const answers = async (phone: Phone): Promise<void> => {
  await phone.next('CALL_INCOMING');
  await phone.answer();
  await phone.next('CALL_ESTABLISHED');
};

/** Calls 201, which dials somebody. @returns the sid of its call */
async function dials(name: string, dial: object): Promise<string> {
  app.on(`/${name}`, [
    { verb: 'dial', target: [{ type: 'user', name: '202' }], actionHook: `/${name}/over`, ...dial },
  ]);
  app.on(`/${name}/over`, [{ verb: 'pause', length: 30 }]);
  const { sid } = await api.post<{ sid: string }>(calls, {
    from: '+4930111',
    to: { type: 'user', name: '201' },
    call_hook: `${app.url}/${name}`,
  });
  await answers(world.phoneA);
  return sid;
}

const over = (name: string) => app.asked(`/${name}/over`);

describe('whoever answers a dial', () => {
  test('is asked, hears the question alone, and is connected after the right key', async () => {
    const { phoneA, phoneB } = world;
    const say = { text: 'You have a call. Press one to take it, press one to take it.' };
    app.on('/takes/ask', [{ verb: 'gather', numDigits: 1, say, actionHook: '/takes/key' }]);
    app.on('/takes/key', []);
    const sid = await dials('takes', { confirmHook: '/takes/ask' });
    await answers(phoneB);
    const { body: asked } = await app.asked('/takes/ask');
    expect(asked).toMatchObject({ parent_call_sid: sid, direction: 'outbound', to: '202' });
    await hearsSomethingElse(phoneB, 440);
    await hearsNothingOf(phoneA, 1000);
    await phoneB.press('1');
    const { body } = await app.asked('/takes/key');
    expect(body).toMatchObject({ call_sid: asked.call_sid, digits: '1' });
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await phoneB.hangUp();
    expect((await over('takes')).body).toMatchObject({
      call_sid: sid,
      dial_call_sid: asked.call_sid,
      dial_call_status: 'completed',
      dial_sip_status: 200,
    });
  });

  test('is not connected if the program hangs up', async () => {
    const { phoneA, phoneB } = world;
    app.on('/refuses/ask', [{ verb: 'say', text: 'Not for you' }, { verb: 'hangup' }]);
    await dials('refuses', { confirmHook: '/refuses/ask' });
    await answers(phoneB);
    await phoneB.next('CALL_CLOSED');
    await over('refuses');
    await hearsNothingOf(phoneA, 1000);
  });

  test('does not keep another phone from ringing: whoever is accepted first wins', async () => {
    const { phoneA, phoneB, exchange } = world;
    const second = await exchange.phone('202', 700);
    app.on('/races/ask', [{ verb: 'pause', length: 20 }]);
    await dials('races', {
      target: [{ type: 'user', name: '202', confirmHook: '/races/ask' }],
    });
    await answers(phoneB);
    await app.asked('/races/ask');
    app.on('/races/ask', []);
    await answers(second);
    await Promise.all([hears(phoneA, 700), hears(second, 440)]);
    await phoneB.next('CALL_CLOSED');
    await second.stop();
  });
});

describe('while a dial rings', () => {
  test('the caller hears music instead of ringing, again and again, until the answer', async () => {
    const { phoneA, phoneB } = world;
    await dials('music', { dialMusic: `${sounds.url}/good.wav` });
    await phoneB.next('CALL_INCOMING');
    await hears(phoneA, 700);
    const since = await phoneA.position();
    await expect
      .poll(async () => (await phoneA.position()) - since > 3 * 8_000, { timeout: 8_000 })
      .toBe(true);
    await hears(phoneA, 700);
    await phoneB.answer();
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await hearsNothingOf(phoneA, 700);
  });

  test('and nobody answers in time, the hook says so', async () => {
    await dials('nobody', { timeout: 2 });
    await world.phoneB.next('CALL_INCOMING');
    expect((await over('nobody')).body).toMatchObject({
      dial_call_status: 'no-answer',
      dial_sip_status: 487,
    });
  });

  test('and somebody is busy, the hook says so', async () => {
    await dials('busy', {});
    await world.phoneB.next('CALL_INCOMING');
    await world.phoneB.hangUp();
    expect((await over('busy')).body).toMatchObject({
      dial_call_status: 'busy',
      dial_sip_status: 486,
    });
  });
});

describe('while two talk', () => {
  test('sequences of keys of either side are told, and the other side goes on hearing', async () => {
    const { phoneA, phoneB } = world;
    const sid = await dials('keys', {
      dtmfCapture: { parentCall: ['*2'], childCall: ['9'] },
      dtmfHook: '/keys/hit',
    });
    await answers(phoneB);
    await hears(phoneB, 440);
    await phoneA.press('1*2');
    const { body } = await app.asked('/keys/hit', ({ body: { dtmf } }) => dtmf === '*2');
    expect(body).toMatchObject({ call_sid: sid });
    await phoneB.press('9');
    const far = await app.asked('/keys/hit', ({ body: { dtmf } }) => dtmf === '9');
    expect(far.body).toMatchObject({ parent_call_sid: sid });
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
  });

  test('the conversation lasts no longer than it may, and the caller goes on', async () => {
    const { phoneA, phoneB } = world;
    await dials('limit', { timeLimit: 2 });
    await answers(phoneB);
    await phoneB.next('CALL_CLOSED');
    const { body } = await over('limit');
    expect(body).toMatchObject({ dial_call_status: 'completed', dial_call_duration: 2 });
    await hearsNothingOf(phoneA, 1000);
  });

  test('the callee sees the caller that the program wants', async () => {
    const { phoneB } = world;
    await dials('shown', { callerId: '+4930777', callerName: 'The Shop' });
    const incoming = await phoneB.next('CALL_INCOMING');
    expect(JSON.stringify(incoming)).toContain('+4930777');
    expect(JSON.stringify(incoming)).toContain('The Shop');
  });
});

describe('a SIP address somewhere else', () => {
  let far: Provider;

  beforeAll(async () => {
    const port = await freePort();
    far = await startProvider(join(world.exchange.dataFolder, 'far'), '127.0.0.7', port);
  });
  afterAll(() => far?.stop());

  test('is called directly, with headers, and both hear each other', async () => {
    const sipUri = `sip:carol@${far.host}:${far.port}`;
    await dials('far', {
      target: [{ type: 'sip', sipUri, headers: { 'X-Own': 'one' } }],
      headers: { 'X-All': 'two' },
      callerId: '+4930777',
    });
    const invite = await far.invite('carol');
    expect(invite).toMatch(/^X-Own: one\r?$/m);
    expect(invite).toMatch(/^X-All: two\r?$/m);
    expect(invite).toMatch(/^From: .*<sip:\+4930777@/m);
    await hears(world.phoneA, 440);
  });

  test('that asks who calls is told what the target says, and both hear each other', async () => {
    const other = await startExchange();
    try {
      const carol = await other.phone('202', 700);
      const sipUri = `sip:202@127.0.0.1:${other.sipPort}`;
      await dials('login', {
        target: [
          {
            type: 'sip',
            sipUri,
            auth: { username: '201', password: 'polyvox-demo-sip' },
            from: { user: '201', host: 'demo.invalid' },
          },
        ],
      });
      await answers(carol);
      await Promise.all([hears(world.phoneA, 700), hears(carol, 440)]);
      await carol.hangUp();
      expect((await over('login')).body).toMatchObject({ dial_call_status: 'completed' });
    } finally {
      await other.stop();
    }
  });

  test('that is the exchange itself is refused', async () => {
    const sipUri = `sip:202@127.0.0.1:${world.exchange.sipPort}`;
    await dials('own', { target: [{ type: 'sip', sipUri }] });
    expect((await over('own')).body).toMatchObject({ dial_call_status: 'failed' });
  });
});

describe('a caller who is to be answered on the bridge', () => {
  /** 201 calls a number that an application answers by dialling 202. */
  async function callsIn(name: string, number: string, dial: object): Promise<void> {
    const target = [{ type: 'user', name: '202' }];
    app.on(`/${name}`, [{ verb: 'dial', target, answerOnBridge: true, ...dial }]);
    const { sid } = await api.post<{ sid: string }>('/v1/Applications', {
      name,
      account_sid: calls.split('/')[3],
      call_hook: { url: `${app.url}/${name}` },
      call_status_hook: { url: `${app.url}/${name}/status` },
    });
    await api.post('/v1/PhoneNumbers', { number, application_sid: sid });
    await world.phoneA.dial(`sip:${number}@demo.invalid`);
    await world.phoneB.next('CALL_INCOMING');
  }
  const isUp = (phone: Phone) => phone.events.at(-1)?.type === 'CALL_ESTABLISHED';

  test('hears ringing first, and is answered with the callee', async () => {
    const { phoneA, phoneB } = world;
    await callsIn('bridge', '+15551230079', {});
    await phoneA.next('CALL_RINGING');
    expect(isUp(phoneA)).toBe(false);
    await phoneB.answer();
    await phoneA.next('CALL_ESTABLISHED');
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
  });

  test('hears the music instead as early sound', async () => {
    const { phoneA, phoneB } = world;
    await callsIn('early', '+15551230080', { dialMusic: `${sounds.url}/good.wav` });
    await hears(phoneA, 700);
    expect(isUp(phoneA)).toBe(false);
    await phoneB.answer();
    await phoneA.next('CALL_ESTABLISHED');
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
  });
});
