import { describe, expect, test } from 'vitest';
import { freshAddress, raw } from '../support/raw.ts';
import { unique } from '../support/tenant.ts';
import {
  api,
  cookie,
  cookiesOf,
  expectRefusal,
  notLocal,
  right,
  signedIn,
  signIn,
} from './client.ts';

const peers = `${api}/sip/getPeersStatuses`;
const notSignedIn = "The user isn't authenticated.";
const ask = (cookies: string) => raw('GET', peers, { headers: { ...notLocal, cookie: cookies } });

describe('signing in', () => {
  test('answers a script with JSON and sets the cookie that opens the API', async () => {
    const answer = await signIn(right);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.json).toEqual({ success: true, reload: 'index/index', message: [] });
    expect((await ask(cookie(answer, 'PHPSESSID'))).status).toBe(200);
  });

  test.each(['xmlhttprequest', 'XMLHTTPREQUEST'])('knows a script by %s too', async (value) => {
    const answer = await signIn(right, { headers: { 'x-requested-with': value } });
    expect(answer.json).toMatchObject({ success: true });
  });

  test('answers a browser with a page; the cookie is as good', async () => {
    const answer = await signIn(right, { headers: {} });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(answer.json).toBeUndefined();
    expect((await ask(cookie(answer, 'PHPSESSID'))).status).toBe(200);
  });

  test('sets its cookie first, out of reach of scripts and other sites', async () => {
    const [first = ''] = cookiesOf(await signIn({ ...right, rememberMeCheckBox: 'on' }));
    expect(first).toMatch(/^PHPSESSID=[\w-]{40,}; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  test('is remembered for thirty days where it is asked for', async () => {
    const answer = await signIn({ ...right, rememberMeCheckBox: 'on' });
    const remembered = cookiesOf(answer).find((one) => one.startsWith('random_token='));
    expect(remembered).toContain('Max-Age=2592000');
    expect(remembered).toContain('HttpOnly');
    expect((await ask(cookie(answer, 'random_token'))).status).toBe(200);
    expect(cookiesOf(await signIn(right))).toHaveLength(1);
  });

  test('leads back to where the person wanted to go, and to no other site', async () => {
    const reload = async (backUri: string) =>
      ((await signIn({ ...right, backUri })).json as { reload: string }).reload;
    expect(await reload('/admin-cabinet/extensions/index')).toBe('/admin-cabinet/extensions/index');
    for (const elsewhere of [
      '//evil.example',
      'https://evil.example',
      '/\\evil.example',
      '/a\r\nb',
    ])
      expect(await reload(elsewhere)).toBe('index/index');
  });

  test('takes a content type with a charset, and JSON', async () => {
    const headers = {
      'x-requested-with': 'XMLHttpRequest',
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    };
    expect((await signIn(right, { headers })).json).toMatchObject({ success: true });
    const json = await raw('POST', '/admin-cabinet/session/start', {
      headers: { 'x-requested-with': 'XMLHttpRequest', 'content-type': 'application/json' },
      body: JSON.stringify(right),
      from: freshAddress(),
    });
    expect(json.json).toMatchObject({ success: true });
  });

  test.each([
    ['a wrong password', { ...right, password: 'wrong' }],
    ['a wrong name', { ...right, login: unique('nobody') }],
    ['no password', { login: 'admin' }],
    ['no name', { password: right.password }],
    ['nothing', {}],
    ['U+0000 in the name', { ...right, login: 'admin\0' }],
    ['a password of ten thousand characters', { ...right, password: 'x'.repeat(10_000) }],
  ])('with %s fails with 200, and sets no cookie', async (_what, fields) => {
    const answer = await signIn(fields);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      success: false,
      reload: false,
      message: { error: [expect.stringMatching(/./)] },
    });
    expect(cookiesOf(answer)).toEqual([]);
  });

  test('fails in a browser with a page', async () => {
    const answer = await signIn({ ...right, password: 'wrong' }, { headers: {} });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(cookiesOf(answer)).toEqual([]);
  });

  test('is not tried any more after ten failures, and the answer keeps its form', async () => {
    const from = freshAddress();
    for (let failures = 0; failures < 10; failures += 1) {
      const { json } = await signIn({ ...right, password: 'wrong' }, { from });
      expect(json).toMatchObject({ message: { error: [expect.stringContaining('Wrong')] } });
    }
    for (const fields of [{ ...right, password: 'wrong' }, right]) {
      const answer = await signIn(fields, { from });
      expect(answer.status).toBe(200);
      expect(answer.json).toMatchObject({
        success: false,
        message: { error: [expect.stringContaining('later')] },
      });
      expect(cookiesOf(answer)).toEqual([]);
    }
  });

  test('goes on elsewhere, and for others at the same address, while an address may not try a name', async () => {
    const from = freshAddress();
    for (let failures = 0; failures < 12; failures += 1)
      await signIn({ ...right, password: 'wrong' }, { from });
    expect((await signIn(right)).json).toMatchObject({ success: true });
    const other = await signIn({ login: unique('guess'), password: 'wrong' }, { from });
    expect(other.json).toMatchObject({ message: { error: [expect.stringContaining('Wrong')] } });
  });

  test('of nobody can be kept out by failures from everywhere else', async () => {
    for (let failures = 0; failures < 60; failures += 1)
      await signIn({ ...right, password: 'wrong' });
    expect((await signIn(right)).json).toMatchObject({ success: true });
  });
});

