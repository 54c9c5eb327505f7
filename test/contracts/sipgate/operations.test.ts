import { Compile } from 'typebox/schema';
import { describe, expect, test } from 'vitest';
import { raw } from '../support/raw.ts';
import { basic, stranger } from '../support/server.ts';
import { newTenant } from '../support/tenant.ts';
import { bodyOf, type ContractOperation, operations, pathOf, schemaOf } from './contract.ts';

const tenant = await newTenant();
const { admin } = tenant;
await tenant.device(admin, '201');

const nameOf = ({ method, path }: ContractOperation) => `${method} ${path}`;
const withBody = operations.filter(({ body }) => body.length > 0);
const onCalls = operations.filter(({ path }) => path.includes('{callId}'));
const readable = operations.filter(({ answers, method }) => answers && method === 'GET');

/** @throws {Error} saying what is not as the contract has it */
const expectShape = (schema: string, value: unknown) =>
  expect(Compile(schemaOf(schema) as Record<string, unknown>).Errors(value)[1]).toEqual([]);

const send = (operation: ContractOperation, body: unknown) =>
  admin.api.send(operation.method, pathOf(operation), { body });

describe.each(operations.map((operation) => [nameOf(operation), operation] as const))(
  '%s',
  (_name, operation) => {
    test('asks a stranger who it is, and tells nothing', async () => {
      const body = bodyOf(operation);
      const answer = await stranger.send(operation.method, pathOf(operation), { body });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Basic realm="sipgate"');
      expectShape('ErrorBody', answer.body);
      expect(answer.body).toMatchObject({ name: 'REQUEST_NOT_AUTHENTICATED' });
    });

    test('answers a method that it does not take with those that it takes', async () => {
      const answer = await admin.api.send('PATCH', pathOf(operation), { body: {} });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')?.split(', ')).toContain(operation.method);
      expectShape('ErrorBody', answer.body);
    });

    test('is also there with a slash at the end and when the client names the host', async () => {
      const body = bodyOf(operation);
      const plain = await admin.api.send(operation.method, pathOf(operation), { body });
      const slash = await admin.api.send(operation.method, `${pathOf(operation)}/`, { body });
      expect(slash.status).toBe(plain.status);
      const absolute = `http://api.example.test${pathOf(operation)}`;
      const named = await raw(operation.method, absolute, {
        headers: {
          authorization: basic(admin.login, admin.password),
          'content-type': 'application/json',
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      expect(named.status).toBe(plain.status);
    });
  },
);

describe.each(readable.map((operation) => [nameOf(operation), operation] as const))(
  '%s',
  (_name, operation) => {
    test('answers with every field of the contract', async () => {
      const answer = await admin.api.send(operation.method, pathOf(operation));
      expect(answer.status).toBe(operation.success);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expectShape(operation.answers ?? '', answer.body);
    });

    test('does not mind a content type without a body', async () => {
      const headers = { 'content-type': 'application/json' };
      const answer = await admin.api.send(operation.method, pathOf(operation), { headers });
      expect(answer.status).toBe(operation.success);
    });
  },
);

describe.each(withBody.map((operation) => [nameOf(operation), operation] as const))(
  'the body of %s',
  (_name, operation) => {
    const required = operation.body.filter((field) => field.required);

    test.each(required.map(({ name }) => name))('must hold %s', async (name) => {
      const { [name]: _, ...rest } = bodyOf(operation) ?? {};
      const answer = await send(operation, rest);
      expect(answer.status).toBe(400);
      expectShape('ErrorBody', answer.body);
      expect(answer.text).toContain(name);
    });

    test.each(required.map(({ name, type }) => [name, type]))(
      'must have %s as a %s',
      async (name, type) => {
        const wrong = type === 'string' ? 42 : 'perhaps';
        const answer = await send(operation, { ...bodyOf(operation), [name]: wrong });
        expect(answer.status).toBe(400);
        expect(answer.text).toContain(name);
      },
    );

    test('must be JSON', async () => {
      const answer = await send(operation, '{"caller":');
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ name: 'INVALID_JSON' });
    });

    test('must be there', async () => {
      expect((await admin.api.send(operation.method, pathOf(operation))).status).toBe(400);
    });

    test('is not taken under another content type', async () => {
      const headers = { 'content-type': 'text/plain' };
      const body = JSON.stringify(bodyOf(operation));
      const path = pathOf(operation);
      const answer = await admin.api.send(operation.method, path, { body, headers });
      expect(answer.status).toBe(415);
      expectShape('ErrorBody', answer.body);
    });

    test('may not be larger than a megabyte', async () => {
      const answer = await send(operation, { ...bodyOf(operation), more: 'x'.repeat(1_100_000) });
      expect(answer.status).toBe(413);
      expectShape('ErrorBody', answer.body);
    });

    test('may hold fields that nobody knows', async () => {
      const plain = await send(operation, bodyOf(operation));
      const more = await send(operation, { ...bodyOf(operation), nobodyKnows: { it: [] } });
      expect(more.status).toBe(plain.status);
    });
  },
);

describe.each(onCalls.map((operation) => [nameOf(operation), operation] as const))(
  '%s',
  (_name, operation) => {
    test.each(['ABCDEF01ABCDEF01ABCDEF01ABCDEF01', '7C0FA91B2D5E4438', 'not-a-call', '..%2f..'])(
      'answers 404 to the call %s',
      async (callId) => {
        const path = operation.path.replace('{callId}', callId);
        const answer = await admin.api.send(operation.method, path, { body: bodyOf(operation) });
        expect(answer.status).toBe(404);
        expectShape('ErrorBody', answer.body);
        expect(answer.body).toMatchObject({ name: 'RESOURCE_NOT_FOUND' });
      },
    );
  },
);

describe('who is behind a credential', () => {
  test('is named by its short id, its tenant and its language', async () => {
    expect(await admin.api.get('/v2/authorization/userinfo')).toEqual({
      sub: `w${admin.serial}`,
      domain: tenant.domain,
      masterSipId: expect.stringMatching(/^\d{7}$/),
      locale: 'en_DE',
    });
  });
});

describe('the people of the tenant', () => {
  test('are those of the account and of no other one', async () => {
    const other = await tenant.member({ extension: '202' });
    const { items } = await other.api.get<{ items: { id: string; email: string }[] }>('/v2/users');
    expect(items.map(({ id, email }) => [id, email])).toEqual([
      [`w${admin.serial}`, admin.email],
      [`w${other.serial}`, other.email],
    ]);
    expect(await admin.api.get(`/v2/users/w${admin.serial}`)).toMatchObject({
      id: `w${admin.serial}`,
      firstname: 'Test',
      lastname: admin.login,
      defaultDevice: 'e0',
      directDialIds: ['201'],
      admin: true,
    });
  });

  test('have devices that say whether they can be reached', async () => {
    expect(await admin.api.get('/v2/w0/devices')).toEqual({
      items: [
        {
          id: 'e0',
          alias: '201',
          type: 'REGISTER',
          online: false,
          dnd: false,
          activePhonelines: [{ id: 'p0', alias: `Test ${admin.login}` }],
          activeGroups: [],
        },
      ],
    });
  });
});

describe('what belongs to others', () => {
  const paths = ['/v2/users/{}', '/v2/{}/devices', '/v2/{}/history'];

  test.each(paths)('%s is refused alike whether there is somebody or not', async (template) => {
    const other = await tenant.member();
    const [there, nobody] = await Promise.all(
      ['w0', 'w4711'].map((id) => other.api.send('GET', template.replace('{}', id))),
    );
    expect(there?.status).toBe(403);
    expect(nobody?.status).toBe(403);
    expect(there?.body).toEqual(nobody?.body);
    const own = await other.api.send('GET', template.replace('{}', `w${other.serial}`));
    expect(own.status).toBe(200);
  });

  test.each(paths)('%s is not found by an administrator if there is nobody', async (template) => {
    for (const id of ['w4711', 'e0', 'banana', 'w00', 'w-1'])
      expect((await admin.api.send('GET', template.replace('{}', id))).status).toBe(404);
  });

  test('a device of somebody else looks like one that is not there', async () => {
    const other = await tenant.member();
    for (const id of ['e0', 'e4711', 'p0', 'banana'])
      expect((await other.api.send('GET', `/v2/devices/${id}`)).status).toBe(404);
  });

  test('people of another tenant are not seen by anybody', async () => {
    const elsewhere = await newTenant();
    const { items } = await elsewhere.admin.api.get<{ items: unknown[] }>('/v2/users');
    expect(items).toHaveLength(1);
    expect((await elsewhere.admin.api.send('GET', '/v2/users/w1')).status).toBe(404);
    expect((await elsewhere.admin.api.send('GET', '/v2/devices/e0')).status).toBe(404);
  });
});
