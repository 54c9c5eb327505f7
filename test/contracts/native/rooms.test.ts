import { describe, expect, test } from 'vitest';
import { listen } from '../support/event-stream.ts';
import { stranger } from '../support/server.ts';
import { newTenant, unique } from '../support/tenant.ts';

const tenant = await newTenant();
const { admin } = tenant;
const member = await tenant.member();
const elsewhere = await newTenant();

const nobody = '00000000-0000-1000-8000-000000000000';

interface Thing {
  readonly id: string;
  readonly name: string;
}
interface Problem {
  readonly code: string;
  readonly detail: string;
}

const kinds = [
  ['conferences', 'participants', 'conference', { maxParticipants: 5, beep: true }],
  ['queues', 'entries', 'queue', { maxLength: 5 }],
] as const;

describe.each(kinds)('%s of the native API', (path, inside, singular, settings) => {
  const all = `/native/v1/${path}`;
  const create = (body: object = {}) =>
    admin.api.post<Thing>(all, { name: unique(singular), ...body });
  const names = async () =>
    (await admin.api.get<{ items: Thing[] }>(all)).items.map(({ name }) => name);

  test('are made ahead, listed, read, changed and removed', async () => {
    const made = await create(settings);
    expect(made).toMatchObject({ ...settings, reserved: true });
    const one = `${all}/${made.id}`;
    expect(await admin.api.get(one)).toEqual(made);
    expect(await names()).toContain(made.name);
    expect(await admin.api.get(`${one}/${inside}`)).toEqual({ items: [] });
    const [limit] = Object.keys(settings) as [string];
    expect(await admin.api.patch(one, { [limit]: 7 })).toEqual({ ...made, [limit]: 7 });
    expect(await admin.api.patch(one, { [limit]: null })).toEqual({ ...made, [limit]: null });
    expect(await admin.api.patch(one, {})).toEqual({ ...made, [limit]: null });
    await admin.api.delete(one);
    expect((await admin.api.send<Problem>('GET', one)).body).toMatchObject({
      code: `${singular}.not_found`,
    });
    expect(await names()).not.toContain(made.name);
  });

  test('are made once for an idempotency key, and not twice under one name', async () => {
    const body = { name: unique(singular) };
    const headers = { 'idempotency-key': unique('key') };
    const first = await admin.api.send<Thing>('POST', all, { body, headers });
    const again = await admin.api.send<Thing>('POST', all, { body, headers });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    const taken = await admin.api.send<Problem>('POST', all, { body });
    expect([taken.status, taken.body.code]).toEqual([409, `${singular}.taken`]);
  });

  test('of two accounts may have one name; nobody sees those of others', async () => {
    const made = await create();
    const theirs = await elsewhere.admin.api.post<Thing>(all, { name: made.name });
    expect(theirs.id).not.toBe(made.id);
    for (const [method, at] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['GET', `/${inside}`],
      ['DELETE', `/${inside}/${nobody}`],
    ] as const) {
      const answer = await elsewhere.admin.api.send(method, `${all}/${made.id}${at}`, {
        ...(method === 'PATCH' && { body: {} }),
      });
      expect([method, answer.status]).toEqual([method, 404]);
    }
    const { items } = await elsewhere.admin.api.get<{ items: Thing[] }>(all);
    expect(items.map(({ id }) => id)).not.toContain(made.id);
  });

  test('are for administrators', async () => {
    const { id } = await create();
    for (const [method, at, body] of [
      ['GET', '', undefined],
      ['POST', '', { name: 'x' }],
      ['GET', `/${id}`, undefined],
      ['PATCH', `/${id}`, {}],
      ['DELETE', `/${id}`, undefined],
      ['GET', `/${id}/${inside}`, undefined],
      ['DELETE', `/${id}/${inside}/${nobody}`, undefined],
    ] as const) {
      const request = { ...(body && { body }) };
      expect((await member.api.send(method, `${all}${at}`, request)).status).toBe(403);
      expect((await stranger.send(method, `${all}${at}`, request)).status).toBe(401);
    }
  });

  test.each(['', 'a:b', 'a/b', 'x'.repeat(129), 'a\u0000b', '\u202ea', 7, null])(
    'are not called %j',
    async (name) => {
      expect((await admin.api.send('POST', all, { body: { name } })).status).toBe(400);
    },
  );

  test.each([0, -1, 1.5, 10_001, 'many', true])('do not hold %j', async (most) => {
    const [limit] = Object.keys(settings) as [string];
    const body = { name: unique(singular), [limit]: most };
    expect((await admin.api.send('POST', all, { body })).status).toBe(400);
    const { id } = await create();
    const change = { body: { [limit]: most } };
    expect((await admin.api.send('PATCH', `${all}/${id}`, change)).status).toBe(400);
  });

  test('take no field that is not known', async () => {
    const body = { name: unique(singular), nonsense: 1 };
    const answer = await admin.api.send<Problem>('POST', all, { body });
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain('nonsense');
  });

  test('that are made, changed and removed are told of', async () => {
    const stream = await listen(admin.authorization);
    const { id } = await create();
    await admin.api.patch(`${all}/${id}`, {});
    await admin.api.delete(`${all}/${id}`);
    for (const type of ['object.created', 'object.changed', 'object.removed']) {
      const told = await stream.next((event) => event.type === type && event.data.id === id);
      expect(told.data).toMatchObject({ kind: singular });
    }
  });

  test('are written down before they are answered for', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => create()));
    const listed = await names();
    for (const { name } of made) expect(listed).toContain(name);
  });

  test('that are no id, or not there, are 404', async () => {
    for (const id of [nobody, 'room'])
      expect((await admin.api.send('GET', `${all}/${id}`)).status).toBe(404);
  });
});