describe('a session', () => {
  test('that was never begun opens nothing', async () => {
    for (const nonsense of [
      '',
      'PHPSESSID=',
      'PHPSESSID=garbage',
      `PHPSESSID=${'x'.repeat(4_000)}`,
    ])
      expectRefusal(await ask(nonsense), 401, notSignedIn);
  });

  test('ends when it is told to, and takes the remembering with it', async () => {
    const answer = await signIn({ ...right, rememberMeCheckBox: 'on' });
    const cookies = [cookie(answer, 'PHPSESSID'), cookie(answer, 'random_token')];
    const end = await raw('GET', '/admin-cabinet/session/end', {
      headers: { ...notLocal, cookie: cookies.join('; ') },
    });
    expect(end.status).toBe(200);
    for (const gone of cookiesOf(end)) expect(gone).toContain('Expires=Thu, 01 Jan 1970');
    for (const old of cookies) expectRefusal(await ask(old), 401, notSignedIn);
  });

  test('need not exist to be ended', async () => {
    const end = await raw('GET', '/admin-cabinet/session/end', { headers: notLocal });
    expect(end.status).toBe(200);
  });

  test('is one of many: ending it leaves the others', async () => {
    const [one, other] = [await signedIn(), await signedIn()];
    await raw('GET', '/admin-cabinet/session/end', { headers: one });
    expect((await raw('GET', peers, { headers: one })).status).toBe(401);
    expect((await raw('GET', peers, { headers: other })).status).toBe(200);
  });

  test('is not opened by what opens other dialects', async () => {
    const authorization = `Basic ${Buffer.from('alice:polyvox-demo').toString('base64')}`;
    const answer = await raw('GET', peers, { headers: { ...notLocal, authorization } });
    expectRefusal(answer, 401, notSignedIn);
  });
});

describe('a program on this machine', () => {
  test('needs no credentials', async () => {
    expect((await raw('GET', peers)).status).toBe(200);
    expect((await raw('GET', peers, { from: '127.9.8.7' })).status).toBe(200);
  });

  test.each(['localhost', 'LOCALHOST:8080', '127.0.0.1', '127.4.5.6:80', '[::1]:8080'])(
    'may call it %s',
    async (host) => {
      expect((await raw('GET', peers, { headers: { host } })).status).toBe(200);
    },
  );

  test.each([
    'pbx.example.test',
    'localhost.example.test',
    '127.0.0.1.example.test',
    '192.0.2.1',
    'localhost:80:80',
  ])('is none if it calls it %j', async (host) => {
    const answer = await raw('GET', peers, { headers: { host } });
    expectRefusal(answer, 401, notSignedIn);
  });

  test.each([
    ['origin', 'http://localhost:8080'],
    ['referer', 'http://127.0.0.1/'],
    ['sec-fetch-site', 'same-origin'],
    ['forwarded', 'for=127.0.0.1'],
    ['x-forwarded-for', '127.0.0.1'],
    ['x-forwarded-host', 'localhost'],
    ['x-forwarded-proto', 'http'],
    ['x-real-ip', '127.0.0.1'],
    ['via', '1.1 localhost'],
    ['x-forwarded-for', ''],
  ])('is none if a page or a proxy is behind it: %s: %s', async (name, value) => {
    const answer = await raw('GET', peers, { headers: { [name]: value } });
    expectRefusal(answer, 401, notSignedIn);
    expect(answer.text).not.toContain('201');
  });

  test('gets no leave for pages of other sites', async () => {
    const answer = await raw('GET', peers);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('is not let in by its word alone where nothing is', async () => {
    const answer = await raw('GET', '/pbxcore/api/nosuch/x', { headers: notLocal });
    expectRefusal(answer, 404, '404 (Not Found)');
  });
});
