import { randomInt, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Api } from '../../support/api.ts';
import { api as apiOf, server } from '../support/server.ts';
import { operatorFor, unique } from '../support/tenant.ts';
import {
  aDate,
  admin,
  aSid,
  firstProviderSid,
  type Made,
  nativeId,
  newCustomer,
  newProvider,
  refused,
} from './client.ts';

interface Carrier {
  readonly voip_carrier_sid: string;
  readonly name: string;
}

const reseller = await newProvider();
const own = await reseller.customer();
const stranger = await newCustomer();
const path = '/v1/VoipCarriers';
const twilio = '7d509a18-bbff-4c5d-b21e-b99bf8f8c49a';

const make = async (by: Api, body: object = {}, at = path) =>
  (await by.post<Made>(at, { name: unique('carrier'), ...body })).sid;
const gateway = async (by: Api, voip_carrier_sid: string, body: object = {}) => {
  const usual = { ipv4: '192.0.2.1', inbound: true, outbound: true };
  return (await by.post<Made>('/v1/SipGateways', { voip_carrier_sid, ...usual, ...body })).sid;
};
const application = async (by: Api) => {
  const hook = { url: 'https://app.example/call' };
  const body = { name: unique('menu'), call_hook: hook, call_status_hook: hook };
  return (await by.post<Made>('/v1/Applications', body)).sid;
};

