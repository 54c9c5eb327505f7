import { describe, expect, test } from 'vitest';
import { freshAddress, raw } from '../support/raw.ts';
import { api, basic, bearer, server } from '../support/server.ts';
import { newTenant, unique } from '../support/tenant.ts';

const tenant = await newTenant();
const { admin } = tenant;
const member = await tenant.member();

interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly instance: string;
}

const nobody = '00000000-0000-1000-8000-000000000000';

describe('a problem', () => {
  test.each([
    ['a body that is none', 400, 'request.malformed', 'POST', '/native/v1/users', '{'],
    ['a body that does not fit', 400, 'request.invalid', 'POST', '/native/v1/users', '{}'],
    [
      'a value that is not possible',
      400,
      'endpoint.invalid',
      'POST',
      '/native/v1/endpoints',
      '{"username":"a b","secret":"12345678"}',
    ],
    ['a right that is missing', 403, 'access.forbidden', 'GET', '/native/v1/accounts', undefined],
    [
      'an id that is not there',
      404,
      'user.not_found',
      'GET',
      `/native/v1/users/${nobody}`,
      undefined,
    ],
    [
      'a call that is not there',
      404,
      'call.not_found',
      'GET',
      `/native/v1/calls/${nobody}`,
      undefined,
    ],
    [
      'a place that is not there',
      404,
      'request.unknown_path',
      'GET',
      '/native/v1/nowhere',
      undefined,
    ],
    ['a method that is not taken', 405, 'request.method', 'PUT', '/native/v1/users', '{}'],
    [
      'a phone that is not there',
      404,
      'user.not_found',
      'POST',
      '/native/v1/calls',
      `{"from":{"userId":"${nobody}"},"to":"202"}`,
    ],
  ] as const)('tells of %s as RFC 9457 has it', async (_what, status, code, method, path, body) => {
    const answer = await admin.api.send<Problem>(method, path, { body });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({
      type: expect.stringContaining(code),
      title: expect.stringMatching(/^[A-Z]/),
      status,
      detail: expect.stringMatching(/./),
      code,
      instance: `urn:request:${answer.headers.get('x-request-id')}`,
    });
  });

  test('names every field that is wrong', async () => {
    const body = { email: 7, login: '', nonsense: true };
    const answer = await admin.api.send<Problem>('POST', '/native/v1/users', { body });
    for (const field of ['email', 'login', 'nonsense', 'password', 'firstName'])
      expect(answer.body.detail).toContain(field);
    expect(answer.body.detail).not.toContain('schema is false');
  });
});

describe('a call of the native API', () => {
  test('begins at nobody else’s phone, unless an administrator asks', async () => {
    const theirs = await tenant.device(admin, unique('phone'));
    const free = await tenant.device(undefined, unique('phone'));
    const place = async (who: typeof admin, from: object) =>
      (await who.api.send('POST', '/native/v1/calls', { body: { from, to: '202' } })).status;
    for (const from of [
      { userId: admin.id },
      { endpointId: theirs.id },
      { endpointId: free.id },
      { endpointId: theirs.id, number: '202' },
    ]) {
      expect(await place(member, from)).toBe(403);
      expect(await place(admin, from)).toBe(409);
    }
    expect(await place(member, { userId: member.id })).toBe(409);
  });

  test('begins at nothing of another account', async () => {
    const elsewhere = await newTenant();
    const phone = await elsewhere.device(elsewhere.admin, unique('phone'));
    for (const from of [{ userId: elsewhere.admin.id }, { endpointId: phone.id }]) {
      const answer = await admin.api.send('POST', '/native/v1/calls', {
        body: { from, to: '202' },
      });
      expect(answer.status).toBe(404);
    }
  });

  test.each(['', 'x'.repeat(33), 'sip:a@b', '20\r\n2', '\u202e202'])(
    'does not go to %j',
    async (to) => {
      const from = { userId: admin.id };
      const answer = await admin.api.send('POST', '/native/v1/calls', { body: { from, to } });
      expect(answer.status).toBe(400);
    },
  );

  test.each([
    ['hold', { on: true }],
    ['mute', { on: true }],
    ['record', { on: true }],
    ['transfer', { to: '202' }],
    ['dtmf', { digits: '1' }],
    ['announce', { url: 'http://media.example.test/a.wav' }],
  ])('that is not there takes no %s', async (what, body) => {
    const path = `/native/v1/calls/${nobody}/${what}`;
    expect((await admin.api.send('POST', path, { body })).status).toBe(404);
    expect((await admin.api.send('POST', path, { body: {} })).status).toBe(400);
  });

  test('that is over is a record for administrators', async () => {
    expect(await admin.api.get('/native/v1/cdrs')).toEqual({ items: [], next: null });
    expect((await member.api.send('GET', '/native/v1/cdrs')).status).toBe(403);
    expect(await admin.api.get(`/native/v1/calls/${nobody}/recordings`)).toEqual({ items: [] });
  });
});

