import { describe, expect, test } from 'vitest';
import { newTenant, unique } from '../support/tenant.ts';

const tenant = await newTenant();
const { admin } = tenant;

const person = () => {
  const login = unique('someone');
  const email = `${login}@${tenant.domain}`;
  return { email, login, firstName: 'A', lastName: 'B', password: 'correct horse' };
};

interface Answered {
  readonly id: string;
  readonly code: string;
}

const post = (key: string, body: object, { path = 'users', by = admin } = {}) =>
  by.api.send<Answered>('POST', `/native/v1/${path}`, {
    body,
    headers: { 'idempotency-key': key },
  });

describe('a key of a request', () => {
  test('gets the answer of the first request again, and nothing is made twice', async () => {
    const [key, body] = [unique('key'), person()];
    const [first, second] = [await post(key, body), await post(key, body)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(second.headers.get('idempotent-replayed')).toBe('true');
  });

  test('makes one token, whose secret is shown again to the same person alone', async () => {
    const path = `users/${admin.id}/tokens`;
    const [key, body] = [unique('key'), { scopes: ['history:read'] }];
    const [first, second] = [await post(key, body, { path }), await post(key, body, { path })];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    const { items } = await admin.api.get<{ items: { id: string }[] }>(`/native/v1/${path}`);
    expect(items.filter(({ id }) => id === first.body.id)).toHaveLength(1);
    const colleague = await tenant.member({ admin: true });
    const other = await post(key, body, { path, by: colleague });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency.mismatch']);
    expect(other.text).not.toContain((first.body as unknown as { secret: string }).secret);
  });

  test('does not fit another body, another path or another person', async () => {
    const [key, body] = [unique('key'), person()];
    expect((await post(key, body)).status).toBe(201);
    const colleague = await tenant.member({ admin: true });
    for (const other of [
      await post(key, { ...body, firstName: 'C' }),
      await post(key, { username: unique('phone'), secret: 'a-secret' }, { path: 'endpoints' }),
      await post(key, body, { by: colleague }),
    ])
      expect([other.status, other.body.code]).toEqual([422, 'idempotency.mismatch']);
  });

  test('is a conflict while the first request still runs; one thing is made', async () => {
    const [key, body] = [unique('key'), person()];
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(key, body)));
    const made = new Set(answers.filter(({ status }) => status === 201).map((one) => one.body.id));
    expect(made.size).toBe(1);
    for (const { status, body: told } of answers)
      expect([201, 409]).toContain(told.code === 'idempotency.running' ? 409 : status);
    expect(answers.some(({ body: told }) => told.code === 'idempotency.running')).toBe(true);
  });

  test('may be used again after a refusal', async () => {
    const [key, body] = [unique('key'), person()];
    const taken = await post(key, { ...body, login: admin.login });
    expect([taken.status, taken.body.code]).toEqual([409, 'user.taken']);
    const invalid = await post(key, { ...body, extension: 'x' });
    expect(invalid.status).toBe(400);
    expect((await post(key, body)).status).toBe(201);
  });

  test('of another account is another key', async () => {
    const [key, body] = [unique('key'), { username: unique('phone'), secret: 'a-secret' }];
    const elsewhere = await newTenant();
    const [here, there] = [
      await post(key, body, { path: 'endpoints' }),
      await post(key, body, { path: 'endpoints', by: elsewhere.admin }),
    ];
    expect([here.status, there.status]).toEqual([201, 201]);
    expect(there.body.id).not.toBe(here.body.id);
  });

  test.each([
    ['a space', 'a b'],
    ['nothing', ''],
    ['256 characters', 'x'.repeat(256)],
    ['a letter beyond ASCII', 'kéy'],
  ])('may not hold %s', async (_what, key) => {
    expect((await post(key, person())).status).toBe(400);
  });

  test('may have 255 characters', async () => {
    const key = unique('key').padEnd(255, 'x');
    expect((await post(key, person())).status).toBe(201);
  });

  test('steers a call that is not there as little as no key', async () => {
    const path = 'calls/00000000-0000-1000-8000-000000000000/dtmf';
    const key = unique('key');
    for (const attempt of ['first', 'second'])
      expect([attempt, (await post(key, { digits: '1' }, { path })).status]).toEqual([
        attempt,
        404,
      ]);
  });
});
