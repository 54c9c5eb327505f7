import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { api, bearer, server, stranger } from '../support/server.ts';
import { unique } from '../support/tenant.ts';
import { aDate, newCustomer, newProvider, refused } from './client.ts';

const reseller = await newProvider();
const own = await reseller.customer();
const elsewhere = await newCustomer();

interface Named {
  readonly name: string;
  readonly length?: number;
}

const kinds = [
  ['Conferences', 'conf', 'Participants'],
  ['Queues', 'queue', 'Calls'],
] as const;

describe.each(kinds)('%s', (path, prefix, inside) => {
  const all = `/v1/Accounts/${own.sid}/${path}`;
  const make = async (body: object = {}) => {
    const name = unique('room');
    await own.api.post(all, { name, ...body });
    return name;
  };
  const one = (name: string) => `${all}/${encodeURIComponent(name)}`;
  const names = async (query = '') =>
    (await own.api.get<(string | Named)[]>(all + query)).map((each) =>
      typeof each === 'string' ? each : each.name,
    );

  test('are made ahead, listed, and gone when they are deleted; then the name is free', async () => {
    const name = unique('room');
    expect(await own.api.send('POST', all, { body: { name } })).toMatchObject({
      status: 201,
      body: { sid: `${prefix}:${own.sid}:${name}` },
    });
    expect(await names()).toContain(name);
    expect((await own.api.send('DELETE', one(name))).status).toBe(204);
    expect(await names()).not.toContain(name);
    expect((await own.api.send('GET', one(name))).status).toBe(404);
    expect((await own.api.send('DELETE', one(name))).status).toBe(404);
    expect((await own.api.send('POST', all, { body: { name } })).status).toBe(201);
  });

  test('are named by their name or their sid', async () => {
    const name = await make();
    const sid = `${prefix}:${own.sid}:${name}`;
    expect(await own.api.get(one(sid))).toEqual(await own.api.get(one(name)));
    const foreign = `${prefix}:${elsewhere.sid}:${name}`;
    expect((await own.api.send('GET', one(foreign))).status).toBe(404);
  });

  test('may have any name that is no address', async () => {
    const name = `Empfang & Büro 7 ${unique('x')}?`;
    await own.api.post(all, { name });
    expect(await own.api.get(one(name))).toMatchObject({ name });
  });

  test('have a name', async () => {
    expect(await refused(own.api, 'POST', all, {})).toEqual([400, 'missing field name']);
    for (const name of ['a:b', 'a/b', 'x'.repeat(129), 7, {}])
      expect(await refused(own.api, 'POST', all, { name })).toEqual([400, 'invalid name']);
    expect((await own.api.send('POST', all, { body: { name: 'a\u0000b' } })).status).toBe(400);
  });

  test('do not share a name', async () => {
    const name = await make();
    expect((await own.api.send('POST', all, { body: { name } })).status).toBe(422);
    const theirs = `/v1/Accounts/${elsewhere.sid}/${path}`;
    expect((await elsewhere.api.send('POST', theirs, { body: { name } })).status).toBe(201);
  });

  test('take no property that is not known', async () => {
    const name = await make();
    expect((await own.api.send('PUT', one(name), { body: { nonsense: 1 } })).status).toBe(400);
    const body = { name: unique('room'), nonsense: 1 };
    expect((await own.api.send('POST', all, { body })).status).toBe(400);
  });

  test('are empty at first', async () => {
    const name = await make();
    expect(await own.api.get(`${one(name)}/${inside}`)).toEqual([]);
    const nobody = `${one(name)}/${inside}/${randomUUID()}`;
    for (const [method, body] of [['GET'], ['PUT', {}], ['DELETE']] as const)
      expect([method, (await own.api.send(method, nobody, body ? { body } : {})).status]).toEqual([
        method,
        404,
      ]);
    expect(await refused(own.api, 'GET', `${one(name)}/${inside}/nobody`)).toEqual([
      400,
      'Bad request',
    ]);
  });

  test('that are not there have nobody in them', async () => {
    const nowhere = one(unique('nowhere'));
    for (const [method, at, body] of [
      ['GET', ''],
      ['PUT', '', {}],
      ['DELETE', ''],
      ['GET', `/${inside}`],
      ['GET', `/${inside}/${randomUUID()}`],
      ['PUT', `/${inside}/${randomUUID()}`, {}],
      ['DELETE', `/${inside}/${randomUUID()}`],
    ] as const) {
      const answer = await own.api.send(method, nowhere + at, body ? { body } : {});
      expect([method, at, answer.status]).toEqual([method, at, 404]);
      expect(answer.body).toMatchObject({ msg: expect.any(String) });
    }
  });

  test('belong to one account: whoever has nothing to do with it is refused', async () => {
    const name = await make();
    for (const [method, at, body] of [
      ['GET', all],
      ['POST', all, { name: unique('room') }],
      ['GET', one(name)],
      ['PUT', one(name), {}],
      ['DELETE', one(name)],
      ['GET', `${one(name)}/${inside}`],
    ] as const) {
      const request = body ? { body } : {};
      expect(await refused(elsewhere.api, method, at, body)).toEqual([
        403,
        'insufficient permissions',
      ]);
      const unknown = await stranger.send(method, at, request);
      expect([unknown.status, unknown.text]).toEqual([401, 'Unauthorized']);
      const expired = await api(bearer(randomUUID())).send(method, at, request);
      expect(expired.status).toBe(401);
    }
    expect(await refused(own.api, 'GET', `/v1/Accounts/nobody/${path}`)).toEqual([
      400,
      'Bad request',
    ]);
  });

  test('are within reach of the provider and of the operator', async () => {
    const name = await make();
    expect(await reseller.api.get(one(name))).toMatchObject({ name });
    expect(await api(bearer(server.adminToken)).get(one(name))).toMatchObject({ name });
  });

  test('have hooks with an address that leads somewhere', async () => {
    const name = await make();
    const put = (body: object) => refused(own.api, 'PUT', one(name), body);
    expect((await put({ wait_hook: '/relative' }))[0]).toBe(400);
    expect(await put({ wait_hook: 7 })).toEqual([400, 'invalid wait_hook']);
    expect((await put({ wait_hook: { url: 'https://app.example/w', method: 'get' } }))[0]).toBe(
      204,
    );
    expect((await put({ wait_hook: null }))[0]).toBe(204);
  });
});