describe('a token', () => {
  const tokensOf = ({ id }: { id: string }) => `/native/v1/users/${id}/tokens`;

  test('is shown once with its secret, and then without', async () => {
    const { id, name, secret } = await tenant.token(member, 'all');
    const listed = await member.api.send<{ items: { id: string }[] }>('GET', tokensOf(member));
    expect(listed.body.items).toContainEqual(expect.objectContaining({ id, name, scopes: 'all' }));
    expect(listed.text).not.toContain(secret);
  });

  test('does what its owner may do, in every API', async () => {
    const token = await tenant.token(member, 'all');
    expect((await token.api.send('GET', '/native/v1/users')).status).toBe(200);
    expect((await token.api.send('GET', '/native/v1/trunks')).status).toBe(403);
    expect((await token.api.send('GET', '/v2/account')).status).toBe(200);
  });

  test.each([[['rtcm:read']], [['sessions:write', 'users:read']], [[]]])(
    'with the scopes %j opens nothing here, least of all a mightier token',
    async (scopes) => {
      const token = await tenant.token(admin, scopes);
      for (const [method, path, body] of [
        ['GET', '/native/v1/users', undefined],
        ['GET', '/native/v1/events', undefined],
        ['POST', tokensOf(admin), { scopes: 'all' }],
      ] as const) {
        const answer = await token.api.send<Problem>(method, path, { body });
        expect([answer.status, answer.body.code]).toEqual([403, 'access.forbidden']);
      }
    },
  );

  test('is made and seen by its owner and by administrators', async () => {
    expect((await member.api.send('GET', tokensOf(admin))).status).toBe(403);
    expect((await member.api.send('POST', tokensOf(admin), { body: {} })).status).toBe(403);
    expect((await admin.api.send('GET', tokensOf(member))).status).toBe(200);
    expect((await admin.api.send('POST', tokensOf(member), { body: {} })).status).toBe(201);
  });

  test('of others is not there', async () => {
    const elsewhere = await newTenant();
    const { id } = await tenant.token(member, 'all');
    const { api: foreign } = elsewhere.admin;
    for (const who of [member, { id: nobody }])
      for (const [method, body] of [
        ['GET', undefined],
        ['POST', {}],
      ] as const)
        expect((await foreign.send(method, tokensOf(who), { body })).status).toBe(404);
    const colleague = await tenant.member();
    for (const through of [foreign, colleague.api])
      expect((await through.send('DELETE', `/native/v1/tokens/${id}`)).status).toBe(404);
    expect((await member.api.send('DELETE', `/native/v1/tokens/${id}`)).status).toBe(204);
    expect((await member.api.send('DELETE', `/native/v1/tokens/${id}`)).status).toBe(404);
  });

  test.each([{ scopes: 'some' }, { scopes: [''] }, { scopes: ['a\0b'] }, { name: 'x' }])(
    'cannot be %j',
    async (body) => {
      expect((await admin.api.send('POST', tokensOf(admin), { body })).status).toBe(400);
    },
  );
});

describe('the operator', () => {
  test('is known by one token only', async () => {
    const ask = async (token: string) =>
      (
        await raw('GET', '/native/v1/accounts', {
          headers: { authorization: bearer(token) },
          from: freshAddress(),
        })
      ).status;
    expect(await ask(server.adminToken)).toBe(200);
    expect(await ask(`${server.adminToken}x`)).toBe(401);
    const asPassword = api(basic('admin', server.adminPassword));
    expect((await asPassword.send('GET', '/native/v1/accounts')).status).toBe(401);
  });
});
