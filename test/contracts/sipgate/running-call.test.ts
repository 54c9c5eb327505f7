import { Compile } from 'typebox/schema';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Phone } from '../../../src/phones/index.ts';
import { eventually } from '../../support/eventually.ts';
import { callsOf, dial, establishedCall, type SipgateCall } from '../../support/sipgate.ts';
import { startRegistered } from '../support/phones.ts';
import { newTenant } from '../support/tenant.ts';
import { bodyOf, operations, pathOf, schemaOf } from './contract.ts';

const tenant = await newTenant();
const { admin } = tenant;
const caller = await tenant.member({ extension: '301' });
const callee = await tenant.member({ extension: '302' });
const bystander = await tenant.member({ extension: '303' });
const elsewhere = await newTenant();
const callerDevice = await tenant.device(caller, '301');
const calleeDevice = await tenant.device(callee, '302');

let callerPhone: Phone;
let calleePhone: Phone;
let callId: string;

beforeAll(async () => {
  const { domain } = tenant;
  [callerPhone, calleePhone] = await Promise.all([
    startRegistered(admin.api, { domain, ...callerDevice }),
    startRegistered(admin.api, { domain, ...calleeDevice }),
  ]);
  callId = await dial(caller.api, `e${callerDevice.serial}`, '302');
  await callerPhone.next('CALL_INCOMING');
  await callerPhone.answer();
  await calleePhone.next('CALL_INCOMING');
});
afterAll(() => Promise.all([callerPhone?.stop(), calleePhone?.stop()]));

const steering = operations.filter(({ path }) => path.includes('{callId}'));
const path = (suffix: string, id = callId) => `/v2/calls/${id}/${suffix}`;

const own = async (): Promise<SipgateCall> => {
  const [call] = await callsOf(caller.api);
  if (!call) throw new Error('the call is not there');
  return call;
};

describe('a call that still rings', () => {
  test('is neither shown nor steered', async () => {
    expect(await callsOf(caller.api)).toEqual([]);
    const answer = await caller.api.send('PUT', path('hold'), { body: { value: true } });
    expect(answer.status).toBe(404);
  });
});

