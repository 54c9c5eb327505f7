import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Api } from '../../support/api.ts';
import { unique } from '../support/tenant.ts';
import { aDate, admin, aSid, type Made, newCustomer, newProvider, refused } from './client.ts';

const hook = (path: string) => ({ url: `https://app.example/${path}`, method: 'POST' });
const good = (more: object = {}) => ({
  name: unique('menu'),
  call_hook: hook('call'),
  call_status_hook: hook('status'),
  ...more,
});

interface Shown {
  readonly application_sid: string;
  readonly name: string;
  readonly account_sid: string | null;
}
interface Paged {
  readonly total: number;
  readonly page: number;
  readonly page_size: number;
  readonly data: readonly Shown[];
}

const reseller = await newProvider();
const own = await reseller.customer();
const stranger = await newCustomer();
const path = '/v1/Applications';

const make = async (by: Api, more: object = {}) => (await by.post<Made>(path, good(more))).sid;
const sidsIn = async (by: Api, query = '', at = path) =>
  (await by.get<Shown[]>(at + query)).map((one) => one.application_sid);

/** The two ways to write the path of an application. */
const spellings = [
  ['by itself', (sid: string) => `${path}/${sid}`],
  ['below its account', (sid: string) => `/v1/Accounts/${own.sid}/Applications/${sid}`],
] as const;

describe.each(spellings)('an application %s', (_how, at) => {
  test('shows what was set, and what holds where nothing was', async () => {
    const name = unique('menu');
    const sid = await make(own.api, {
      name,
      call_hook: { ...hook('call'), method: 'get', username: 'me', password: 'secret' },
    });
    expect(await own.api.get(at(sid))).toEqual({
      application_sid: sid,
      name,
      service_provider_sid: null,
      account_sid: own.sid,
      call_hook: {
        webhook_sid: aSid,
        url: 'https://app.example/call',
        method: 'GET',
        username: 'me',
        password: 'secret',
      },
      call_status_hook: {
        webhook_sid: aSid,
        ...hook('status'),
        username: null,
        password: null,
      },
      messaging_hook: null,
      app_json: null,
      env_vars: null,
      speech_synthesis_vendor: 'google',
      speech_synthesis_language: 'en-US',
      speech_synthesis_voice: 'en-US-Standard-C',
      speech_synthesis_label: null,
      speech_recognizer_vendor: 'google',
      speech_recognizer_language: 'en-US',
      speech_recognizer_label: null,
      use_for_fallback_speech: 0,
      fallback_speech_synthesis_vendor: null,
      fallback_speech_synthesis_language: null,
      fallback_speech_synthesis_voice: null,
      fallback_speech_synthesis_label: null,
      fallback_speech_recognizer_vendor: null,
      fallback_speech_recognizer_language: null,
      fallback_speech_recognizer_label: null,
      record_all_calls: 0,
      created_at: aDate,
    });
  });

  test('is changed in what is sent, and keeps the rest', async () => {
    const sid = await make(own.api, {
      app_json: '[{"verb":"play","url":"silence_stream://500"}]',
      messaging_hook: hook('message'),
      env_vars: { GREETING: 'hello', LEVELS: [1, { deep: true }] },
      speech_synthesis_vendor: 'default',
      use_for_fallback_speech: true,
      fallback_speech_synthesis_vendor: 'aws',
      fallback_speech_recognizer_language: 'de-DE',
    });
    const before = await own.api.get<Shown & { messaging_hook: { webhook_sid: string } }>(at(sid));
    expect(before).toMatchObject({
      app_json: '[{"verb":"play","url":"silence_stream://500"}]',
      env_vars: { GREETING: 'hello', LEVELS: [1, { deep: true }] },
      use_for_fallback_speech: 1,
      speech_synthesis_vendor: 'default',
      speech_synthesis_voice: 'en-US-Standard-C',
      fallback_speech_synthesis_vendor: 'aws',
      fallback_speech_recognizer_language: 'de-DE',
    });
    const change = {
      messaging_hook: { url: 'wss://app.example/other' },
      record_all_calls: 1,
      app_json: null,
      speech_synthesis_voice: null,
    };
    expect((await own.api.send('PUT', at(sid), { body: change })).status).toBe(204);
    expect(await own.api.get(at(sid))).toEqual({
      ...before,
      messaging_hook: {
        webhook_sid: before.messaging_hook.webhook_sid,
        url: 'wss://app.example/other',
        method: 'POST',
        username: null,
        password: null,
      },
      record_all_calls: 1,
      app_json: null,
      speech_synthesis_voice: null,
    });
  });

  test('goes, and is not there then', async () => {
    const sid = await make(own.api);
    expect((await own.api.send('DELETE', at(sid))).status).toBe(204);
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const [status] = await refused(own.api, method, at(sid), method === 'PUT' ? {} : undefined);
      expect([method, status]).toEqual([method, 404]);
    }
  });

  test('has a UUID as sid', async () => {
    for (const method of ['GET', 'DELETE'])
      expect(await refused(own.api, method, at('x'))).toEqual([400, 'Bad request']);
    expect(await refused(own.api, 'PUT', at('x'), {})).toEqual([400, 'Bad request']);
  });
});

