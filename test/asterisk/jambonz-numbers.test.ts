import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Phone } from '../../src/phones/index.ts';
import type { TestAccount } from '../support/accounts.ts';
import type { Api } from '../support/api.ts';
import { type ApplicationServer, startApplicationServer } from '../support/application-server.ts';
import { createCustomer } from '../support/customer.ts';
import { type Exchange, freePort, startExchange } from '../support/exchange.ts';
import { hears } from '../support/hearing.ts';
import { type CallsEnd, callFromProvider } from '../support/provider.ts';
import { quiet } from '../support/sipgate.ts';

const comesFrom = '127.0.0.2';

interface Made {
  readonly sid: string;
}

let exchange: Exchange;
let app: ApplicationServer;
let acme: TestAccount;
let sid: string;
let phone: Phone;
/** A program with a key of the account. */
let api: Api;

beforeAll(async () => {
  exchange = await startExchange();
  app = await startApplicationServer();
  const customer = await createCustomer(exchange, 'acme');
  ({ account: acme, sid, api } = customer);
  await acme.api.post('/native/v1/trunks', {
    name: 'Provider',
    kind: 'ip',
    host: comesFrom,
    inboundAddresses: [comesFrom],
  });
  phone = await exchange.phone('201', 440, {
    domain: acme.sipDomain,
    secret: acme.secret,
    account: acme.api,
  });
});
afterAll(async () => {
  await exchange?.stop();
  await app?.stop();
});

/** An application whose hook has a path of its own. */
async function application(name: string): Promise<string> {
  const made = await api.post<Made>('/v1/Applications', {
    name,
    call_hook: { url: `${app.url}/${name}` },
    call_status_hook: { url: `${app.url}/${name}/status` },
  });
  return made.sid;
}

let calls = 0;

/** The provider calls a number once. */
async function calledIn(number: string, talkMs = 500): Promise<CallsEnd> {
  calls += 1;
  return callFromProvider({
    folder: join(exchange.dataFolder, `calls-in-${calls}`),
    host: comesFrom,
    port: await freePort(),
    target: { host: '127.0.0.1', port: exchange.sipPort },
    number,
    talkMs,
  });
}

describe('a call that a provider brings in', () => {
  test('asks the application of its number, which lets a phone ring', async () => {
    const application_sid = await application('menu');
    await api.post('/v1/PhoneNumbers', { number: '15551230001', application_sid });
    app.on('/menu', [{ verb: 'dial', target: [{ type: 'user', name: '201' }] }]);
    const over = calledIn('+15551230001', 4_000);
    await phone.next('CALL_INCOMING');
    await phone.answer();
    await phone.next('CALL_ESTABLISHED');
    await hears(phone, 440);
    expect(await over).toMatchObject({ code: 0 });
    await phone.next('CALL_CLOSED');
    const { body } = await app.asked('/menu');
    expect(body).toMatchObject({
      account_sid: sid,
      application_sid,
      direction: 'inbound',
      to: '+15551230001',
      call_status: 'trying',
      sip_status: 100,
      originating_sip_trunk_name: 'Provider',
    });
    await app.asked('/menu/status', (seen) => seen.body.call_status === 'completed');
    await quiet(acme.api);
  });

  test('is found by a pattern where no number is', async () => {
    const application_sid = await application('pattern');
    await api.post('/v1/PhoneNumbers', { number: '1666*', application_sid });
    app.on('/pattern', [{ verb: 'sip:decline', status: 486, reason: 'Busy Here' }]);
    expect((await calledIn('+16661230001')).statuses).toContain(486);
    expect((await app.asked('/pattern')).body).toMatchObject({ to: '+16661230001' });
  });

  test('hears 480 where the number has no application', async () => {
    await api.post('/v1/PhoneNumbers', { number: '15551230002' });
    expect((await calledIn('+15551230002')).statuses.at(-1)).toBe(480);
  });

  test('hears 480 where the application has no hook', async () => {
    const application_sid = await application('empty');
    await api.put(`/v1/Applications/${application_sid}`, { call_hook: null });
    await api.post('/v1/PhoneNumbers', { number: '15551230003', application_sid });
    expect((await calledIn('+15551230003')).statuses.at(-1)).toBe(480);
  });

  test('hears 404 where nobody has the number', async () => {
    expect((await calledIn('+15551239999')).statuses.at(-1)).toBe(404);
  });

  test('hears 503 while the account is suspended', async () => {
    const { operator } = exchange;
    await operator.put(`/v1/Accounts/${sid}`, { is_active: 0 });
    expect((await calledIn('+15551230001')).statuses.at(-1)).toBe(503);
    await operator.put(`/v1/Accounts/${sid}`, { is_active: 1 });
  });
});
