import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { operator } from '../support/server.ts';
import { unique } from '../support/tenant.ts';
import {
  aDate,
  admin,
  aSid,
  demo,
  demoAccountSid,
  firstProviderSid,
  type Made,
  newCustomer,
  newProvider,
  refused,
} from './client.ts';

interface Shown {
  readonly account_sid: string;
  readonly name: string;
  readonly sip_realm: string | null;
  readonly webhook_secret: string;
  readonly is_active: number;
}

const reseller = await newProvider();
const own = await reseller.customer();
const sibling = await reseller.customer();
const stranger = await newCustomer();

const read = (sid: string, by = admin) => by.get<Shown>(`/v1/Accounts/${sid}`);

describe('a service provider', () => {
  test('is made by the operator alone, under a name of its own', async () => {
    const name = unique('reseller');
    expect((await admin.send('POST', '/v1/ServiceProviders', { body: { name } })).body).toEqual({
      sid: aSid,
    });
    expect(await refused(admin, 'POST', '/v1/ServiceProviders', { name })).toEqual([
      422,
      expect.any(String),
    ]);
    expect(await refused(admin, 'POST', '/v1/ServiceProviders', {})).toEqual([
      400,
      'missing field name',
    ]);
    for (const by of [own.api, reseller.api])
      expect(await refused(by, 'POST', '/v1/ServiceProviders', { name: unique('x') })).toEqual([
        403,
        'only admin users can add a service provider',
      ]);
  });

  test('has a root domain that no other one has', async () => {
    const root_domain = `${unique('root')}.example`;
    const more = (domain: string) => ({ name: unique('reseller'), root_domain: domain });
    await admin.post('/v1/ServiceProviders', more(root_domain));
    expect(
      await refused(admin, 'POST', '/v1/ServiceProviders', more(root_domain.toUpperCase())),
    ).toEqual([422, expect.any(String)]);
  });

  test('shows six fields, to itself and to its accounts', async () => {
    const path = `/v1/ServiceProviders/${reseller.sid}`;
    const shown = {
      service_provider_sid: reseller.sid,
      name: reseller.name,
      description: null,
      root_domain: null,
      ms_teams_fqdn: null,
      registration_hook: null,
    };
    for (const by of [admin, reseller.api, own.api]) expect(await by.get(path)).toEqual(shown);
    expect(await refused(stranger.api, 'GET', path)).toEqual([403, 'insufficient permissions']);
    expect(await refused(admin, 'GET', '/v1/ServiceProviders/x')).toEqual([400, 'Bad request']);
    expect(await refused(admin, 'GET', `/v1/ServiceProviders/${randomUUID()}`)).toEqual([
      404,
      expect.any(String),
    ]);
  });

  test('lists itself; the operator sees all, an account none', async () => {
    const list = (by: typeof admin) =>
      by.get<{ service_provider_sid: string }[]>('/v1/ServiceProviders');
    expect(await list(reseller.api)).toMatchObject([{ service_provider_sid: reseller.sid }]);
    expect(await list(own.api)).toEqual([]);
    expect((await list(admin)).map((one) => one.service_provider_sid)).toEqual(
      expect.arrayContaining([reseller.sid, await firstProviderSid()]),
    );
  });

  test('changes itself, and asks a hook about registrations', async () => {
    const changing = await newProvider();
    const path = `/v1/ServiceProviders/${changing.sid}`;
    const registration_hook = {
      url: 'https://app.example/register',
      method: 'get',
      username: 'me',
      password: 'p',
    };
    const name = unique('other');
    expect(
      (await changing.api.send('PUT', path, { body: { name, registration_hook } })).status,
    ).toBe(204);
    expect(await admin.get(path)).toMatchObject({
      name,
      registration_hook: { ...registration_hook, method: 'GET' },
    });
    expect(await refused(reseller.api, 'PUT', path, { name: 'x' })).toEqual([
      403,
      'insufficient permissions',
    ]);
    expect(await refused(own.api, 'PUT', path, { name: 'x' })).toEqual([
      403,
      'insufficient permissions',
    ]);
  });

  test('goes when it has no accounts any more, and only through the operator', async () => {
    const going = await newProvider();
    const path = `/v1/ServiceProviders/${going.sid}`;
    const customer = await going.customer();
    expect(await refused(going.api, 'DELETE', path)).toEqual([
      403,
      'only admin users can delete a service provider',
    ]);
    expect(await refused(admin, 'DELETE', path)).toEqual([403, 'insufficient privileges']);
    await admin.delete(`/v1/Accounts/${customer.sid}`);
    expect((await admin.send('DELETE', path)).status).toBe(204);
    expect((await admin.send('GET', path)).status).toBe(404);
    expect((await going.api.send('GET', '/v1/ServiceProviders')).status).toBe(401);
  });
});