describe('a carrier', () => {
  test('is shown with everything that was not said', async () => {
    const name = unique('carrier');
    const sid = await make(own.api, { name });
    expect(sid).toEqual(aSid);
    expect(await own.api.get(`${path}/${sid}`)).toEqual({
      voip_carrier_sid: sid,
      name,
      description: null,
      account_sid: own.sid,
      service_provider_sid: null,
      application_sid: null,
      e164_leading_plus: 0,
      requires_register: 0,
      register_username: null,
      register_password: null,
      register_sip_realm: null,
      register_from_user: null,
      register_from_domain: null,
      register_public_ip_in_contact: 0,
      tech_prefix: null,
      inbound_auth_username: null,
      inbound_auth_password: null,
      diversion: null,
      is_active: 1,
      smpp_system_id: null,
      smpp_password: null,
      smpp_enquire_link_interval: 0,
      smpp_inbound_system_id: null,
      smpp_inbound_password: null,
      dtmf_type: 'rfc2833',
      outbound_sip_proxy: null,
      trunk_type: 'static_ip',
      register_status: {},
      created_at: aDate,
    });
  });

  test('keeps what it is told, in parts too', async () => {
    const said = {
      description: 'the cheap one',
      application_sid: await application(own.api),
      e164_leading_plus: 1,
      register_username: 'acme',
      register_password: 'open-sesame',
      register_sip_realm: 'sip.carrier.example',
      register_from_user: 'main',
      register_from_domain: 'acme.example',
      register_public_ip_in_contact: 1,
      tech_prefix: '99#',
      inbound_auth_username: 'them',
      inbound_auth_password: 'their secret',
      diversion: '+4922166980200',
      smpp_system_id: 'system',
      smpp_password: 'smpp secret',
      smpp_enquire_link_interval: 30,
      smpp_inbound_system_id: 'inbound',
      smpp_inbound_password: 'inbound secret',
      dtmf_type: 'info',
      outbound_sip_proxy: 'proxy.carrier.example:5070',
      trunk_type: 'auth',
    };
    const sid = await make(own.api, said);
    expect(await own.api.get(`${path}/${sid}`)).toMatchObject(said);
    await own.api.put(`${path}/${sid}`, { tech_prefix: null, is_active: false });
    expect(await own.api.get(`${path}/${sid}`)).toMatchObject({
      ...said,
      tech_prefix: null,
      is_active: 0,
    });
    await own.api.put(`${path}/${sid}`, {
      application_sid: null,
      register_password: null,
      register_sip_realm: null,
    });
    expect(await own.api.get(`${path}/${sid}`)).toMatchObject({
      application_sid: null,
      register_password: null,
      register_sip_realm: null,
      register_username: 'acme',
    });
  });

  test.each([
    ['no name', {}, 'missing field name'],
    [
      'a registration without a user',
      { name: 'a', requires_register: true, register_password: 'b' },
      'register_username is required when requires_register is true',
    ],
    [
      'a registration without a password',
      { name: 'a', requires_register: 1, register_username: 'b' },
      'register_password is required when requires_register is true',
    ],
    ['blanks in its user', { name: 'a', register_username: 'a b' }, 'must not contain whitespace'],
    [
      'blanks in its password',
      { name: 'a', register_password: 'a b' },
      'must not contain whitespace',
    ],
    ['a URI as its realm', { name: 'a', register_sip_realm: 'sip:a.example' }, 'no sip: prefix'],
    ['an empty realm', { name: 'a', register_sip_realm: '' }, 'valid domain or IP'],
    [
      'no domain as its realm',
      { name: 'a', register_sip_realm: 'no domain' },
      'valid domain or IP',
    ],
    ['letters as its prefix', { name: 'a', tech_prefix: 'abc' }, 'techPrefix'],
    ['another way to send keys', { name: 'a', dtmf_type: 'morse' }, ''],
    ['a misspelt field', { name: 'a', tech_prefx: '1' }, ''],
    ['a long name', { name: 'a'.repeat(65) }, ''],
  ])('has not %s', async (_what, body, sentence) => {
    const [status, said] = await refused(own.api, 'POST', path, body);
    expect([status, said]).toEqual([400, expect.stringContaining(sentence)]);
  });

  test.each(['sip.carrier.example', '192.0.2.9', null])(
    'registers in %j',
    async (register_sip_realm) => {
      const sid = await make(own.api, { register_sip_realm });
      expect(await own.api.get(`${path}/${sid}`)).toMatchObject({ register_sip_realm });
    },
  );

  test('registers only with what it has been told before or now', async () => {
    const at = `${path}/${await make(own.api)}`;
    expect(await refused(own.api, 'PUT', at, { requires_register: true })).toEqual([
      400,
      'register_username is required when requires_register is true',
    ]);
    await own.api.put(at, { register_username: 'acme', register_password: 'open-sesame' });
    await own.api.put(at, { requires_register: true, trunk_type: 'reg' });
    expect(await own.api.get(at)).toMatchObject({
      requires_register: 1,
      register_status: { status: 'fail' },
    });
    const listed = await own.api.get<{ register_status: string; voip_carrier_sid: string }[]>(path);
    const shown = listed.find((one) => at.endsWith(one.voip_carrier_sid));
    expect(JSON.parse(shown?.register_status ?? '')).toMatchObject({ status: 'fail' });
  });

  test('leads to applications of its account alone', async () => {
    const nobody = randomUUID();
    const body = (application_sid: string, more: object = {}) => ({
      name: unique('carrier'),
      application_sid,
      ...more,
    });
    expect(await refused(own.api, 'POST', path, body(nobody))).toEqual([
      400,
      'unknown application_sid',
    ]);
    const foreign = await application(stranger.api);
    expect(await refused(own.api, 'POST', path, body(foreign))).toEqual([
      400,
      'application_sid does not exist for specified account_sid',
    ]);
    const menu = await application(own.api);
    expect(await refused(reseller.api, 'POST', path, body(menu))).toEqual([
      400,
      'account_sid missing',
    ]);
    expect(await refused(admin, 'POST', path, body(menu, { account_sid: nobody }))).toEqual([
      400,
      'unknown account_sid',
    ]);
    const sid = await make(reseller.api, { account_sid: own.sid, application_sid: menu });
    expect(await refused(own.api, 'DELETE', `/v1/Applications/${menu}`)).toEqual([
      422,
      'cannot delete application with voip carriers',
    ]);
    await own.api.delete(`${path}/${sid}`);
    expect((await own.api.send('DELETE', `/v1/Applications/${menu}`)).status).toBe(204);
  });

  test('stays while numbers belong to it', async () => {
    const sid = await make(own.api);
    const number = `1555${String(randomInt(10_000_000)).padStart(7, '0')}`;
    const made = await own.api.post<Made>('/v1/PhoneNumbers', { number, voip_carrier_sid: sid });
    expect(await own.api.get(`/v1/PhoneNumbers/${made.sid}`)).toMatchObject({
      voip_carrier_sid: sid,
    });
    expect(await refused(own.api, 'DELETE', `${path}/${sid}`)).toEqual([
      422,
      'cannot delete voip carrier with active phone numbers',
    ]);
    await own.api.delete(`/v1/PhoneNumbers/${made.sid}`);
    expect((await own.api.send('DELETE', `${path}/${sid}`)).status).toBe(204);
    expect((await own.api.send('GET', `${path}/${sid}`)).status).toBe(404);
  });

  test('of another account is not there', async () => {
    const at = `${path}/${await make(stranger.api)}`;
    for (const by of [own.api, reseller.api]) {
      expect((await by.send('GET', at)).status).toBe(404);
      expect((await by.send('PUT', at, { body: { name: 'mine' } })).status).toBe(404);
      expect(await refused(by, 'DELETE', at)).toEqual([422, 'carrier belongs to a different user']);
    }
    expect(await refused(own.api, 'GET', `${path}/x`)).toEqual([400, 'Bad request']);
  });

  test('of a service provider is for its accounts to use and not to change', async () => {
    const sid = await make(reseller.api);
    expect(await reseller.api.get(`${path}/${sid}`)).toMatchObject({
      account_sid: null,
      service_provider_sid: reseller.sid,
    });
    const number = `1555${String(randomInt(10_000_000)).padStart(7, '0')}`;
    await own.api.post('/v1/PhoneNumbers', { number, voip_carrier_sid: sid });
    expect((await own.api.send('GET', `${path}/${sid}`)).status).toBe(404);
    expect(
      await refused(stranger.api, 'POST', '/v1/PhoneNumbers', {
        number: `1555${String(randomInt(10_000_000)).padStart(7, '0')}`,
        voip_carrier_sid: sid,
      }),
    ).toEqual([400, `voip_carrier not found for sid ${sid}`]);
  });

  test('is one with the trunks of other APIs', async () => {
    const { api, sid } = await newCustomer({ name: unique('shared') });
    const native = operatorFor(await nativeId({ sid }));
    const carrier = await make(api, { name: 'both' });
    await gateway(api, carrier, { port: 5070 });
    const { items } = await native.get<{ items: object[] }>('/native/v1/trunks');
    expect(items).toMatchObject([
      { name: 'both', host: '192.0.2.1', port: 5070, inboundAddresses: ['192.0.2.1'] },
    ]);
    const trunk = await native.post<{ id: string }>('/native/v1/trunks', {
      name: 'made there',
      kind: 'ip',
      host: 'sip.carrier.example',
      inboundAddresses: ['198.51.100.0/24'],
    });
    const listed = await api.get<Carrier[]>(path);
    expect(listed.map(({ name }) => name)).toEqual(['both', 'made there']);
    const other = listed[1]?.voip_carrier_sid ?? '';
    const gateways = () => api.get<object[]>(`/v1/SipGateways?voip_carrier_sid=${other}`);
    expect(await gateways()).toMatchObject([
      { ipv4: 'sip.carrier.example', port: 5060, outbound: 1, inbound: 0, netmask: 32 },
      { ipv4: '198.51.100.0', port: null, outbound: 0, inbound: 1, netmask: 24 },
    ]);
    await native.patch(`/native/v1/trunks/${trunk.id}`, {
      host: 'other.carrier.example',
      inboundAddresses: ['203.0.113.7'],
    });
    expect(await gateways()).toMatchObject([
      { ipv4: 'other.carrier.example', outbound: 1 },
      { ipv4: '203.0.113.7', inbound: 1, netmask: 32 },
    ]);
  });
});

