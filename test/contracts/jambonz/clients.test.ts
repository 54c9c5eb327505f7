import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { startRegistered } from '../support/phones.ts';
import { operator } from '../support/server.ts';
import { operatorFor, unique } from '../support/tenant.ts';
import {
  admin,
  aSid,
  demo,
  demoAccountSid,
  type Made,
  nativeId,
  newCustomer,
  newProvider,
  refused,
} from './client.ts';

interface Shown {
  readonly client_sid: string;
  readonly username: string;
  readonly password: string;
}

const reseller = await newProvider();
const own = await reseller.customer();
const stranger = await newCustomer();
const path = '/v1/Clients';
const make = async (by: typeof admin, body: object) => (await by.post<Made>(path, body)).sid;

describe('a client', () => {
  test('shows its account, its rights and the beginning of its password', async () => {
    const sid = await make(own.api, { username: 'alice', password: 'secret' });
    expect(sid).toEqual(aSid);
    expect(await own.api.get(`${path}/${sid}`)).toEqual({
      client_sid: sid,
      account_sid: own.sid,
      username: 'alice',
      password: 'sXXXXX',
      is_active: 1,
      allow_direct_app_calling: 1,
      allow_direct_queue_calling: 1,
      allow_direct_user_calling: 1,
    });
  });

  test('has a name that no other one of the account has', async () => {
    const { sid, api } = await reseller.customer();
    await make(api, { username: 'bob' });
    const carol = await make(api, { username: 'carol' });
    const taken = [400, "the client's username already exists"];
    expect(await refused(api, 'POST', path, { username: 'BOB' })).toEqual(taken);
    expect(await refused(api, 'PUT', `${path}/${carol}`, { username: 'bob' })).toEqual(taken);
    expect(await refused(admin, 'POST', path, { account_sid: sid, username: 'bob' })).toEqual(
      taken,
    );
    await make(stranger.api, { username: 'bob' });
  });

  test('is made for its account by whoever owns that', async () => {
    const username = unique('dora');
    const sid = await make(reseller.api, { account_sid: own.sid, username });
    expect(await own.api.get(`${path}/${sid}`)).toMatchObject({ username, account_sid: own.sid });
    expect(
      await refused(reseller.api, 'POST', path, { account_sid: stranger.sid, username: 'eve' }),
    ).toEqual([403, 'insufficient permissions']);
    expect(
      await refused(admin, 'POST', path, { account_sid: randomUUID(), username: 'eve' }),
    ).toEqual([400, 'unknown account_sid']);
    expect(await refused(admin, 'POST', path, { username: 'eve' })).toEqual([
      400,
      'missing field account_sid',
    ]);
  });

  test('is changed field by field, and keeps its password', async () => {
    const sid = await make(own.api, { username: unique('frank'), password: 'first-secret' });
    const at = `${path}/${sid}`;
    const before = await own.api.get<Shown>(at);
    const put = async (body: object) =>
      expect((await own.api.send('PUT', at, { body })).status).toBe(204);
    await put({ is_active: 0, allow_direct_user_calling: false });
    expect(await own.api.get(at)).toEqual({
      ...before,
      is_active: 0,
      allow_direct_user_calling: 0,
    });
    await put({ password: before.password, is_active: true });
    expect(await own.api.get(at)).toMatchObject({ password: before.password, is_active: 1 });
    await put({ password: 'other-secret' });
    expect(await own.api.get(at)).toMatchObject({ password: 'oXXXXXXXXXXX' });
    expect(await refused(reseller.api, 'PUT', at, { account_sid: stranger.sid })).toEqual([
      400,
      'account_sid may not be modified',
    ]);
  });

  test.each([
    ['no name', {}],
    ['a name with blanks', { username: 'a b' }],
    ['a name that is a number', { username: 7 }],
    ['a name that could be a header', { username: 'a\r\nb' }],
    ['a password that is too short', { username: 'short', password: 'five5' }],
    ['a password with blanks', { username: 'blank', password: 'with blank' }],
    ['a flag that is none', { username: 'flag', is_active: 'yes' }],
    ['a field that nobody knows', { username: 'more', bogus: 1 }],
  ])('is not made with %s', async (_what, body) => {
    expect(await refused(own.api, 'POST', path, body)).toEqual([400, expect.any(String)]);
  });

  test('of another account is not there', async () => {
    const at = `${path}/${await make(stranger.api, { username: unique('gina') })}`;
    for (const by of [own.api, reseller.api]) {
      expect((await by.send('GET', at)).status).toBe(404);
      expect((await by.send('PUT', at, { body: { is_active: 0 } })).status).toBe(404);
      expect((await by.send('DELETE', at)).status).toBe(404);
    }
    expect((await stranger.api.send('DELETE', at)).status).toBe(204);
    expect((await stranger.api.send('GET', at)).status).toBe(404);
    expect(await refused(own.api, 'GET', `${path}/x`)).toEqual([400, 'Bad request']);
  });

  test('is listed to whoever owns its account, and to nobody else', async () => {
    const sid = await make(own.api, { username: unique('hugo') });
    const sids = async (by: typeof admin) =>
      (await by.get<Shown[]>(path)).map((one) => one.client_sid);
    for (const by of [own.api, reseller.api, admin]) expect(await sids(by)).toContain(sid);
    expect(await sids(stranger.api)).not.toContain(sid);
  });

  test('is the device that every API shows', async () => {
    const { sid, api } = await newCustomer({ name: unique('shared') });
    const native = operatorFor(await nativeId({ sid }));
    const username = unique('ivy');
    await make(api, { username, password: 'a-secret-of-sip' });
    await native.post('/native/v1/endpoints', { username: 'desk', secret: 'a-secret-of-sip' });
    const { items } = await native.get<{ items: { username: string }[] }>('/native/v1/endpoints');
    expect(items.map((one) => one.username)).toEqual([username, 'desk']);
    expect((await api.get<Shown[]>(path)).map((one) => one.username)).toEqual([username, 'desk']);
  });
});