describe('an account', () => {
  test('is made under a service provider', async () => {
    const path = '/v1/Accounts';
    expect(await refused(admin, 'POST', path, { name: 'x' })).toEqual([
      400,
      'missing field service_provider_sid',
    ]);
    expect(await refused(admin, 'POST', path, { service_provider_sid: reseller.sid })).toEqual([
      400,
      'missing field name',
    ]);
    const nobody = randomUUID();
    expect(await refused(admin, 'POST', path, { name: 'x', service_provider_sid: nobody })).toEqual(
      [400, `service_provider not found for sid ${nobody}`],
    );
    expect(await refused(own.api, 'POST', path, { name: 'x' })).toEqual([
      403,
      'insufficient permissions',
    ]);
    const made = await reseller.api.send<Made>('POST', path, { body: { name: 'by itself' } });
    expect([made.status, made.body]).toEqual([201, { sid: aSid }]);
    expect(await read(made.body.sid)).toMatchObject({ service_provider_sid: reseller.sid });
  });

  test('shows what was set, and what holds where nothing was', async () => {
    const { sid } = await reseller.customer({
      name: 'Acme',
      queue_event_hook: { url: 'https://app.example/queue' },
    });
    expect(await read(sid)).toEqual({
      account_sid: sid,
      name: 'Acme',
      sip_realm: null,
      service_provider_sid: reseller.sid,
      device_calling_application_sid: null,
      is_active: 1,
      created_at: aDate,
      plan_type: 'trial',
      stripe_customer_id: null,
      webhook_secret: expect.stringMatching(/^wh_secret_[A-Za-z0-9]{22}$/),
      disable_cdrs: 0,
      trial_end_date: null,
      deactivated_reason: null,
      device_to_call_ratio: 5,
      subspace_client_id: null,
      subspace_client_secret: null,
      subspace_sip_teleport_id: null,
      subspace_sip_teleport_destinations: null,
      siprec_hook_sid: null,
      record_all_calls: 0,
      record_format: 'mp3',
      bucket_credential: null,
      enable_debug_log: 0,
      registration_hook: null,
      queue_event_hook: {
        url: 'https://app.example/queue',
        method: 'POST',
        username: null,
        password: null,
      },
    });
  });

  test('is the only one that its key sees; a provider sees its own, the operator all', async () => {
    const list = async (by: typeof admin, path = '/v1/Accounts') =>
      (await by.get<Shown[]>(path)).map(({ account_sid }) => account_sid);
    expect(await list(own.api)).toEqual([own.sid]);
    const ofProvider = await list(reseller.api);
    expect(ofProvider).toEqual(expect.arrayContaining([own.sid, sibling.sid]));
    expect(ofProvider).not.toContain(stranger.sid);
    expect(await list(admin)).toEqual(
      expect.arrayContaining([own.sid, stranger.sid, await demoAccountSid()]),
    );
    expect(await list(admin, `/v1/ServiceProviders/${reseller.sid}/Accounts`)).toEqual(ofProvider);
  });

  test('of somebody else is neither read nor changed nor removed', async () => {
    const path = `/v1/Accounts/${stranger.sid}`;
    for (const by of [own.api, reseller.api]) {
      expect(await refused(by, 'GET', path)).toEqual([403, 'insufficient permissions']);
      expect(await refused(by, 'PUT', path, { name: 'x' })).toEqual([
        403,
        'insufficient permissions',
      ]);
      expect(await refused(by, 'DELETE', path)).toEqual([403, 'insufficient permissions']);
    }
    expect(await refused(admin, 'GET', '/v1/Accounts/not-a-uuid')).toEqual([400, 'Bad request']);
    const nobody = randomUUID();
    expect(await refused(admin, 'GET', `/v1/Accounts/${nobody}`)).toEqual([
      404,
      expect.any(String),
    ]);
    expect(await refused(admin, 'PUT', `/v1/Accounts/${nobody}`, { name: 'x' })).toEqual([
      400,
      `account not found for sid ${nobody}`,
    ]);
  });

  test('is changed field by field, by itself and from above', async () => {
    const { sid, api } = await reseller.customer();
    const path = `/v1/Accounts/${sid}`;
    const put = async (by: typeof admin, body: object) =>
      expect((await by.send('PUT', path, { body })).status).toBe(204);
    await put(api, { name: 'First' });
    await put(reseller.api, { record_all_calls: true, record_format: 'wav', disable_cdrs: 1 });
    await put(admin, {
      registration_hook: { url: 'https://app.example/register', method: 'POST' },
      plan_type: 'paid',
      device_to_call_ratio: 7,
      enable_debug_log: 1,
    });
    expect(await read(sid)).toMatchObject({
      name: 'First',
      record_all_calls: 1,
      record_format: 'wav',
      disable_cdrs: 1,
      plan_type: 'paid',
      device_to_call_ratio: 7,
      enable_debug_log: 1,
      registration_hook: { url: 'https://app.example/register' },
    });
    await put(api, { registration_hook: null });
    expect(await read(sid)).toMatchObject({ name: 'First', registration_hook: null });
  });

  test('keeps the secrets of its bucket to itself', async () => {
    const { sid, api } = await reseller.customer();
    const bucket = {
      vendor: 'aws_s3',
      name: 'recordings',
      region: 'eu-central-1',
      access_key_id: 'AKIAIOSFODNN7',
      secret_access_key: 'wJalrXUtnFEMI',
    };
    await api.put(`/v1/Accounts/${sid}`, { bucket_credential: bucket });
    const shown = {
      ...bucket,
      access_key_id: 'AKIAXXXXXXXXX',
      secret_access_key: 'wJalXXXXXXXXX',
    };
    expect(await read(sid)).toMatchObject({ bucket_credential: shown });
    await api.put(`/v1/Accounts/${sid}`, { bucket_credential: { ...shown, name: 'other' } });
    expect(await read(sid)).toMatchObject({ bucket_credential: { ...shown, name: 'other' } });
    await api.put(`/v1/Accounts/${sid}`, { bucket_credential: { vendor: 'none' } });
    expect(await read(sid)).toMatchObject({ bucket_credential: null });
  });

  test.each([
    ['a field that nobody knows', { bogus: 1 }],
    ['a name that is a number', { name: 7 }],
    ['an empty name', { name: '' }],
    ['a long name', { name: 'x'.repeat(65) }],
    ['a flag that is none', { is_active: 2 }],
    ['a format that is none', { record_format: 'ogg' }],
    ['a ratio as text', { device_to_call_ratio: '5' }],
    ['a bucket of nobody', { bucket_credential: { vendor: 'gopher' } }],
    ['a hook that is no address', { registration_hook: { url: 'nowhere' } }],
    ['a sid that is none', { device_calling_application_sid: 'x' }],
    ['an application that is not there', { device_calling_application_sid: randomUUID() }],
  ])('is not changed by %s', async (_what, body) => {
    const before = await read(own.sid);
    const [status, msg] = await refused(admin, 'PUT', `/v1/Accounts/${own.sid}`, body);
    expect([status, msg.length > 0]).toEqual([400, true]);
    expect(await read(own.sid)).toEqual(before);
  });

  test('takes its hooks as objects', async () => {
    expect(
      await refused(admin, 'PUT', `/v1/Accounts/${own.sid}`, { registration_hook: 'https://x.y' }),
    ).toEqual([400, "'registration_hook' must be an object when adding an account"]);
  });

  test('stays with its service provider', async () => {
    const path = `/v1/Accounts/${own.sid}`;
    expect(await refused(admin, 'PUT', path, { service_provider_sid: stranger.provider })).toEqual([
      400,
      'service_provider_sid may not be modified',
    ]);
    await admin.put(path, { service_provider_sid: reseller.sid });
  });

  test('suspends nobody but what is below: not itself, and not back', async () => {
    const { sid, api } = await reseller.customer();
    const path = `/v1/Accounts/${sid}`;
    expect(await refused(api, 'PUT', path, { is_active: 0 })).toEqual([
      403,
      'insufficient permissions',
    ]);
    await reseller.api.put(path, { is_active: 0 });
    expect((await read(sid)).is_active).toBe(0);
    expect(await refused(api, 'PUT', path, { is_active: 1 })).toEqual([
      403,
      'insufficient permissions',
    ]);
  });

  test('goes with everything in it, keys first of all', async () => {
    const { sid, api } = await reseller.customer();
    const path = `/v1/Accounts/${sid}`;
    expect(await refused(api, 'DELETE', path)).toEqual([
      422,
      'insufficient privileges to update this account',
    ]);
    expect((await reseller.api.send('DELETE', path)).status).toBe(204);
    expect((await admin.send('GET', path)).status).toBe(404);
    expect((await api.send('GET', '/v1/Accounts')).status).toBe(401);
  });

  test('is the same one that every API shows', async () => {
    const { sid } = await newCustomer({ name: unique('shared'), sip_realm: 'Shared.Example.Test' });
    const shown = await read(sid);
    expect(shown.sip_realm).toBe('shared.example.test');
    const { items } = await operator.get<{ items: { name: string; sipDomain: string }[] }>(
      '/native/v1/accounts?limit=1000',
    );
    expect(items).toContainEqual(
      expect.objectContaining({ name: shown.name, sipDomain: 'shared.example.test' }),
    );
    await admin.delete(`/v1/Accounts/${sid}`);
  });
});