describe('a conference', () => {
  const all = `/v1/Accounts/${own.sid}/Conferences`;

  test('shows what was set, and what holds where nothing was', async () => {
    const name = unique('room');
    await own.api.post(all, { name });
    const plain = {
      conference_sid: `conf:${own.sid}:${name}`,
      name,
      members: 0,
      duration: 0,
      max_participants: null,
      locked: 0,
      beep: 0,
      recording: 0,
      reserved: 1,
      created_at: aDate,
    };
    const path = `${all}/${name}`;
    expect(await own.api.get(path)).toEqual(plain);
    const change = {
      max_participants: 10,
      locked: true,
      beep: 1,
      start_on_create: false,
      record: true,
      status_hook: 'https://app.example/status',
      status_events: ['start', 'start-talking'],
    };
    expect((await own.api.send('PUT', path, { body: change })).status).toBe(204);
    expect(await own.api.get(path)).toEqual({ ...plain, max_participants: 10, locked: 1, beep: 1 });
    await own.api.put(path, { max_participants: null, locked: 0, status_hook: null });
    expect(await own.api.get(path)).toEqual({ ...plain, beep: 1 });
  });

  test.each([
    ['max_participants', 0],
    ['max_participants', 1.5],
    ['max_participants', 'many'],
    ['beep', 'yes'],
    ['locked', 2],
    ['record', {}],
    ['start_on_create', null],
    ['status_events', 'start'],
    ['status_events', ['dance']],
    ['status_hook', []],
    ['status_hook', 'wss://app.example/status'],
  ])('is not made, nor changed, with %s %j', async (field, value) => {
    const body = { [field]: value };
    expect(await refused(own.api, 'POST', all, { name: unique('room'), ...body })).toEqual([
      400,
      `invalid ${field}`,
    ]);
    const name = unique('room');
    await own.api.post(all, { name });
    expect(await refused(own.api, 'PUT', `${all}/${name}`, body)).toEqual([
      400,
      `invalid ${field}`,
    ]);
  });

  test.each([
    ['mute_status', 'loud'],
    ['hold_status', true],
  ])('is not steered with %s %j', async (field, value) => {
    const name = unique('room');
    await own.api.post(all, { name });
    const path = `${all}/${name}`;
    expect(await refused(own.api, 'PUT', path, { [field]: value })).toEqual([
      400,
      `invalid ${field}`,
    ]);
    expect((await own.api.send('PUT', path, { body: { mute_status: 'mute' } })).status).toBe(204);
  });

  test('is listed with who is in it, if that is asked for', async () => {
    const name = unique('room');
    await own.api.post(all, { name });
    const listed = await own.api.get<Named[]>(`${all}?expand=participants`);
    expect(listed.find((one) => one.name === name)).toEqual({
      id: `conf:${own.sid}:${name}`,
      name,
      durationSec: 0,
      participants: [],
    });
    expect((await own.api.send('GET', `${all}?expand=everything`)).status).toBe(400);
  });

  test('is seen in the native API, and the other way round', async () => {
    const { demoAccountSid, demo } = await import('./client.ts');
    const native = api(bearer(server.adminToken));
    const mine = `/v1/Accounts/${await demoAccountSid()}/Conferences`;
    const name = unique('room');
    await demo.post(mine, { name, max_participants: 3 });
    const { items } = await native.get<{ items: Named[] }>('/native/v1/conferences');
    expect(items.find((one) => one.name === name)).toMatchObject({
      maxParticipants: 3,
      reserved: true,
      startOnEnter: true,
    });
    const other = unique('room');
    await native.post('/native/v1/conferences', { name: other });
    expect(await demo.get(mine)).toContain(other);
  });
});