describe('who is registered', () => {
  const users = (sid: string) => `/v1/Accounts/${sid}/RegisteredSipUsers`;
  const absent = {
    contact: null,
    expiryTime: 0,
    protocol: null,
    registered_status: 'inactive',
  };

  test('is not said of an account without a SIP domain', async () => {
    for (const [method, body] of [
      ['GET', undefined],
      ['POST', ['alice']],
    ] as const)
      expect(await refused(own.api, method, users(own.sid), body)).toEqual([
        400,
        'account does not have sip_realm configuration',
      ]);
    expect(await refused(own.api, 'GET', users(stranger.sid))).toEqual([
      403,
      'insufficient permissions',
    ]);
  });

  test('is nobody at first', async () => {
    const { sid, api } = await reseller.customer({ sip_realm: `${unique('sip')}.example.test` });
    await make(api, { username: 'alice', allow_direct_user_calling: 0 });
    expect(await api.get(users(sid))).toEqual([]);
    const states = [{ name: 'alice', ...absent }];
    expect((await api.send('POST', users(sid), { body: ['alice'] })).body).toEqual(states);
    expect((await api.send('POST', users(sid), { body: [] })).body).toEqual(states);
    expect((await api.send('POST', users(sid))).body).toEqual(states);
    expect(await api.get(`${users(sid)}/alice`)).toEqual({
      name: 'alice',
      ...absent,
      allow_direct_app_calling: 1,
      allow_direct_queue_calling: 1,
      allow_direct_user_calling: 0,
      proxy: null,
    });
    expect(await api.get(`${users(sid)}/nobody`)).toMatchObject({ name: 'nobody', ...absent });
    for (const body of [{}, 'alice', [7]])
      expect(await refused(api, 'POST', users(sid), body)).toEqual([400, expect.any(String)]);
  });

  test('is a phone that has the password of its client, in every API', async () => {
    const realm = `${unique('sip')}.example.test`;
    const { sid, api } = await newCustomer({ name: unique('phones'), sip_realm: realm });
    const client = await make(api, { username: 'alice', password: 'secret-of-alice' });
    const native = operatorFor(await nativeId({ sid }));
    const account = { domain: realm, username: 'alice', secret: 'secret-of-alice' };
    const phone = await startRegistered(native, account);
    try {
      expect(await api.get(users(sid))).toEqual([`alice@${realm}`]);
      const [state] = await api.post<readonly { expiryTime: number }[]>(users(sid), ['alice']);
      expect(state).toEqual({
        name: 'alice',
        contact: expect.stringMatching(/^sip:/),
        expiryTime: expect.any(Number),
        protocol: 'udp',
        registered_status: 'active',
      });
      expect(state?.expiryTime).toBeGreaterThan(Date.now());
      await api.put(`${path}/${client}`, { is_active: 0 });
      await eventually(async () => (await api.get<string[]>(users(sid))).length === 0, {
        because: () => 'a client that is switched off is still registered',
      });
    } finally {
      await phone.stop();
    }
  });

  test('in the demo account is seen by MikoPBX too', async () => {
    const sid = await demoAccountSid();
    const username = unique('judy');
    await make(demo, { account_sid: sid, username, password: 'secret-of-judy' });
    const account = { domain: 'demo.invalid', username, secret: 'secret-of-judy' };
    const phone = await startRegistered(operator, account);
    try {
      const answer = await operator.get<{ data: readonly { id: string; state: string }[] }>(
        '/pbxcore/api/sip/getPeersStatuses',
      );
      expect(answer.data).toContainEqual(expect.objectContaining({ id: username, state: 'OK' }));
      expect(await demo.get<string[]>(users(sid))).toContain(`${username}@demo.invalid`);
    } finally {
      await phone.stop();
    }
  });
});