describe('the SIP domain of an account', () => {
  test('is set by its own key through a path of its own', async () => {
    const { sid, api } = await reseller.customer();
    const realm = `${unique('sip')}.example.test`;
    expect(
      (await api.send('POST', `/v1/Accounts/${sid}/SipRealms/${realm.toUpperCase()}`)).status,
    ).toBe(204);
    expect((await read(sid)).sip_realm).toBe(realm);
    expect(await refused(api, 'PUT', `/v1/Accounts/${sid}`, { sip_realm: realm })).toEqual([
      400,
      'use POST /Accounts/:sid/sip_realm/:realm to set or change the sip realm',
    ]);
    const other = await reseller.customer();
    expect(
      await refused(other.api, 'POST', `/v1/Accounts/${other.sid}/SipRealms/${realm}`),
    ).toEqual([422, expect.any(String)]);
  });

  test.each(['bad', 'two.parts', 'with..dots.x', '-x.y.z', 'a b.c.d'])(
    'is not %j',
    async (realm) => {
      const path = `/v1/Accounts/${own.sid}/SipRealms/${encodeURIComponent(realm)}`;
      const [status, msg] = await refused(own.api, 'POST', path);
      expect(status).toBe(400);
      if (!realm.includes('..') && !realm.includes('-') && !realm.includes(' '))
        expect(msg).toBe(`invalid sip_realm: ${realm}`);
    },
  );
});