describe('carriers', () => {
  test('are listed whole, by page, or by a part of the name', async () => {
    const { api } = await reseller.customer();
    const names = [unique('first'), unique('second')];
    for (const name of names) await make(api, { name });
    const shown = async (query: string) => {
      const answer = await api.get<Carrier[] | { data: Carrier[] }>(path + query);
      return (Array.isArray(answer) ? answer : answer.data).map(({ name }) => name);
    };
    expect(await shown('')).toEqual(names);
    expect(await shown('?name=seco')).toEqual([names[1]]);
    expect(await shown('?page=2&page_size=1')).toEqual([names[1]]);
    expect(await api.get(`${path}?page=1&page_size=1`)).toMatchObject({ total: 2, page: 1 });
  });

  test('are made, listed and changed below their account', async () => {
    const at = `/v1/Accounts/${own.sid}/VoipCarriers`;
    const sid = await make(own.api, {}, at);
    await own.api.put(`${at}/${sid}`, { description: 'below' });
    expect(await own.api.get<object[]>(at)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ voip_carrier_sid: sid, description: 'below' }),
      ]),
    );
    for (const method of ['GET', 'POST'])
      expect(
        await refused(stranger.api, method, at, method === 'POST' ? { name: 'a' } : undefined),
      ).toEqual([403, 'insufficient permissions']);
    expect(
      (await own.api.send('PUT', `${at}/${await make(stranger.api)}`, { body: {} })).status,
    ).toBe(404);
  });

  test('are made, listed and changed below their service provider', async () => {
    const at = `/v1/ServiceProviders/${reseller.sid}/VoipCarriers`;
    const kept = await make(reseller.api, {}, at);
    const given = await make(admin, { account_sid: own.sid }, at);
    expect(await admin.get(`${path}/${kept}`)).toMatchObject({
      account_sid: null,
      service_provider_sid: reseller.sid,
    });
    expect(await admin.get(`${path}/${given}`)).toMatchObject({ account_sid: own.sid });
    for (const sid of [kept, given]) await reseller.api.put(`${at}/${sid}`, { is_active: 0 });
    const sids = (await reseller.api.get<Carrier[]>(at)).map((one) => one.voip_carrier_sid);
    expect(sids).toEqual(expect.arrayContaining([kept, given]));
    expect(await refused(own.api, 'GET', at)).toEqual([403, 'insufficient permissions']);
    expect(
      await refused(reseller.api, 'POST', at, { name: 'a', account_sid: stranger.sid }),
    ).toEqual([403, 'insufficient permissions']);
  });
});

