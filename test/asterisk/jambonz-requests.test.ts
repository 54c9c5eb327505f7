import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Phone } from '../../src/phones/index.ts';
import { type Api, createApi } from '../support/api.ts';
import { type ApplicationServer, startApplicationServer } from '../support/application-server.ts';
import { eventually } from '../support/eventually.ts';
import { hears } from '../support/hearing.ts';
import { createWorld } from '../support/world.ts';

const world = createWorld();

let app: ApplicationServer;
let api: Api;
let account: string;

beforeAll(async () => {
  app = await startApplicationServer();
  api = createApi(world.exchange.url, `Bearer ${world.exchange.demoApiKey}`);
  account = /account ([0-9a-f-]{36})/.exec(world.exchange.output())?.[1] ?? '';
});
afterAll(() => app?.stop());

const answers = async (phone: Phone): Promise<void> => {
  await phone.next('CALL_INCOMING');
  await phone.answer();
  await phone.next('CALL_ESTABLISHED');
};

/** Calls 201 with some verbs. @returns the sid of its call */
async function calling(name: string, verbs: readonly object[]): Promise<string> {
  app.on(`/${name}`, verbs);
  app.on(`/${name}/over`, [{ verb: 'pause', length: 30 }]);
  const { sid } = await api.post<{ sid: string }>(`/v1/Accounts/${account}/Calls`, {
    from: '+4930111',
    to: { type: 'user', name: '201' },
    call_hook: `${app.url}/${name}`,
  });
  await answers(world.phoneA);
  return sid;
}

/** 201 calls a number that an application answers. */
async function callingIn(name: string, number: string, verbs: readonly object[]): Promise<void> {
  app.on(`/${name}`, [{ verb: 'answer' }, ...verbs]);
  app.on(`/${name}/over`, [{ verb: 'pause', length: 30 }]);
  const { sid } = await api.post<{ sid: string }>('/v1/Applications', {
    name,
    account_sid: account,
    call_hook: { url: `${app.url}/${name}` },
    call_status_hook: { url: `${app.url}/${name}/status` },
  });
  await api.post('/v1/PhoneNumbers', { number, application_sid: sid });
  await world.phoneA.dial(`sip:${number}@demo.invalid`);
  await world.phoneA.next('CALL_ESTABLISHED');
}

describe('sip:refer', () => {
  test('makes the phone call somebody else, and tells what became of it', async () => {
    const { phoneA, phoneB } = world;
    await callingIn('refers', '+15551230077', [
      {
        verb: 'sip:refer',
        referTo: '202',
        eventHook: '/refers/event',
        actionHook: '/refers/over',
      },
    ]);
    await answers(phoneB);
    await hears(phoneB, 440);
    const { body } = await app.asked('/refers/over');
    expect(body).toMatchObject({
      direction: 'inbound',
      refer_status: 202,
      final_referred_call_status: 200,
    });
    expect((await app.asked('/refers/event')).body).toEqual({
      event: 'transfer-status',
      call_status: 200,
    });
    await phoneA.hangUp();
  });

  test('tells that somebody was busy, and goes on', async () => {
    const { phoneB } = world;
    await callingIn('busy', '+15551230078', [
      { verb: 'sip:refer', referTo: '202', actionHook: '/busy/over' },
    ]);
    await phoneB.next('CALL_INCOMING');
    await phoneB.hangUp();
    const { body } = await app.asked('/busy/over');
    expect(body).toMatchObject({ final_referred_call_status: 486 });
  });
});

/** What a phone was sent in text. */
const texts = ({ events }: Phone): string => JSON.stringify(events);

describe('a text', () => {
  test('to a user of ours reaches the phone', async () => {
    const { phoneB } = world;
    await calling('texts', [
      { verb: 'message', to: '202', from: '201', text: 'Hello Bob', actionHook: '/texts/over' },
    ]);
    const { body } = await app.asked('/texts/over');
    expect(body).toMatchObject({ message_status: 'success' });
    expect(body.message_sid).toMatch(/^[0-9a-f-]{36}$/);
    await eventually(() => (texts(phoneB).includes('Hello Bob') ? true : undefined), {
      because: () => `the phone was not sent it: ${texts(phoneB)}`,
    });
  });

  test('to nobody of ours has no carrier', async () => {
    await calling('outside', [
      {
        verb: 'message',
        to: '+4930222333',
        from: '201',
        text: 'Hello',
        actionHook: '/outside/over',
      },
    ]);
    const { body } = await app.asked('/outside/over');
    expect(['no carriers', 'failure']).toContain(body.message_status);
  });
});

describe('sip:request', () => {
  test('sends a MESSAGE within the call', async () => {
    const { phoneA } = world;
    await calling('asks', [
      { verb: 'sip:request', method: 'MESSAGE', body: 'Within the call', actionHook: '/asks/over' },
    ]);
    expect((await app.asked('/asks/over')).body).toMatchObject({ result: 'success' });
    await eventually(() => (texts(phoneA).includes('Within the call') ? true : undefined), {
      because: () => `the phone was not sent it: ${texts(phoneA)}`,
    });
  });

  test('says what cannot be sent', async () => {
    await calling('infos', [
      { verb: 'sip:request', method: 'INFO', body: 'x', actionHook: '/infos/over' },
    ]);
    expect((await app.asked('/infos/over')).body).toMatchObject({ result: 'failed' });
  });
});

test('a transcript without a recognizer is an alert, and the call goes on', async () => {
  await calling('transcribes', [
    { verb: 'transcribe', transcriptionHook: '/never' },
    { verb: 'redirect', actionHook: '/transcribes/over' },
  ]);
  await app.asked('/transcribes/over');
  const kinds = await eventually(async () => {
    const { data } = await api.get<{ data: { alert_type: string }[] }>(
      `/v1/Accounts/${account}/Alerts?page=1&count=25`,
    );
    return data.some(({ alert_type }) => alert_type === 'no-stt') && data;
  });
  expect(kinds.length).toBeGreaterThan(0);
});
