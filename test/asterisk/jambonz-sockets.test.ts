import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Api, createApi } from '../support/api.ts';
import { startAudioApplication } from '../support/audio-application.ts';
import { eventually } from '../support/eventually.ts';
import { hears, hearsFor, hearsNothingOf, hearsSomethingElse } from '../support/hearing.ts';
import { type SocketApplication, startSocketApplication } from '../support/socket-application.ts';
import { createWorld } from '../support/world.ts';

const world = createWorld();

let app: SocketApplication;
let api: Api;
let calls: string;

beforeEach(async () => {
  app = await startSocketApplication();
  api = createApi(world.exchange.url, `Bearer ${world.exchange.demoApiKey}`);
  const [account] = await api.get<{ account_sid: string }[]>('/v1/Accounts');
  calls = `/v1/Accounts/${account?.account_sid}/Calls`;
});
afterEach(() => app?.stop());

/** A call to a phone whose application has a socket; it is answered. */
async function answeredCall(): Promise<string> {
  const { sid } = await api.post<{ sid: string }>(calls, {
    from: '+4930111',
    to: { type: 'user', name: '201' },
    call_hook: app.url,
  });
  await world.phoneA.next('CALL_INCOMING');
  await world.phoneA.answer();
  await world.phoneA.next('CALL_ESTABLISHED');
  return sid;
}

const speech = 'This is said without an end, this is said without an end.';
const speaks = { verb: 'say', text: speech, loop: 'forever' };

describe('an application with a socket', () => {
  test('is asked over it, hears how verbs end, and is told how the call gets on', async () => {
    app.answer('session:new', [
      { verb: 'gather', numDigits: 2, actionHook: '/menu', say: { text: speech } },
    ]);
    app.answer('/menu', [{ verb: 'hangup' }]);
    const sid = await answeredCall();
    const { data } = await app.heard('session:new');
    expect(app.subprotocols).toEqual(['ws.jambonz.org']);
    expect(data).toMatchObject({
      call_sid: sid,
      direction: 'outbound',
      call_status: 'in-progress',
    });
    await hearsSomethingElse(world.phoneA, 1000);
    await world.phoneA.press('42');
    expect(await app.heard('verb:hook')).toMatchObject({
      hook: '/menu',
      call_sid: sid,
      data: { digits: '42', reason: 'dtmfDetected' },
    });
    await world.phoneA.next('CALL_CLOSED');
    await app.heard('call:status', (seen) => seen.data.call_status === 'completed');
  });

  test('stays when its verbs are over, and says what comes next', async () => {
    app.answer('session:new', []);
    await answeredCall();
    await app.heard('session:new');
    app.say({ type: 'command', command: 'redirect', data: [speaks] });
    await hearsSomethingElse(world.phoneA, 1000);
    app.say({ type: 'command', command: 'redirect', data: [{ verb: 'pause', length: 60 }] });
    await hearsNothingOf(world.phoneA, 1000);
    app.say({ type: 'command', command: 'call:status', data: { call_status: 'completed' } });
    await world.phoneA.next('CALL_CLOSED');
  });

  test('is found again when its socket breaks', async () => {
    app.answer('session:new', [speaks]);
    const sid = await answeredCall();
    await hearsSomethingElse(world.phoneA, 1000);
    app.break();
    const again = await app.heard('session:reconnect');
    expect(again).toMatchObject({ call_sid: sid, data: { call_sid: sid } });
    app.say({ type: 'command', command: 'redirect', data: [{ verb: 'hangup' }] });
    await world.phoneA.next('CALL_CLOSED');
  });

  test('is told that it was not understood, and the call goes on', async () => {
    app.answer('session:new', [speaks]);
    await answeredCall();
    await app.heard('session:new');
    app.say('no JSON at all');
    expect((await app.heard('jambonz:error')).data).toMatchObject({ msg: 'InvalidMessage' });
    await hearsSomethingElse(world.phoneA, 1000);
  });

  test('that does not acknowledge in time is given up, and the caller is not left in silence', async () => {
    app.ignore('session:new');
    await answeredCall();
    await app.heard('session:new');
    await world.phoneA.next('CALL_CLOSED');
  });
});

describe('over the socket of a call', () => {
  test('whoever answers a dial is asked too, and both are connected when nothing stands against it', async () => {
    const { phoneA, phoneB } = world;
    app.answer('session:new', [
      { verb: 'dial', target: [{ type: 'user', name: '202' }], confirmHook: '/confirm' },
    ]);
    app.answer('/confirm', [{ verb: 'say', text: 'A call' }]);
    const sid = await answeredCall();
    await phoneB.next('CALL_INCOMING');
    await phoneB.answer();
    const { type, data } = await app.heard('/confirm');
    expect(type).toBe('dial:confirm');
    expect(data).toMatchObject({ parent_call_sid: sid, call_status: 'in-progress' });
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await phoneB.hangUp();
    const child = await app.heard(
      'call:status',
      (seen) => seen.data.call_sid === data.call_sid && seen.data.call_status === 'completed',
    );
    expect(child.data).toMatchObject({ parent_call_sid: sid, direction: 'outbound' });
    expect(app.subprotocols).toHaveLength(1);
  });

  test('how somebody answers is told', async () => {
    const amd = {
      actionHook: '/amd',
      timers: { noSpeechTimeoutMs: 500, decisionTimeoutMs: 1_000 },
    };
    app.answer('session:new', [
      { verb: 'config', amd },
      { verb: 'pause', length: 30 },
    ]);
    await answeredCall();
    const { data } = await app.heard('/amd');
    expect(data).toMatchObject({ type: 'amd_decision_timeout' });
    await app.heard('/amd', (seen) => seen.data.type === 'amd_stopped');
  });

  test('a stream is paused and heard again', async () => {
    const ear = await startAudioApplication();
    app.answer('session:new', [{ verb: 'listen', url: ear.url }]);
    await answeredCall();
    await eventually(() => ear.soundBytes() > 8_000);
    app.say({ type: 'command', command: 'listen:status', data: { listen_status: 'pause' } });
    await eventually(async () => {
      const before = ear.soundBytes();
      await hearsFor(world.phoneA, 0.3);
      return ear.soundBytes() === before;
    });
    const paused = ear.soundBytes();
    app.say({ type: 'command', command: 'listen:status', data: { listen_status: 'resume' } });
    await eventually(() => ear.soundBytes() > paused + 8_000);
    await ear.stop();
  });
});
