import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { freshAddress, raw } from '../support/raw.ts';
import { api, bearer, server } from '../support/server.ts';
import { aDate, admin, aSid, demo, demoAccountSid } from './client.ts';

interface Made {
  readonly sid: string;
  readonly token: string;
}

const account = await demoAccountSid();
const keysPath = `/v1/Accounts/${account}/ApiKeys`;
const mint = (body: object, by = demo) =>
  by.send<Made & { msg: string }>('POST', '/v1/ApiKeys', { body });
const newKey = async (more: object = {}) => (await mint({ account_sid: account, ...more })).body;

describe('a program without a good key', () => {
  test.each([
    ['none', {}],
    ['one that nobody has', { authorization: bearer(randomUUID()) }],
    ['one that is no UUID', { authorization: bearer('bogus') }],
    [
      'a password',
      { authorization: `Basic ${Buffer.from('alice:polyvox-demo').toString('base64')}` },
    ],
  ])('is told Unauthorized as plain text: %s', async (_what, headers) => {
    const answer = await raw('GET', keysPath, { headers, from: freshAddress() });
    expect([answer.status, answer.text]).toEqual([401, 'Unauthorized']);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
  });
});

describe('a key of an account', () => {
  test('makes another one for the same account, which works at once', async () => {
    const made = await mint({ account_sid: account });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({ sid: aSid, token: aSid });
    const own = api(bearer(made.body.token));
    expect((await own.send('GET', keysPath)).status).toBe(200);
  });

  test.each([
    ['nobody', {}],
    ['a provider', { service_provider_sid: randomUUID() }],
    ['another account', { account_sid: randomUUID() }],
  ])('makes none for %s', async (_whom, body) => {
    const { status, body: answer } = await mint(body);
    expect([status, answer.msg]).toEqual([
      400,
      'an account level token can only be used to create account level tokens for the same account',
    ]);
  });

  test('shows every key of the account whole, and when it was used last', async () => {
    const { sid, token } = await newKey();
    const shown = async () =>
      (await demo.get<{ api_key_sid: string }[]>(keysPath)).find((key) => key.api_key_sid === sid);
    expect(await shown()).toEqual({
      api_key_sid: sid,
      token,
      account_sid: account,
      service_provider_sid: null,
      expires_at: null,
      last_used: null,
      created_at: aDate,
    });
    await api(bearer(token)).get(keysPath);
    expect(await shown()).toMatchObject({ last_used: aDate });
  });

  test('is refused from the next request on when it removes itself', async () => {
    const { sid, token } = await newKey();
    const own = api(bearer(token));
    expect((await own.send('DELETE', `/v1/ApiKeys/${sid}`)).status).toBe(204);
    expect(await own.send('GET', keysPath)).toMatchObject({ status: 401, text: 'Unauthorized' });
    expect((await demo.send('DELETE', `/v1/ApiKeys/${sid}`)).status).toBe(404);
  });

  test('that runs out after a second is refused then', async () => {
    const { token } = await newKey({ expiry_secs: 1 });
    const own = api(bearer(token));
    expect((await own.send('GET', keysPath)).status).toBe(200);
    await expect
      .poll(async () => (await own.send('GET', keysPath)).status, { timeout: 5_000 })
      .toBe(401);
  });

  test('keeps the instant at which it runs out, in whichever form it was sent', async () => {
    const at = new Date('2037-11-03T14:05:09Z');
    for (const expires_at of [at.toISOString(), 'Tue, 03 Nov 2037 14:05:09 +0000', at.getTime()]) {
      const { sid } = await newKey({ expires_at });
      const keys = await demo.get<{ api_key_sid: string; expires_at: string }[]>(keysPath);
      expect(keys.find((key) => key.api_key_sid === sid)?.expires_at).toBe(
        'Tue, 03 Nov 2037 14:05:09 +0000',
      );
    }
  });

  test.each([
    ['an instant that has passed', { expires_at: '2020-01-01T00:00:00Z' }],
    ['no instant at all', { expires_at: 'soon' }],
    ['no seconds', { expiry_secs: 0 }],
    ['seconds as text', { expiry_secs: '60' }],
    ['a field that nobody knows', { bogus: 1 }],
    ['a sid that is none', { account_sid: 'x' }],
  ])('is not made with %s', async (_what, more) => {
    const { status, body } = await mint({ account_sid: account, ...more });
    expect([status, typeof body.msg]).toEqual([400, 'string']);
  });

  test('reaches no other account', async () => {
    const other = await demo.send('GET', `/v1/Accounts/${randomUUID()}/ApiKeys`);
    expect(other.status).toBe(404);
    expect(await demo.send('GET', '/v1/Accounts/not-a-uuid/ApiKeys')).toMatchObject({
      status: 400,
      body: { msg: 'Bad request' },
    });
  });
});

describe('a key for everything', () => {
  test('makes its like, which removes keys of an account', async () => {
    const { status, body } = await mint({}, admin);
    expect(status).toBe(201);
    const { sid } = await newKey();
    const mighty = api(bearer(body.token));
    expect((await mighty.send('DELETE', `/v1/ApiKeys/${sid}`)).status).toBe(204);
    expect(await demo.send('DELETE', `/v1/ApiKeys/${body.sid}`)).toMatchObject({
      status: 400,
      body: { msg: 'a user may not delete a token associated with a different account' },
    });
    expect((await mighty.send('DELETE', `/v1/ApiKeys/${body.sid}`)).status).toBe(204);
  });
});

describe('the API', () => {
  test('is open to pages of every origin, and asks nobody to keep its answers', async () => {
    const preflight = await raw('OPTIONS', keysPath, {
      headers: {
        origin: 'https://portal.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'authorization,content-type',
    });
    for (const headers of [{ authorization: bearer(server.demoApiKey) }, {}]) {
      const answer = await raw('GET', keysPath, { headers });
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': '*',
        'cache-control': 'no-store',
      });
    }
  });

  test('takes a slash at the end of a path', async () => {
    expect((await demo.send('GET', `${keysPath}/`)).status).toBe(200);
  });

  test('knows no other routes', async () => {
    expect((await demo.send('GET', '/v1/Nowhere')).status).toBe(404);
  });

  test('says that it is alive', async () => {
    expect(await raw('GET', '/health')).toMatchObject({ status: 200, text: 'OK' });
  });
});