describe('an application', () => {
  test('is made by its account, and by whoever owns the account', async () => {
    const sids = [
      await make(own.api),
      await make(own.api, { account_sid: stranger.sid }),
      await make(reseller.api, { account_sid: own.sid }),
      await make(admin, { account_sid: own.sid }),
    ];
    for (const by of [own.api, admin])
      sids.push((await by.post<Made>(`/v1/Accounts/${own.sid}/Applications`, good())).sid);
    expect(await sidsIn(own.api)).toEqual(expect.arrayContaining(sids));
  });

  test('is made for nobody else', async () => {
    const body = good({ account_sid: stranger.sid });
    expect(await refused(reseller.api, 'POST', path, body)).toEqual([
      403,
      'insufficient privileges',
    ]);
    expect(await refused(admin, 'POST', path, good({ account_sid: randomUUID() }))).toEqual([
      400,
      'unknown account_sid',
    ]);
    const nested = `/v1/Accounts/${stranger.sid}/Applications`;
    expect(await refused(own.api, 'POST', nested, good())).toEqual([
      403,
      'insufficient permissions',
    ]);
  });

  test('without an account belongs to the service provider itself', async () => {
    const sid = await make(reseller.api);
    expect(await reseller.api.get(`${path}/${sid}`)).toMatchObject({
      account_sid: null,
      service_provider_sid: reseller.sid,
    });
    expect(await sidsIn(own.api)).not.toContain(sid);
  });

  test('of another account is not there to read, and not to be changed or removed', async () => {
    const at = `${path}/${await make(stranger.api)}`;
    for (const by of [own.api, reseller.api]) {
      expect(await refused(by, 'GET', at)).toEqual([404, expect.any(String)]);
      expect(await refused(by, 'PUT', at, { name: 'x' })).toEqual([403, 'insufficient privileges']);
      expect(await refused(by, 'DELETE', at)).toEqual([422, 'insufficient permissions']);
    }
    expect((await stranger.api.send('GET', at)).status).toBe(200);
  });

  test('is not below another account', async () => {
    const sid = await make(stranger.api);
    for (const by of [admin, own.api])
      expect(await refused(by, 'GET', `/v1/Accounts/${own.sid}/Applications/${sid}`)).toEqual([
        404,
        expect.any(String),
      ]);
    expect(
      await refused(own.api, 'GET', `/v1/Accounts/${stranger.sid}/Applications/${sid}`),
    ).toEqual([403, 'insufficient permissions']);
  });

  test.each([
    [
      'a hook as text',
      { call_hook: 'https://app.example' },
      "'call_hook' must be an object when adding an application",
    ],
    [
      'a status hook as text',
      { call_status_hook: 'https://app.example' },
      "'call_status_hook' must be an object when adding an application",
    ],
    ['a hook that is no address', { call_hook: { url: 'nowhere' } }, 'call_hook URL is invalid'],
    ['a relative hook', { call_hook: { url: '/call' } }, 'call_hook URL is invalid'],
    [
      'a hook by mail',
      { call_status_hook: { url: 'mailto:a@b.example' } },
      'call_status_hook URL is invalid',
    ],
    [
      'steps that are no list',
      { app_json: '{"verb":"play"}' },
      'Error: malformed jambonz payload: must be array',
    ],
  ])('is not made with %s', async (_what, more, sentence) => {
    expect(await refused(own.api, 'POST', path, good(more))).toEqual([400, sentence]);
  });

  test.each([
    ['no name', { name: undefined }],
    ['no hook', { call_hook: undefined }],
    ['no status hook', { call_status_hook: undefined }],
    ['an empty name', { name: '' }],
    ['a name of 65 characters', { name: 'x'.repeat(65) }],
    ['a name that is a list', { name: ['x'] }],
    ['a hook without address', { call_hook: {} }],
    ['a hook that is put', { call_hook: { ...hook('x'), method: 'PUT' } }],
    ['a hook with more', { call_hook: { ...hook('x'), more: 1 } }],
    ['steps that are no text', { app_json: [] }],
    ['steps that are no JSON', { app_json: '[{' }],
    ['steps that are no verbs', { app_json: '[{"verb":"fly"}]' }],
    ['a verb with a property that nobody knows', { app_json: '[{"verb":"play","tune":1}]' }],
    ['variables that are a list', { env_vars: [] }],
    ['a flag that is a text', { record_all_calls: 'true' }],
    ['a vendor that is a number', { speech_synthesis_vendor: 7 }],
    ['a sid that is none', { account_sid: 'x' }],
    ['a field that nobody knows', { bogus: 1 }],
  ])('is not made with %s', async (_what, more) => {
    const [status, msg] = await refused(own.api, 'POST', path, good(more));
    expect([status, msg.length > 0]).toEqual([400, true]);
  });

  test('is not made out of what is no JSON', async () => {
    const answer = await own.api.send('POST', path, {
      body: '{"name":',
      headers: { 'content-type': 'application/json' },
    });
    expect([answer.status, typeof (answer.body as { msg: string }).msg]).toEqual([400, 'string']);
  });
});