describe('the secret that signs hooks', () => {
  test('stays until a new one is asked for', async () => {
    const { sid, api } = await reseller.customer();
    const path = `/v1/Accounts/${sid}/WebhookSecret`;
    const secret = async (query = '') =>
      (await api.get<{ webhook_secret: string }>(path + query)).webhook_secret;
    const first = await secret();
    expect(first).toMatch(/^wh_secret_[A-Za-z0-9]{22}$/);
    expect(await secret()).toBe(first);
    expect(await secret('?regenerate=false')).toBe(first);
    const second = await secret('?regenerate=true');
    expect(second).not.toBe(first);
    expect(await secret()).toBe(second);
    expect((await read(sid)).webhook_secret).toBe(second);
    expect(await refused(api, 'GET', `${path}?regenerate=perhaps`)).toEqual([
      400,
      expect.any(String),
    ]);
    expect(await refused(api, 'GET', `/v1/Accounts/${stranger.sid}/WebhookSecret`)).toEqual([
      403,
      'insufficient permissions',
    ]);
  });
});

describe('limits', () => {
  test('of an account are set from above, not by itself', async () => {
    const { sid, api } = await reseller.customer();
    const path = `/v1/Accounts/${sid}/Limits`;
    expect(await api.get(path)).toEqual([]);
    const limit = (quantity: number) => ({ category: 'voice_call_session', quantity });
    expect(await refused(api, 'POST', path, limit(1_000))).toEqual([
      403,
      'insufficient permissions',
    ]);
    const first = await reseller.api.post<Made>(path, limit(5));
    const second = await admin.post<Made>(path, limit(3));
    expect(second).toEqual(first);
    expect(await api.get(path)).toEqual([
      {
        account_limits_sid: first.sid,
        account_sid: sid,
        category: 'voice_call_session',
        quantity: 3,
      },
    ]);
    expect(await api.get(`${path}?category=device`)).toEqual([]);
    expect(await refused(api, 'DELETE', path)).toEqual([403, 'insufficient permissions']);
    await reseller.api.delete(`${path}?category=device`);
    expect(await api.get(path)).toHaveLength(1);
    await reseller.api.delete(path);
    expect(await api.get(path)).toEqual([]);
  });

  test('of calls are those that every API keeps to', async () => {
    const { sid } = await newCustomer({ name: unique('limited') });
    const limitOf = async () => {
      const { name } = await read(sid);
      const { items } = await operator.get<{
        items: { name: string; maxConcurrentCalls: number }[];
      }>('/native/v1/accounts?limit=1000');
      return items.find((account) => account.name === name)?.maxConcurrentCalls;
    };
    expect(await limitOf()).toBe(100);
    await admin.post(`/v1/Accounts/${sid}/Limits`, { category: 'voice_call_session', quantity: 2 });
    expect(await limitOf()).toBe(2);
    await admin.delete(`/v1/Accounts/${sid}/Limits`);
    expect(await limitOf()).toBe(100);
  });

  test('of a service provider are set by the operator', async () => {
    const path = `/v1/ServiceProviders/${reseller.sid}/Limits`;
    const limit = { category: 'device', quantity: 500 };
    expect(await refused(reseller.api, 'POST', path, limit)).toEqual([
      403,
      'insufficient permissions',
    ]);
    const { sid } = await admin.post<Made>(path, limit);
    expect(await reseller.api.get(path)).toEqual([
      { service_provider_limits_sid: sid, service_provider_sid: reseller.sid, ...limit },
    ]);
    await admin.delete(path);
    expect(await reseller.api.get(path)).toEqual([]);
  });

  test.each([
    { category: 'bogus', quantity: 1 },
    { category: 'device' },
    { quantity: 1 },
    { category: 'device', quantity: -1 },
    { category: 'device', quantity: 1.5 },
    { category: 'device', quantity: '1' },
    { category: 'device', quantity: 1, more: 1 },
  ])('are not %j', async (body) => {
    expect(await refused(admin, 'POST', `/v1/Accounts/${own.sid}/Limits`, body)).toEqual([
      400,
      expect.any(String),
    ]);
  });
});