describe('a queue', () => {
  const all = `/v1/Accounts/${own.sid}/Queues`;

  test('shows what was set, and what holds where nothing was', async () => {
    const name = unique('queue');
    await own.api.post(all, { name });
    const plain = {
      queue_sid: `queue:${own.sid}:${name}`,
      name,
      length: 0,
      max_length: null,
      wait_hook: null,
      event_hook: null,
      longest_wait: 0,
      reserved: 1,
      created_at: aDate,
    };
    const path = `${all}/${name}`;
    expect(await own.api.get(path)).toEqual(plain);
    const hook = { url: 'https://app.example/q', method: 'get', username: 'u', password: 'p' };
    await own.api.put(path, { max_length: 50, wait_hook: hook });
    await own.api.put(path, { event_hook: 'https://app.example/events' });
    expect(await own.api.get(path)).toEqual({
      ...plain,
      max_length: 50,
      wait_hook: { ...hook, method: 'GET' },
      event_hook: {
        url: 'https://app.example/events',
        method: 'POST',
        username: null,
        password: null,
      },
    });
    await own.api.put(path, { max_length: null, wait_hook: null, event_hook: null });
    expect(await own.api.get(path)).toEqual(plain);
  });

  test.each([
    ['max_length', 0],
    ['max_length', '7'],
    ['wait_hook', true],
    ['event_hook', 'wss://app.example/events'],
  ])('is not made, nor changed, with %s %j', async (field, value) => {
    const body = { [field]: value };
    expect(await refused(own.api, 'POST', all, { name: unique('queue'), ...body })).toEqual([
      400,
      `invalid ${field}`,
    ]);
    const name = unique('queue');
    await own.api.post(all, { name });
    expect(await refused(own.api, 'PUT', `${all}/${name}`, body)).toEqual([
      400,
      `invalid ${field}`,
    ]);
  });

  test('is found by its name, or a part of it with a star', async () => {
    const customer = await newCustomer();
    const path = `/v1/Accounts/${customer.sid}/Queues`;
    for (const name of ['support', 'supper', 'sales.eu', 'salesXeu'])
      await customer.api.post(path, { name });
    const found = async (search: string) =>
      (await customer.api.get<Named[]>(`${path}?search=${encodeURIComponent(search)}`)).map(
        ({ name, length }) => `${name} ${length}`,
      );
    expect(await found('supp*')).toEqual(['support 0', 'supper 0']);
    expect(await found('supp')).toEqual([]);
    expect(await found('support')).toEqual(['support 0']);
    expect(await found('sales.eu')).toEqual(['sales.eu 0']);
    expect(await found('s????r*')).toEqual(['support 0', 'supper 0']);
    expect(await found('(')).toEqual([]);
    expect(await found('*'.repeat(100))).toHaveLength(4);
  });
});
