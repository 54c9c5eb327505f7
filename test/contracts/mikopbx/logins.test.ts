import { describe, expect, test } from 'vitest';
import { raw } from '../support/raw.ts';
import { operator } from '../support/server.ts';
import { newTenant, type Tenant, unique } from '../support/tenant.ts';
import { api, cookie, cookiesOf, type Envelope, notLocal, right, signIn } from './client.ts';

interface Login {
  readonly id: string;
  readonly dialect: string;
  readonly name: string;
  readonly createdAt: string;
  readonly code: string;
}

const password = 'correct horse';
const [tenant, elsewhere] = [await newTenant(), await newTenant()];
await tenant.device(tenant.admin, '201');
await elsewhere.device(elsewhere.admin, '301');
const member = await tenant.member();

const loginsOf = ({ id }: Tenant) => `/native/v1/accounts/${id}/logins`;
const made = (of: Tenant, name = unique('login')) =>
  of.admin.api.post<Login>(loginsOf(of), { dialect: 'mikopbx', name, password });

/** Signs in and asks for the phones. */
async function session(login: string) {
  const answer = await signIn({ login, password });
  const headers = { ...notLocal, cookie: cookie(answer, 'PHPSESSID') };
  const peers = () => raw('GET', `${api}/sip/getPeersStatuses`, { headers });
  return { peers };
}
const idsIn = ({ json }: { readonly json: unknown }) =>
  ((json as Envelope).data as { id: string }[]).map(({ id }) => id);

describe('a login of an account', () => {
  test('opens the PBX of its account, and of no other one', async () => {
    const [own, others] = [await made(tenant), await made(elsewhere)];
    expect(idsIn(await (await session(own.name)).peers())).toEqual(['201']);
    expect(idsIn(await (await session(others.name)).peers())).toEqual(['301']);
  });

  test('may be written in capitals, and is refused with another password', async () => {
    const { name } = await made(tenant);
    expect((await signIn({ login: name.toUpperCase(), password })).json).toMatchObject({
      success: true,
    });
    const wrong = await signIn({ login: name, password: 'correct donkey' });
    expect(wrong.json).toMatchObject({ success: false });
    expect(cookiesOf(wrong)).toEqual([]);
  });

  test('opens nothing but MikoPBX', async () => {
    const { name } = await made(tenant);
    const authorization = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
    for (const path of ['/v2/users', '/native/v1/users'])
      expect((await raw('GET', path, { headers: { authorization } })).status).toBe(401);
  });

  test('takes its sessions along when it is removed', async () => {
    const [gone, kept] = [await made(tenant), await made(tenant)];
    const [one, other] = [await session(gone.name), await session(kept.name)];
    expect((await one.peers()).status).toBe(200);
    await tenant.admin.api.delete(`${loginsOf(tenant)}/${gone.id}`);
    expect((await one.peers()).status).toBe(401);
    expect((await other.peers()).status).toBe(200);
    expect((await signIn({ login: gone.name, password })).json).toMatchObject({ success: false });
  });

  test('goes with its account', async () => {
    const brief = await newTenant();
    const { peers } = await session((await made(brief)).name);
    expect((await peers()).status).toBe(200);
    await operator.delete(`/native/v1/accounts/${brief.id}`);
    expect((await peers()).status).toBe(401);
  });
});

describe('the logins of an account', () => {
  test('are listed without their passwords, for its administrators and the operator', async () => {
    const own = await newTenant();
    const name = unique('login');
    const answer = await own.admin.api.send<Login>('POST', loginsOf(own), {
      body: { dialect: 'mikopbx', name, password },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.any(String),
      dialect: 'mikopbx',
      name,
      createdAt: expect.any(String),
    });
    for (const through of [own.admin.api, operator])
      expect(await through.get(loginsOf(own))).toEqual({ items: [answer.body] });
    expect((await member.api.send('GET', loginsOf(tenant))).status).toBe(403);
    expect((await elsewhere.admin.api.send('GET', loginsOf(own))).status).toBe(404);
  });

  test('are made and removed by nobody else', async () => {
    const { id } = await made(tenant);
    const body = { dialect: 'mikopbx', name: unique('login'), password };
    expect((await member.api.send('POST', loginsOf(tenant), { body })).status).toBe(403);
    const stranger = elsewhere.admin.api;
    expect((await stranger.send('POST', loginsOf(tenant), { body })).status).toBe(404);
    expect((await stranger.send('DELETE', `${loginsOf(tenant)}/${id}`)).status).toBe(404);
    expect((await stranger.send('DELETE', `${loginsOf(elsewhere)}/${id}`)).status).toBe(404);
    expect((await operator.send('DELETE', `${loginsOf(tenant)}/${id}`)).status).toBe(204);
    expect((await operator.send('DELETE', `${loginsOf(tenant)}/${id}`)).status).toBe(404);
  });

  test('have names that are taken once, and never that of the operator', async () => {
    const { name } = await made(tenant);
    for (const taken of [name, name.toUpperCase(), 'admin', 'Admin']) {
      const body = { dialect: 'mikopbx', name: taken, password };
      const answer = await elsewhere.admin.api.send<Login>('POST', loginsOf(elsewhere), { body });
      expect([answer.status, answer.body.code]).toEqual([409, 'login.taken']);
    }
    expect((await signIn(right)).json).toMatchObject({ success: true });
  });

  test.each([
    { name: '' },
    { name: 'two words' },
    { name: 'line\nbreak' },
    { name: 'x'.repeat(64) },
    { password: 'short' },
    { password: 'x'.repeat(257) },
    { dialect: 'sipgate' },
    { dialect: 'nonsense' },
    { misspelt: 1 },
  ])('cannot have %j', async (wrong) => {
    const body = { dialect: 'mikopbx', name: unique('login'), password, ...wrong };
    const answer = await tenant.admin.api.send('POST', loginsOf(tenant), { body });
    expect(answer.status).toBe(400);
  });

  test('are made once for a key', async () => {
    const body = { dialect: 'mikopbx', name: unique('login'), password };
    const send = () =>
      tenant.admin.api.send<Login>('POST', loginsOf(tenant), {
        body,
        headers: { 'idempotency-key': body.name },
      });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
  });
});
