import { describe, expect, test } from 'vitest';
import { type RawAnswer, raw } from '../support/raw.ts';
import { basic, server } from '../support/server.ts';
import { newTenant } from '../support/tenant.ts';

const { allowedOrigin } = server;
const { admin } = await newTenant();
const authorization = basic(admin.login, admin.password);
const whoAmI = '/v2/authorization/userinfo';

const preflight = (origin: string, path = whoAmI): Promise<RawAnswer> =>
  raw('OPTIONS', path, {
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers':
        'authorization,content-type,x-sipgate-client,x-sipgate-version',
    },
  });
const corsOf = ({ headers }: RawAnswer) =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));

const strangers = [
  'https://evil.example.test',
  'http://app.example.test',
  'https://app.example.test:8443',
  'https://app.example.test.evil.example',
  'https://evil.example#https://app.example.test',
  'null',
  '*',
  '',
];

describe('a page of an origin that is allowed', () => {
  test.each([whoAmI, '/v2/sessions/calls', '/v2/w0/history', '/v2/nothing/is/here'])(
    'may ask before it sends to %s, with the headers of the clients',
    async (path) => {
      const answer = await preflight(allowedOrigin, path);
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': allowedOrigin,
        vary: expect.stringContaining('origin'),
      });
      for (const method of ['GET', 'POST', 'PUT', 'DELETE'])
        expect(answer.headers['access-control-allow-methods']).toContain(method);
      for (const header of ['authorization', 'content-type', 'x-sipgate-client'])
        expect(answer.headers['access-control-allow-headers']).toContain(header);
    },
  );

  test('reads answers and refusals', async () => {
    for (const [path, more, status] of [
      [whoAmI, { authorization }, 200],
      [whoAmI, {}, 401],
      ['/v2/w4711/devices', { authorization }, 404],
      ['/v2/nothing', { authorization }, 404],
    ] as const) {
      const answer = await raw('GET', path, { headers: { origin: allowedOrigin, ...more } });
      expect(answer.status).toBe(status);
      expect(answer.headers['access-control-allow-origin']).toBe(allowedOrigin);
    }
  });

  test('never sends what the browser keeps: it must know the credential itself', async () => {
    for (const answer of [
      await preflight(allowedOrigin),
      await raw('GET', whoAmI, { headers: { origin: allowedOrigin, authorization } }),
    ]) {
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });

  test('has no leave for the other APIs', async () => {
    for (const path of ['/native/v1/users', '/pbxcore/api/sip/getPeersStatuses', '/metrics']) {
      expect(corsOf(await preflight(allowedOrigin, path))).toEqual([]);
      const headers = { origin: allowedOrigin, authorization };
      expect(corsOf(await raw('GET', path, { headers }))).toEqual([]);
    }
  });
});

describe('a page of another origin', () => {
  test.each(strangers)('%j may neither ask nor read', async (origin) => {
    const asked = await preflight(origin);
    expect(asked.status).toBe(405);
    expect(corsOf(asked)).toEqual([]);
    const read = await raw('GET', whoAmI, { headers: { origin, authorization } });
    expect(corsOf(read)).toEqual([]);
    expect(read.headers.vary).toContain('origin');
  });
});

test('a program that names no origin is answered as ever', async () => {
  const answer = await raw('GET', whoAmI, { headers: { authorization } });
  expect(answer.status).toBe(200);
  expect(corsOf(answer)).toEqual([]);
});