describe('a list of applications', () => {
  test('is whole, or a page of it', async () => {
    const lister = await reseller.customer();
    expect(await lister.api.get(path)).toEqual([]);
    const [first, second] = [await make(lister.api), await make(lister.api)];
    expect(await sidsIn(lister.api)).toEqual([first, second]);
    const page = (query: string) => lister.api.get<Paged>(`${path}?${query}`);
    expect(await page('page=1&page_size=1')).toMatchObject({
      total: 2,
      page: 1,
      page_size: 1,
      data: [{ application_sid: first }],
    });
    expect(await page('page=2&page_size=1')).toMatchObject({ data: [{ application_sid: second }] });
    expect(await page('page=3&page_size=1')).toMatchObject({ total: 2, data: [] });
    for (const query of ['page=0&page_size=1', 'page=x&page_size=1', 'page=1&page_size=501'])
      expect(await refused(lister.api, 'GET', `${path}?${query}`)).toEqual([
        400,
        expect.any(String),
      ]);
  });

  test('is looked through for a part of the name', async () => {
    const lister = await reseller.customer();
    const sid = await make(lister.api, { name: '100% Support_desk' });
    await make(lister.api, { name: 'Sales' });
    for (const name of ['support', '100%25', 't_d'])
      expect(await sidsIn(lister.api, `?name=${name}`)).toEqual([sid]);
    for (const name of ['nobody', '%25%25', 'Support%25'])
      expect(await sidsIn(lister.api, `?name=${name}`)).toEqual([]);
  });

  test('holds what is within reach, and narrows to an account or a provider', async () => {
    const mine = await make(own.api);
    const others = await make(stranger.api);
    expect(await sidsIn(reseller.api)).toContain(mine);
    expect(await sidsIn(reseller.api)).not.toContain(others);
    expect(await sidsIn(admin)).toEqual(expect.arrayContaining([mine, others]));
    expect(await sidsIn(admin, `?account_sid=${own.sid}`)).not.toContain(others);
    expect(await sidsIn(admin, `?service_provider_sid=${reseller.sid}`)).toContain(mine);
    expect(await sidsIn(reseller.api, `?account_sid=${stranger.sid}`)).toEqual([]);
    expect(await sidsIn(admin, `?account_sid=${randomUUID()}`)).toEqual([]);
    expect(await sidsIn(own.api, '', `/v1/Accounts/${own.sid}/Applications`)).toContain(mine);
    const ofProvider = `/v1/ServiceProviders/${reseller.sid}/Applications`;
    expect(await sidsIn(reseller.api, '', ofProvider)).toContain(mine);
    expect(await refused(own.api, 'GET', ofProvider)).toEqual([403, 'insufficient permissions']);
    expect(await refused(own.api, 'GET', `/v1/Accounts/${stranger.sid}/Applications`)).toEqual([
      403,
      'insufficient permissions',
    ]);
  });
});
