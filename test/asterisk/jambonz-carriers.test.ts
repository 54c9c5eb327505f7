import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Phone } from '../../src/phones/index.ts';
import type { Api } from '../support/api.ts';
import { type ApplicationServer, startApplicationServer } from '../support/application-server.ts';
import { createCustomer, type TestCustomer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { type Exchange, freePort, startExchange } from '../support/exchange.ts';
import { hears } from '../support/hearing.ts';
import { callFromProvider, type Provider, startProvider } from '../support/provider.ts';
import { endAllCalls } from '../support/world.ts';

interface Made {
  readonly sid: string;
}

/** Addresses of providers: one that takes calls, one that has no room, one where everybody is busy. */
const [takes, full, busy, shared] = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'];

let exchange: Exchange;
let app: ApplicationServer;
let acme: TestCustomer;
let phone: Phone;
let [taking, fullOne, busyOne] = [] as unknown as [Provider, Provider, Provider];

beforeAll(async () => {
  exchange = await startExchange();
  app = await startApplicationServer();
  acme = await createCustomer(exchange, 'acme');
  const folder = (name: string) => join(exchange.dataFolder, name);
  taking = await startProvider(folder('taking'), takes, await freePort());
  fullOne = await startProvider(folder('full'), full, await freePort(), { refuses: 503 });
  busyOne = await startProvider(folder('busy'), busy, await freePort(), { refuses: 486 });
  await acme.api.post('/v1/PhoneNumbers', { number: '15551230001' });
  phone = await exchange.phone('201', 440, {
    domain: acme.account.sipDomain,
    secret: acme.account.secret,
    account: acme.account.api,
  });
});
afterEach(async () => {
  await endAllCalls(exchange);
  for (const api of [acme.api, exchange.operator])
    for (const { voip_carrier_sid: sid } of await api.get<{ voip_carrier_sid: string }[]>(
      '/v1/VoipCarriers',
    ))
      await api.delete(`/v1/VoipCarriers/${sid}`);
  await phone.idle();
});
afterAll(async () => {
  await exchange?.stop();
  await Promise.all([taking, fullOne, busyOne].map((provider) => provider?.stop()));
  await app?.stop();
});

const carrier = async (fields: object = {}, by: Api = acme.api): Promise<string> =>
  (await by.post<Made>('/v1/VoipCarriers', { name: 'Carrier', ...fields })).sid;

/** A gateway that calls go to. */
const goesTo = async (
  sid: string,
  { host, port }: Pick<Provider, 'host' | 'port'>,
  more: object = {},
  by: Api = acme.api,
): Promise<string> => {
  const body = { voip_carrier_sid: sid, ipv4: host, port, inbound: 0, outbound: 1, ...more };
  return (await by.post<Made>('/v1/SipGateways', body)).sid;
};

/** A gateway that calls come from. */
const comesFrom = (sid: string, ipv4: string, by: Api = acme.api) =>
  by.post<Made>('/v1/SipGateways', { voip_carrier_sid: sid, ipv4, inbound: 1, outbound: 0 });

/** An application whose hook has a path of its own. */
async function application(name: string, verbs: object[]): Promise<string> {
  app.on(`/${name}`, verbs);
  const made = await acme.api.post<Made>('/v1/Applications', {
    name,
    call_hook: { url: `${app.url}/${name}` },
    call_status_hook: { url: `${app.url}/${name}/status` },
  });
  return made.sid;
}

/** Calls a number and asks the application what then. */
const call = async (application_sid: string, number: string): Promise<string> => {
  const body = { from: '15551230001', to: { type: 'phone', number }, application_sid };
  return (await acme.api.post<Made>(`/v1/Accounts/${acme.sid}/Calls`, body)).sid;
};

const statuses = (name: string, sid: string) =>
  app.seen
    .filter(({ path, body }) => path === `/${name}/status` && body.call_sid === sid)
    .map(({ body }) => body.call_status);

const ended = (name: string, status: string) =>
  app.asked(`/${name}/status`, ({ body }) => body.call_status === status);

const invited = async (provider: Provider, number: string) =>
  (await provider.received()).some((message) => message.startsWith(`INVITE sip:${number}@`));

let calls = 0;

const calledIn = async (host: string, number: string) => {
  calls += 1;
  return callFromProvider({
    folder: join(exchange.dataFolder, `calls-in-${calls}`),
    host,
    port: await freePort(),
    target: { host: '127.0.0.1', port: exchange.sipPort },
    number,
    talkMs: 500,
  });
};

describe('a call that goes out through a carrier', () => {
  test('takes the second gateway where the first has no room, and stays one call', async () => {
    const sid = await carrier({ tech_prefix: '99' });
    await goesTo(sid, fullOne);
    await goesTo(sid, taking);
    const menu = await application('fails-over', [{ verb: 'pause', length: 1 }]);
    const callSid = await call(menu, '+15551239001');
    expect(await taking.invite('9915551239001')).toMatch(/^From:.*sip:\+?15551230001@/im);
    expect(await invited(fullOne, '9915551239001')).toBe(true);
    expect((await app.asked('/fails-over')).body).toMatchObject({
      call_sid: callSid,
      to: '+15551239001',
      call_status: 'in-progress',
    });
    await ended('fails-over', 'completed');
    expect(statuses('fails-over', callSid)).toEqual([
      'trying',
      'ringing',
      'in-progress',
      'completed',
    ]);
  });

  test('is heard at both ends, dialled by a phone, with the plus where that is wanted', async () => {
    const sid = await carrier({ e164_leading_plus: 1 });
    await goesTo(sid, fullOne);
    await goesTo(sid, taking);
    await phone.dial('+15551239002');
    await phone.next('CALL_ESTABLISHED');
    await hears(phone, 440);
    await taking.invite('+15551239002');
    await phone.hangUp();
    await phone.next('CALL_CLOSED');
  });

  test('is busy where the called party is, whatever other gateways there are', async () => {
    const sid = await carrier();
    await goesTo(sid, busyOne);
    await goesTo(sid, taking);
    const menu = await application('is-busy', []);
    await call(menu, '+15551239003');
    expect((await ended('is-busy', 'busy')).body).toMatchObject({ sip_status: 486 });
    expect(await invited(taking, '15551239003')).toBe(false);
  });

  test('does not wait for a gateway that is known to be away', async () => {
    const sid = await carrier();
    const away = { host: full, port: await freePort() };
    const first = await goesTo(sid, away, { send_options_ping: 1 });
    await goesTo(sid, taking);
    const state = async () => {
      const { items } = await acme.account.api.get<{ items: { state: string }[] }>(
        '/native/v1/trunks',
      );
      return items[0]?.state;
    };
    await eventually(async () => (await state()) === 'unreachable', { limitMs: 40_000 });
    await call(await application('is-away', []), '+15551239004');
    await taking.invite('15551239004');
    await acme.api.put(`/v1/SipGateways/${first}`, { is_active: 0 });
  });

  test('fails where every gateway has no room', async () => {
    await goesTo(await carrier(), fullOne);
    const menu = await application('is-full', []);
    await call(menu, '+15551239005');
    expect((await ended('is-full', 'failed')).body).toMatchObject({ sip_status: 503 });
  });

  test('goes through the next carrier where the first takes none', async () => {
    await goesTo(await carrier({ name: 'Full' }), fullOne);
    await goesTo(await carrier({ name: 'Taking' }), taking);
    await call(await application('next-carrier', []), '+15551239006');
    await taking.invite('15551239006');
  });
});

describe('a call that comes in through a carrier', () => {
  test('reaches its application while its address is known, and no longer', async () => {
    const application_sid = await application('comes-in', [
      { verb: 'answer' },
      { verb: 'pause', length: 5 },
    ]);
    const sid = await carrier({ application_sid });
    expect((await calledIn(takes, '+15557770001')).statuses.at(-1)).toBe(401);
    const { sid: known } = await comesFrom(sid, takes);
    await eventually(async () => (await calledIn(takes, '+15557770001')).code === 0, {
      limitMs: 15_000,
    });
    expect((await app.asked('/comes-in')).body).toMatchObject({
      application_sid,
      to: '+15557770001',
      originating_sip_trunk_name: 'Carrier',
    });
    await acme.api.delete(`/v1/SipGateways/${known}`);
    await eventually(async () => (await calledIn(takes, '+15557770001')).statuses.at(-1) === 401, {
      limitMs: 15_000,
    });
  });

  test('of a service provider is for the account that has the number', async () => {
    const { operator } = exchange;
    const sid = await carrier({ name: 'Shared' }, operator);
    await comesFrom(sid, shared, operator);
    await goesTo(sid, taking, {}, operator);
    const application_sid = await application('shared', [
      { verb: 'answer' },
      { verb: 'pause', length: 5 },
    ]);
    const number = { number: '15557770002', voip_carrier_sid: sid, application_sid };
    const { sid: numberSid } = await acme.api.post<Made>('/v1/PhoneNumbers', number);
    await eventually(async () => (await calledIn(shared, '+15557770002')).code === 0, {
      limitMs: 15_000,
    });
    expect((await app.asked('/shared')).body).toMatchObject({
      account_sid: acme.sid,
      originating_sip_trunk_name: 'Shared',
    });
    await call(application_sid, '+15551239007');
    await taking.invite('15551239007');
    await acme.api.delete(`/v1/PhoneNumbers/${numberSid}`);
  });
});

describe('a carrier that registers', () => {
  let provider: Exchange;
  let bob: Phone;

  beforeAll(async () => {
    provider = await startExchange();
    bob = await provider.phone('202', 1000);
    const { items } = await provider.operator.get<{ items: { id: string; login: string }[] }>(
      '/native/v1/users',
    );
    const userId = items.find(({ login }) => login === 'bob')?.id;
    const { operator } = provider;
    await operator.post('/native/v1/numbers', {
      e164: '+15557770009',
      target: { kind: 'user', userId },
    });
    await operator.post('/native/v1/endpoints', { username: '301', secret: 'secret-of-the-line' });
    await operator.post('/native/v1/numbers', {
      e164: '+15551230001',
      target: { kind: 'dial', dialled: '301' },
    });
  });
  afterAll(() => provider?.stop());

  test('says so, calls out and is called', async () => {
    const application_sid = await application('registered', [
      { verb: 'dial', target: [{ type: 'user', name: '201' }] },
    ]);
    const sid = await carrier({
      requires_register: 1,
      register_username: '301',
      register_password: 'secret-of-the-line',
      e164_leading_plus: 1,
      application_sid,
    });
    await goesTo(sid, { host: '127.0.0.1', port: provider.sipPort });
    const status = async () =>
      (await acme.api.get<{ register_status: { status: string } }>(`/v1/VoipCarriers/${sid}`))
        .register_status.status;
    await eventually(async () => (await status()) === 'ok', { limitMs: 20_000 });
    await phone.dial('+15557770009');
    await bob.next('CALL_INCOMING');
    await bob.answer();
    await Promise.all([hears(phone, 1000), hears(bob, 440)]);
    await phone.hangUp();
    await bob.next('CALL_CLOSED');
    await phone.next('CALL_CLOSED');

    await bob.dial('+15551230001');
    await phone.next('CALL_INCOMING');
    await phone.answer();
    await Promise.all([hears(phone, 1000), hears(bob, 440)]);
    await bob.hangUp();
    await phone.next('CALL_CLOSED');
    await acme.api.put(`/v1/VoipCarriers/${sid}`, { register_password: 'wrong' });
    await eventually(async () => (await status()) === 'fail', { limitMs: 20_000 });
  });
});