describe('a call that is established', () => {
  beforeAll(async () => {
    await calleePhone.answer();
    await establishedCall(caller.api, callId);
  });

  test('is shown with every field of the contract', async () => {
    const body = await caller.api.get<{ data: readonly SipgateCall[] }>('/v2/calls');
    const check = Compile(schemaOf('Calls') as Record<string, unknown>);
    expect(check.Errors(body)[1]).toEqual([]);
    expect(body.data).toHaveLength(1);
    expect(body.data[0]).toMatchObject({ callId, muted: false, recording: false, hold: false });
    expect(body.data[0]?.participants.map(({ phoneNumber }) => phoneNumber)).toEqual([
      '301',
      '302',
    ]);
  });

  test('belongs to the one participant who looks at it', async () => {
    const owners = async (who: typeof caller) =>
      (await callsOf(who.api))[0]?.participants.map(({ owner }) => owner);
    expect(await owners(caller)).toEqual([true, false]);
    expect(await owners(callee)).toEqual([false, true]);
  });

  test.each(['bystander', 'elsewhere'])('is not there for somebody %s', async (where) => {
    const other = where === 'bystander' ? bystander : elsewhere.admin;
    expect(await callsOf(other.api)).toEqual([]);
    for (const operation of steering) {
      const body = bodyOf(operation);
      const unknown = 'ABCDEF01ABCDEF01ABCDEF01ABCDEF01';
      const ask = (id: string) =>
        other.api.send(operation.method, operation.path.replace('{callId}', id), { body });
      const [running, nobodys] = [await ask(callId), await ask(unknown)];
      expect([running.status, nobodys.status]).toEqual([404, 404]);
      expect(running.text.replaceAll(callId, '')).toBe(nobodys.text.replaceAll(unknown, ''));
    }
    expect(await own()).toMatchObject({ muted: false, recording: false, hold: false });
  });

  test.each([
    ['hold', { value: true }, { value: false }],
    ['hold', { value: 'true' }, { value: 'false' }],
    ['muted', { value: true }, { value: false }],
    ['recording', { value: true, announcement: false }, { value: false, announcement: false }],
  ] as const)('takes %s %j and its opposite, twice alike', async (what, on, off) => {
    for (const [body, wanted] of [
      [on, true],
      [on, true],
      [off, false],
      [off, false],
    ] as const) {
      const answer = await caller.api.send('PUT', path(what), { body });
      expect([answer.status, answer.text]).toEqual([204, '']);
      await eventually(async () => (await own())[what] === wanted);
    }
  });

  test('is found under its id in small letters too', async () => {
    const answer = await caller.api.send('PUT', path('muted', callId.toLowerCase()), {
      body: { value: false },
    });
    expect(answer.status).toBe(204);
  });

  test('takes keys, and says which are none', async () => {
    const press = (sequence: string) =>
      caller.api.send('POST', path('dtmf'), { body: { sequence } });
    expect((await press('1#')).status).toBe(204);
    for (const none of ['', 'E', '12 34', '1'.repeat(129), 'abc', '1\r\n'])
      expect((await press(none)).status).toBe(400);
  });

  test.each([
    ['is no address', 'not an address'],
    ['is a file', 'file:///etc/passwd'],
    ['holds a password', 'http://user:secret@media.example.test/a.wav'],
    ['nobody answers', 'http://127.0.0.1:1/a.wav'],
    ['has 3,000 characters', `http://media.example.test/${'a'.repeat(3_000)}`],
  ])('refuses an announcement where the url %s', async (_what, url) => {
    const answer = await caller.api.send<{ message: string }>('POST', path('announcements'), {
      body: { url },
    });
    expect(answer.status).toBe(400);
    expect(answer.body.message).not.toBe('');
  });

  test('does not fetch announcements from the exchange itself', async () => {
    const url = new URL('/healthz', inject('contractServer').url).href;
    const answer = await caller.api.send('POST', path('announcements'), { body: { url } });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('part of the exchange');
  });

  test.each([
    ['to a word', 400, { phoneNumber: 'banana!' }],
    ['to a line break', 400, { phoneNumber: '20\r\n2' }],
    ['to an extension that nobody has', 400, { phoneNumber: '399' }],
    ['to a number that no provider takes', 400, { phoneNumber: '+493023125017' }],
    ['to somebody without a phone', 400, { phoneNumber: '303' }],
    ['to an emergency number that no provider takes', 400, { phoneNumber: '112' }],
    ['with a number that is not owned', 403, { phoneNumber: '303', callerId: '+493023125017' }],
  ])('is not transferred %s', async (_what, status, wish) => {
    for (const attended of [true, false]) {
      const body = { attended, ...wish };
      const answer = await caller.api.send('POST', path('transfer'), { body });
      expect(answer.status).toBe(status);
      expect(await own()).toMatchObject({ hold: false, participants: [{}, {}] });
    }
  });

  test('ends once, under a content type without a body', async () => {
    const hangUp = () =>
      caller.api.send('DELETE', `/v2/calls/${callId}`, {
        headers: { 'content-type': 'application/json' },
      });
    const [first] = [await hangUp()];
    expect([first.status, first.text]).toEqual([204, '']);
    await Promise.all([callerPhone.next('CALL_CLOSED'), calleePhone.next('CALL_CLOSED')]);
    await eventually(async () => (await hangUp()).status === 404);
    expect(await callsOf(caller.api)).toEqual([]);
    for (const operation of steering) {
      const gone = pathOf(operation).replace('7C0FA91B2D5E44387C0FA91B2D5E4438', callId);
      const answer = await caller.api.send(operation.method, gone, { body: bodyOf(operation) });
      expect(answer.status).toBe(404);
    }
  });
});