describe('steering where nobody is', () => {
  const steering: readonly (readonly [string, object])[] = [
    ['mute', { on: true }],
    ['mute', { on: true, except: 'moderators' }],
    ['hold', { on: true }],
    ['hold', { on: false, hears: 'silence' }],
  ];

  test.each(steering)('%s %j of an empty conference changes nothing', async (what, body) => {
    const { id } = await admin.api.post<Thing>('/native/v1/conferences', { name: unique('room') });
    const path = `/native/v1/conferences/${id}/${what}`;
    expect((await admin.api.send('POST', path, { body })).status).toBe(204);
  });

  test('nothing is played to an empty conference', async () => {
    const { id } = await admin.api.post<Thing>('/native/v1/conferences', { name: unique('room') });
    const answer = await admin.api.send<Problem>('POST', `/native/v1/conferences/${id}/play`, {
      body: { text: 'Hello' },
    });
    expect([answer.status, answer.body.code]).toEqual([409, 'conference.not_running']);
  });

  test.each([
    ['mute', { on: true }],
    ['hold', { on: true }],
    ['tag', { tag: 'agent' }],
    ['coach', { tag: null }],
  ])('%s of somebody who is not there is 404', async (what, body) => {
    const { id } = await admin.api.post<Thing>('/native/v1/conferences', { name: unique('room') });
    const path = `/native/v1/conferences/${id}/participants/${nobody}/${what}`;
    const answer = await admin.api.send<Problem>('POST', path, { body });
    expect([answer.status, answer.body.code]).toEqual([404, 'conference.participant_not_found']);
    expect((await admin.api.send('POST', path, { body: { nonsense: 1 } })).status).toBe(400);
    expect((await member.api.send('POST', path, { body })).status).toBe(403);
  });

  test.each([
    ['move', { priority: 1 }],
    ['move', { toFront: true }],
    ['connect', { legId: nobody }],
  ])('%s %j of somebody who does not wait is 404', async (what, body) => {
    const { id } = await admin.api.post<Thing>('/native/v1/queues', { name: unique('queue') });
    const path = `/native/v1/queues/${id}/entries/${nobody}/${what}`;
    const answer = await admin.api.send<Problem>('POST', path, { body });
    expect([answer.status, answer.body.code]).toEqual([404, 'queue.entry_not_found']);
    expect((await member.api.send('POST', path, { body })).status).toBe(403);
  });

  test.each([
    { priority: -1 },
    { priority: 1.5 },
    { toFront: false },
    { queueId: 'x' },
    {},
    { priority: 1, toFront: true },
  ])('a place that is none is refused: %j', async (body) => {
    const { id } = await admin.api.post<Thing>('/native/v1/queues', { name: unique('queue') });
    const path = `/native/v1/queues/${id}/entries/${nobody}/move`;
    expect((await admin.api.send('POST', path, { body })).status).toBe(400);
  });
});