describe('a gateway', () => {
  test('is shown with everything that was not said', async () => {
    const carrier = await make(own.api);
    const sid = await gateway(own.api, carrier);
    expect(await own.api.get(`/v1/SipGateways/${sid}`)).toEqual({
      sip_gateway_sid: sid,
      voip_carrier_sid: carrier,
      ipv4: '192.0.2.1',
      port: null,
      netmask: 32,
      inbound: 1,
      outbound: 1,
      is_active: 1,
      send_options_ping: 0,
      use_sips_scheme: 0,
      pad_crypto: 0,
      protocol: 'udp',
      remove_ice: 0,
      dtls_off: 0,
    });
  });

  test('keeps what it is told, in parts too', async () => {
    const said = {
      ipv4: '192.0.2.0',
      port: 5062,
      netmask: 24,
      outbound: 0,
      is_active: 0,
      send_options_ping: 1,
      use_sips_scheme: 1,
      pad_crypto: 1,
      protocol: 'tls/srtp',
      remove_ice: 1,
      dtls_off: 1,
    };
    const sid = await gateway(own.api, await make(own.api), said);
    const at = `/v1/SipGateways/${sid}`;
    expect(await own.api.get(at)).toMatchObject(said);
    await own.api.put(at, { port: null, dtls_off: 0, protocol: 'tcp' });
    expect(await own.api.get(at)).toMatchObject({
      ...said,
      port: null,
      dtls_off: 0,
      protocol: 'tcp',
    });
  });

  test('may be a host name where calls only go', async () => {
    const carrier = await make(own.api);
    const sid = await gateway(own.api, carrier, { ipv4: 'sip.carrier.example', inbound: false });
    expect(await refused(own.api, 'PUT', `/v1/SipGateways/${sid}`, { inbound: 1 })).toEqual([
      400,
      expect.stringContaining('Inbound gateway must be IPv4 address'),
    ]);
    const body = { voip_carrier_sid: carrier, ipv4: 'a.example', inbound: 1, outbound: 0 };
    expect(await refused(own.api, 'POST', '/v1/SipGateways', body)).toEqual([
      400,
      expect.stringContaining('Inbound gateway must be IPv4 address'),
    ]);
  });

  test.each([
    ['without a carrier', { voip_carrier_sid: undefined }, 'missing voip_carrier_sid'],
    ['of a carrier that is none', { voip_carrier_sid: randomUUID() }, 'not found'],
    ['at no address', { ipv4: 'not a host' }, ''],
    ['at a port that is none', { port: 70_000 }, ''],
    ['of a network that is none', { netmask: 33 }, 'netmask'],
    ['of a network where calls only go', { inbound: 0, netmask: 24 }, 'netmask'],
    ['with another protocol', { protocol: 'ipx' }, ''],
    ['with a misspelt field', { netmsk: 1 }, ''],
  ])('is not made %s', async (_what, more, sentence) => {
    const usual = {
      voip_carrier_sid: await make(own.api),
      ipv4: '192.0.2.1',
      inbound: 1,
      outbound: 1,
    };
    expect(await refused(own.api, 'POST', '/v1/SipGateways', { ...usual, ...more })).toEqual([
      400,
      expect.stringContaining(sentence),
    ]);
  });

  test('is listed by its carrier, in the order in which they are tried', async () => {
    const carrier = await make(own.api);
    const at = `/v1/SipGateways?voip_carrier_sid=${carrier}`;
    expect(await own.api.get(at)).toEqual([]);
    for (const ipv4 of ['192.0.2.3', '192.0.2.2']) await gateway(own.api, carrier, { ipv4 });
    const shown = await own.api.get<{ ipv4: string }[]>(at);
    expect(shown.map(({ ipv4 }) => ipv4)).toEqual(['192.0.2.3', '192.0.2.2']);
    expect(await refused(own.api, 'GET', '/v1/SipGateways')).toEqual([
      400,
      'missing voip_carrier_sid',
    ]);
    expect((await stranger.api.send('GET', at)).status).toBe(404);
  });

  test('is removed once, or with its carrier', async () => {
    const carrier = await make(own.api);
    const [one, other] = [await gateway(own.api, carrier), await gateway(own.api, carrier)];
    const remove = async (sid: string) =>
      (await own.api.send('DELETE', `/v1/SipGateways/${sid}`)).status;
    expect(await remove(one)).toBe(204);
    expect(await remove(one)).toBe(404);
    await own.api.delete(`${path}/${carrier}`);
    expect((await own.api.send('GET', `/v1/SipGateways/${other}`)).status).toBe(404);
  });

  test('of another account is not there', async () => {
    const carrier = await make(stranger.api);
    const at = `/v1/SipGateways/${await gateway(stranger.api, carrier)}`;
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect(
        (await own.api.send(method, at, method === 'PUT' ? { body: { port: 5070 } } : {})).status,
      ).toBe(404);
  });
});

