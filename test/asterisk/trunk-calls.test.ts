import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Phone } from '../../src/phones/index.ts';
import { createAccount, type TestAccount } from '../support/accounts.ts';
import { eventually } from '../support/eventually.ts';
import { type Exchange, freePort, startExchange } from '../support/exchange.ts';
import { hears } from '../support/hearing.ts';
import { callFromProvider, type Provider, startProvider } from '../support/provider.ts';
import { quiet } from '../support/sipgate.ts';

const ownNumber = '+4922188880001';
const loopbackOfProvider = '127.0.0.2';

let exchange: Exchange;
let acme: TestAccount;
let phone: Phone;

beforeAll(async () => {
  exchange = await startExchange();
  acme = await createAccount(exchange, { name: 'acme', number: ownNumber });
  phone = await exchange.phone('201', 440, {
    domain: acme.sipDomain,
    secret: acme.secret,
    account: acme.api,
  });
});
afterAll(() => exchange?.stop());

const trunkState = async (id: string) =>
  (await acme.api.get<{ state: string }>(`/native/v1/trunks/${id}`)).state;

describe('a trunk that is known by its addresses', () => {
  let provider: Provider;
  let trunkId: string;

  beforeAll(async () => {
    const folder = join(exchange.dataFolder, 'provider');
    provider = await startProvider(folder, loopbackOfProvider, await freePort());
    const trunk = await acme.api.post<{ id: string }>('/native/v1/trunks', {
      name: 'Provider',
      kind: 'ip',
      host: provider.host,
      port: provider.port,
      inboundAddresses: [loopbackOfProvider],
      prefixes: ['+49'],
      emergency: true,
    });
    trunkId = trunk.id;
  });
  afterAll(async () => {
    await provider?.stop();
    await acme.api.delete(`/native/v1/trunks/${trunkId}`);
  });

  test('carries a call to a national number, with the public number of the caller', async () => {
    await phone.dial('022177771234');
    await phone.next('CALL_ESTABLISHED');
    const invite = await provider.invite('+4922177771234');
    expect(invite).toMatch(new RegExp(`^From:.*sip:\\${ownNumber}@`, 'im'));
    await phone.hangUp();
    await phone.next('CALL_CLOSED');
    await quiet(acme.api);
  });

  test('carries a call between two numbers outside; both see a number of the account', async () => {
    await acme.person.post('/v2/sessions/calls', {
      caller: '022177770001',
      callee: '022177770002',
      deviceId: 'e0',
    });
    for (const number of ['+4922177770001', '+4922177770002']) {
      const invite = await provider.invite(number);
      expect(invite).toMatch(new RegExp(`^From:.*sip:\\${ownNumber}@`, 'im'));
    }
    const { items } = await acme.api.get<{ items: { id: string }[] }>('/native/v1/calls');
    for (const { id } of items) await acme.api.delete(`/native/v1/calls/${id}`);
    await quiet(acme.api);
  });

  test('carries emergency calls as they were dialled, also when the limit is reached', async () => {
    await exchange.operator.patch(`/native/v1/accounts/${acme.id}`, { maxConcurrentCalls: 0 });
    await phone.dial('112');
    await phone.next('CALL_ESTABLISHED');
    expect(await provider.invite('112')).toContain('112');
    await phone.hangUp();
    await phone.next('CALL_CLOSED');
    await exchange.operator.patch(`/native/v1/accounts/${acme.id}`, { maxConcurrentCalls: 100 });
    await quiet(acme.api);
  });

  test('is not for numbers that it has no prefix for', async () => {
    await phone.dial('0014155550123');
    expect((await phone.next('CALL_CLOSED', 15_000)).param).toContain('404');
  });

  test('is never reached from the demo account', async () => {
    const demoPhone = await exchange.phone('202', 1000);
    await demoPhone.dial('022177779999');
    expect((await demoPhone.next('CALL_CLOSED', 15_000)).param).toContain('404');
    const numbers = (await provider.received()).filter((message) => message.includes('77779999'));
    expect(numbers).toEqual([]);
    await demoPhone.stop();
  });

  test('brings in calls for the numbers of its account', async () => {
    const over = callFromProvider({
      folder: join(exchange.dataFolder, 'calls-in'),
      host: loopbackOfProvider,
      port: await freePort(),
      target: { host: '127.0.0.1', port: exchange.sipPort },
      number: ownNumber,
      talkMs: 1_500,
    });
    await phone.next('CALL_INCOMING');
    await phone.answer();
    await phone.next('CALL_ESTABLISHED');
    expect(await over).toMatchObject({ code: 0 });
    await phone.next('CALL_CLOSED');
  });

  test('brings in no call for a number of somebody else', async () => {
    const { code } = await callFromProvider({
      folder: join(exchange.dataFolder, 'calls-astray'),
      host: loopbackOfProvider,
      port: await freePort(),
      target: { host: '127.0.0.1', port: exchange.sipPort },
      number: '+4922166980201',
      talkMs: 500,
    });
    expect(code).not.toBe(0);
  });
});

describe('a trunk that registers with its provider', () => {
  let provider: Exchange;
  let bob: Phone;

  beforeAll(async () => {
    provider = await startExchange();
    bob = await provider.phone('202', 1000);
    const { items } = await provider.operator.get<{ items: { id: string; login: string }[] }>(
      '/native/v1/users',
    );
    await provider.operator.post('/native/v1/numbers', {
      e164: '+4922155550001',
      target: { kind: 'user', userId: items.find(({ login }) => login === 'bob')?.id },
    });
    await provider.operator.post('/native/v1/endpoints', {
      username: '301',
      secret: 'secret-of-the-line',
    });
    await provider.operator.post('/native/v1/numbers', {
      e164: ownNumber,
      target: { kind: 'dial', dialled: '301' },
    });
  });
  afterAll(() => provider?.stop());

  test('reports that it is registered, calls out and is called', async () => {
    const { id } = await acme.api.post<{ id: string }>('/native/v1/trunks', {
      name: 'Line',
      kind: 'register',
      host: '127.0.0.1',
      port: provider.sipPort,
      username: '301',
      secret: 'secret-of-the-line',
    });
    await eventually(async () => (await trunkState(id)) === 'registered', {
      because: () => 'the trunk is not registered',
      limitMs: 15_000,
    });
    await eventually(async () => {
      const { items } = await provider.operator.get<{
        items: { username: string; online: boolean }[];
      }>('/native/v1/endpoints');
      return items.find(({ username }) => username === '301')?.online;
    });
    await phone.dial('022155550001');
    expect((await bob.next('CALL_INCOMING')).peeruri).toContain('301');
    await bob.answer();
    await Promise.all([hears(phone, 1000), hears(bob, 440)]);
    await phone.hangUp();
    await bob.next('CALL_CLOSED');
    await quiet(acme.api);

    await bob.dial(ownNumber);
    expect((await phone.next('CALL_INCOMING')).peeruri).toContain('202');
    await phone.answer();
    await Promise.all([hears(phone, 1000), hears(bob, 440)]);
    await bob.hangUp();
    await phone.next('CALL_CLOSED');
    await quiet(acme.api);

    await acme.api.patch(`/native/v1/trunks/${id}`, { secret: 'wrong' });
    await eventually(async () => (await trunkState(id)) !== 'registered', { limitMs: 15_000 });
  });
});