describe('keys of a service provider', () => {
  test('are made for itself and for its accounts, and for nobody else', async () => {
    const mint = (body: object) => refused(reseller.api, 'POST', '/v1/ApiKeys', body);
    expect(await mint({})).toEqual([
      400,
      'service provider token may not be used to create admin token',
    ]);
    for (const body of [
      { service_provider_sid: stranger.provider },
      { account_sid: stranger.sid },
      { account_sid: randomUUID() },
    ])
      expect(await mint(body)).toEqual([
        400,
        'a service provider token can only be used to create tokens for the same service provider',
      ]);
    for (const body of [{ service_provider_sid: reseller.sid }, { account_sid: own.sid }])
      expect((await reseller.api.send('POST', '/v1/ApiKeys', { body })).status).toBe(201);
  });

  test('are listed for the service provider, not among those of its accounts', async () => {
    const path = `/v1/ServiceProviders/${reseller.sid}/ApiKeys`;
    const keys = await reseller.api.get<{ service_provider_sid: string }[]>(path);
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.every((key) => key.service_provider_sid === reseller.sid)).toBe(true);
    expect(await refused(own.api, 'GET', path)).toEqual([403, 'insufficient permissions']);
    expect(await refused(demo, 'GET', `/v1/Accounts/${own.sid}/ApiKeys`)).toEqual([
      403,
      'insufficient permissions',
    ]);
  });
});