describe('templates of carriers', () => {
  test('are for everybody to see', async () => {
    const answer = await apiOf().send<object[]>('GET', '/v1/PredefinedCarriers');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ predefined_carrier_sid: twilio, name: 'Twilio' }),
      ]),
    );
  });

  test.each([
    ['an account', () => `/v1/Accounts/${own.sid}`, () => own.api],
    ['a service provider', () => `/v1/ServiceProviders/${reseller.sid}`, () => reseller.api],
  ])('make a carrier of %s, with its gateways, once', async (_whose, under, by) => {
    const at = `${under()}/PredefinedCarriers/${twilio}`;
    const { sid } = await by().post<Made>(at);
    expect(await by().get(`${path}/${sid}`)).toMatchObject({
      name: 'Twilio',
      e164_leading_plus: 1,
    });
    const gateways = await by().get<object[]>(`/v1/SipGateways?voip_carrier_sid=${sid}`);
    expect(gateways).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ipv4: '54.172.60.0', netmask: 30, inbound: 1, outbound: 0 }),
      ]),
    );
    expect((await by().send('POST', at)).status).toBe(422);
    expect((await by().send('POST', `${under()}/PredefinedCarriers/${randomUUID()}`)).status).toBe(
      404,
    );
    expect((await stranger.api.send('POST', at)).status).toBe(403);
  });
});

describe('SIP addresses of the platform', () => {
  const at = '/v1/Sbcs';

  test('are those of the exchange where nobody has said more', async () => {
    const provider = await newProvider();
    expect(await provider.api.get(at)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ port: server.sipPort, service_provider_sid: null }),
      ]),
    );
  });

  test('are made and removed by administrators, for everybody or a service provider', async () => {
    const provider = await newProvider();
    const body = { ipv4: '192.0.2.77', service_provider_sid: provider.sid };
    const { sid } = await admin.post<Made>(at, body);
    const listed = await provider.api.get(`${at}?service_provider_sid=${provider.sid}`);
    expect(listed).toEqual([
      {
        sbc_address_sid: sid,
        ipv4: '192.0.2.77',
        port: 5060,
        tls_port: null,
        wss_port: null,
        service_provider_sid: provider.sid,
        last_updated: aDate,
      },
    ]);
    expect((await admin.send('DELETE', `${at}/${sid}`)).status).toBe(204);
    expect((await admin.send('DELETE', `${at}/${sid}`)).status).toBe(404);
    expect(await firstProviderSid()).toEqual(aSid);
    const denied = await provider.api.send('POST', at, { body });
    expect([denied.status, denied.body]).toEqual([
      403,
      { status: 'fail', message: 'insufficient privileges' },
    ]);
  });

  test.each([
    {},
    { ipv4: 'not an address' },
    { ipv4: '192.0.2.1', port: 0 },
    { ipv4: '192.0.2.1', more: 1 },
  ])('are not %j', async (body) => {
    expect((await admin.send('POST', at, { body })).status).toBe(400);
  });
});
