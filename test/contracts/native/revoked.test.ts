import { describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { listen } from '../support/event-stream.ts';
import { freshAddress, raw } from '../support/raw.ts';
import { basic, bearer, operator, server } from '../support/server.ts';
import { newTenant, type Tenant, unique } from '../support/tenant.ts';

const tenant = await newTenant();
const { admin } = tenant;

/** How often a thing is tried that must never go wrong, not even for a moment. */
const times = Array.from({ length: 5 });

/** What a credential opens right now, in two dialects that share it. */
async function opens(authorization: string): Promise<readonly number[]> {
  const ask = (path: string) =>
    raw('GET', path, { headers: { authorization }, from: freshAddress() });
  const answers = await Promise.all(
    ['/v2/authorization/userinfo', '/native/v1/users'].map((path) => ask(path)),
  );
  return answers.map(({ status }) => status);
}

const works = [200, 200];
const refused = [401, 401];

describe('from the moment when it is said to be gone', () => {
  test('a token opens nothing any more, neither as bearer nor with its name', async () => {
    for (const _ of times) {
      const { id, name, secret } = await tenant.token(admin, 'all');
      for (const sent of [bearer(secret), basic(name, secret)])
        expect(await opens(sent)).toEqual(works);
      await admin.api.delete(`/native/v1/tokens/${id}`);
      for (const sent of [bearer(secret), basic(name, secret)])
        expect(await opens(sent)).toEqual(refused);
    }
  });

  test('a password that was changed opens nothing any more, under no name', async () => {
    for (const _ of times) {
      const { id, login, email, password } = await tenant.member();
      for (const name of [login, email]) expect(await opens(basic(name, password))).toEqual(works);
      await admin.api.patch(`/native/v1/users/${id}`, { password: 'battery staple' });
      for (const name of [login, email])
        expect(await opens(basic(name, password))).toEqual(refused);
      expect(await opens(basic(login, 'battery staple'))).toEqual(works);
    }
  });

  test('nothing of a user opens anything: neither password nor token', async () => {
    for (const _ of times) {
      const member = await tenant.member();
      const token = await tenant.token(member, 'all');
      for (const sent of [member.authorization, bearer(token.secret)])
        expect(await opens(sent)).toEqual(works);
      await admin.api.delete(`/native/v1/users/${member.id}`);
      for (const sent of [member.authorization, bearer(token.secret)])
        expect(await opens(sent)).toEqual(refused);
    }
  });

  test('an administrator has no rights of one, nor have the tokens that were made before', async () => {
    const member = await tenant.member({ admin: true });
    const token = await tenant.token(member, 'all');
    const trunks = async () => (await token.api.send('GET', '/native/v1/trunks')).status;
    expect(await trunks()).toBe(200);
    await admin.api.patch(`/native/v1/users/${member.id}`, { admin: false });
    expect(await trunks()).toBe(403);
  });

  test('nobody of an account is let in any more', async () => {
    for (const _ of times.slice(0, 3)) {
      const gone = await newTenant();
      const token = await gone.token(gone.admin, 'all');
      for (const sent of [gone.admin.authorization, bearer(token.secret)])
        expect(await opens(sent)).toEqual(works);
      await operator.delete(`/native/v1/accounts/${gone.id}`);
      for (const sent of [gone.admin.authorization, bearer(token.secret)])
        expect(await opens(sent)).toEqual(refused);
    }
  });
});

describe('a stream of events', () => {
  type Credential = { readonly authorization: string; revoke(): Promise<unknown> };
  const ways: readonly (readonly [string, (of: Tenant) => Promise<Credential>])[] = [
    [
      'its token is removed',
      async (of) => {
        const { id, secret } = await of.token(of.admin, 'all');
        const revoke = () => of.admin.api.delete(`/native/v1/tokens/${id}`);
        return { authorization: bearer(secret), revoke };
      },
    ],
    [
      'its password is changed',
      async (of) => {
        const { id, authorization } = await of.member();
        const change = { password: 'battery staple' };
        const revoke = () => of.admin.api.patch(`/native/v1/users/${id}`, change);
        return { authorization, revoke };
      },
    ],
    [
      'its user is removed',
      async (of) => {
        const { id, authorization } = await of.member();
        return { authorization, revoke: () => of.admin.api.delete(`/native/v1/users/${id}`) };
      },
    ],
    [
      'its account is removed',
      async (of) => {
        const { authorization } = of.admin;
        return { authorization, revoke: () => operator.delete(`/native/v1/accounts/${of.id}`) };
      },
    ],
  ];

  test.each(ways)('ends when %s', async (_what, arrange) => {
    const { authorization, revoke } = await arrange(await newTenant());
    const stream = await listen(authorization);
    await revoke();
    await eventually(() => stream.ended());
  });

  test('goes on when another token of the same user is removed', async () => {
    const own = await newTenant();
    const stream = await listen(own.admin.authorization);
    const { id } = await own.token(own.admin, 'all');
    await own.admin.api.delete(`/native/v1/tokens/${id}`);
    const removed = await stream.next(({ type }) => type === 'object.removed');
    expect(removed.data).toMatchObject({ kind: 'token', id });
    await own.member();
    await stream.next(({ data }) => data.type === 'object.created' && data.kind === 'user');
    expect(stream.ended()).toBe(false);
  });

  test('tells the operator which accounts go, and no administrator of another one', async () => {
    const gone = await newTenant();
    const [stream, others] = [
      await listen(bearer(server.adminToken)),
      await listen(basic('alice@demo.invalid', 'polyvox-demo')),
    ];
    await operator.delete(`/native/v1/accounts/${gone.id}`);
    const removed = await stream.next(
      ({ type, data }) => type === 'object.removed' && data.id === gone.id,
    );
    expect(removed.data).toMatchObject({ kind: 'account' });
    const { id } = await operator.post<{ id: string }>('/native/v1/endpoints', {
      username: unique('phone'),
      secret: 'a-secret-of-sip',
    });
    await others.next(({ data }) => data.id === id);
    expect(others.events.some(({ data }) => data.id === gone.id)).toBe(false);
  });
});
