import { randomInt, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Api } from '../../support/api.ts';
import { operatorFor, unique } from '../support/tenant.ts';
import { admin, aSid, type Made, nativeId, newCustomer, newProvider, refused } from './client.ts';

interface Shown {
  readonly phone_number_sid: string;
  readonly number: string;
  readonly application_sid: string | null;
}

const reseller = await newProvider();
const own = await reseller.customer();
const stranger = await newCustomer();
const path = '/v1/PhoneNumbers';

/** A number that nobody has, without its plus. */
const aNumber = () => `1555${String(randomInt(10_000_000)).padStart(7, '0')}`;
const make = async (by: Api, body: object) => (await by.post<Made>(path, body)).sid;
const application = async (by: Api, more: object = {}) => {
  const hook = { url: 'https://app.example/call' };
  const body = { name: unique('menu'), call_hook: hook, call_status_hook: hook, ...more };
  return (await by.post<Made>('/v1/Applications', body)).sid;
};

describe('a phone number', () => {
  test('is shown with its plus, however it was written', async () => {
    const number = aNumber();
    const application_sid = await application(own.api);
    const sid = await make(own.api, { number, application_sid });
    expect(sid).toEqual(aSid);
    expect(await own.api.get(`${path}/${sid}`)).toEqual({
      phone_number_sid: sid,
      number: `+${number}`,
      voip_carrier_sid: null,
      account_sid: own.sid,
      application_sid,
      service_provider_sid: null,
    });
    for (const again of [number, `+${number}`])
      for (const by of [own.api, stranger.api])
        expect(await refused(by, 'POST', path, { number: again })).toEqual([
          422,
          expect.any(String),
        ]);
  });

  test.each(['*', '1555*', '^\\+1555\\d{7}$', 'support', '100', 'front.desk'])(
    'may be %j, and stays as it was written',
    async (number) => {
      const { api } = await reseller.customer();
      const sid = await make(api, { number });
      expect(await api.get(`${path}/${sid}`)).toMatchObject({ number });
      expect(await refused(api, 'POST', path, { number })).toEqual([422, expect.any(String)]);
      expect((await api.send('DELETE', `${path}/${sid}`)).status).toBe(204);
    },
  );

  test.each([
    ['nothing', {}, 'number is required'],
    ['an empty text', { number: '' }, 'number is required'],
    ['null', { number: null }, 'number is required'],
    ['blanks', { number: '+1 555 123 0001' }, 'number must not contain whitespace'],
  ])('is not %s', async (_what, body, sentence) => {
    expect(await refused(own.api, 'POST', path, body)).toEqual([400, sentence]);
  });

  test.each([
    ['a number', { number: 15551230001 }],
    ['a list', { number: ['15551230001'] }],
    ['an expression that takes its time', { number: '(a+)+$' }],
    ['very long', { number: '1'.repeat(65) }],
    ['with more', { number: '15551230001', more: 1 }],
    ['of a carrier that is none', { number: '15551230001', voip_carrier_sid: 'x' }],
  ])('is not %s', async (_what, body) => {
    expect(await refused(own.api, 'POST', path, body)).toEqual([400, expect.any(String)]);
  });

  test('needs a carrier and an application that are there', async () => {
    const nobody = randomUUID();
    const number = aNumber();
    expect(await refused(own.api, 'POST', path, { number, voip_carrier_sid: nobody })).toEqual([
      400,
      `voip_carrier not found for sid ${nobody}`,
    ]);
    for (const application_sid of [nobody, await application(stranger.api)])
      expect(await refused(own.api, 'POST', path, { number, application_sid })).toEqual([
        400,
        'unknown application_sid',
      ]);
  });

  test('is pointed elsewhere, and nowhere', async () => {
    const first = await application(own.api);
    const second = await application(own.api);
    const sid = await make(own.api, { number: aNumber(), application_sid: first });
    const at = `${path}/${sid}`;
    const leads = async () => (await own.api.get<Shown>(at)).application_sid;
    expect((await own.api.send('PUT', at, { body: { application_sid: second } })).status).toBe(204);
    expect(await leads()).toBe(second);
    expect(await refused(own.api, 'PUT', at, { application_sid: randomUUID() })).toEqual([
      400,
      'unknown application_sid',
    ]);
    await own.api.put(at, {});
    expect(await leads()).toBe(second);
    await own.api.put(at, { application_sid: null });
    expect(await leads()).toBeNull();
  });

  test('keeps its digits and its carrier', async () => {
    const at = `${path}/${await make(own.api, { number: aNumber() })}`;
    expect(await refused(own.api, 'PUT', at, { number: aNumber() })).toEqual([
      400,
      'number may not be modified',
    ]);
    expect(await refused(own.api, 'PUT', at, { voip_carrier_sid: null })).toEqual([
      400,
      'voip_carrier_sid may not be modified',
    ]);
  });

  test('keeps its application from being removed', async () => {
    const menu = await application(own.api);
    const sid = await make(own.api, { number: aNumber(), application_sid: menu });
    const pattern = await make(own.api, { number: unique('front'), application_sid: menu });
    expect(await refused(own.api, 'DELETE', `/v1/Applications/${menu}`)).toEqual([
      422,
      'cannot delete application with phone numbers',
    ]);
    for (const one of [sid, pattern]) await own.api.delete(`${path}/${one}`);
    expect((await own.api.send('DELETE', `/v1/Applications/${menu}`)).status).toBe(204);
  });

  test('is removed once', async () => {
    const at = `${path}/${await make(own.api, { number: aNumber() })}`;
    expect((await own.api.send('DELETE', at)).status).toBe(204);
    expect((await own.api.send('DELETE', at)).status).toBe(404);
    expect((await own.api.send('GET', at)).status).toBe(404);
    expect(await refused(own.api, 'GET', `${path}/x`)).toEqual([400, 'Bad request']);
  });

  test('of another account is not there', async () => {
    const at = `${path}/${await make(stranger.api, { number: aNumber() })}`;
    for (const by of [own.api, reseller.api]) {
      expect((await by.send('GET', at)).status).toBe(404);
      expect((await by.send('PUT', at, { body: { application_sid: null } })).status).toBe(404);
      expect((await by.send('DELETE', at)).status).toBe(404);
    }
  });

  test('of a service provider is given to its accounts, and taken back', async () => {
    const sid = await make(reseller.api, { number: aNumber() });
    const at = `${path}/${sid}`;
    expect(await reseller.api.get(at)).toMatchObject({
      account_sid: null,
      service_provider_sid: reseller.sid,
    });
    expect((await own.api.send('GET', at)).status).toBe(404);
    const application_sid = await application(own.api);
    await reseller.api.put(at, { account_sid: own.sid, application_sid });
    expect(await own.api.get(at)).toMatchObject({ account_sid: own.sid, application_sid });
    expect(await refused(own.api, 'PUT', at, { account_sid: stranger.sid })).toEqual([
      403,
      'insufficient permissions',
    ]);
    expect(await refused(reseller.api, 'PUT', at, { account_sid: stranger.sid })).toEqual([
      403,
      'insufficient permissions',
    ]);
    await reseller.api.put(at, { account_sid: null });
    expect((await own.api.send('GET', at)).status).toBe(404);
    expect(await reseller.api.get(at)).toMatchObject({ account_sid: null, application_sid: null });
  });

  test('is one number, in whichever API it was made', async () => {
    const { api, sid } = await newCustomer({ name: unique('shared') });
    const native = operatorFor(await nativeId({ sid }));
    const number = aNumber();
    const application_sid = await application(api);
    await make(api, { number, application_sid });
    const { items } = await native.get<{ items: { e164: string; target: object }[] }>(
      '/native/v1/numbers',
    );
    expect(items).toMatchObject([{ e164: `+${number}`, target: { kind: 'application' } }]);
    const other = `+${aNumber()}`;
    await native.post('/native/v1/numbers', { e164: other, target: { kind: 'none' } });
    expect((await api.get<Shown[]>(path)).map((one) => one.number)).toEqual([`+${number}`, other]);
  });
});

describe('a list of phone numbers', () => {
  test('is whole, a page, or what has some digits in it', async () => {
    const { api } = await reseller.customer();
    expect(await api.get(path)).toEqual([]);
    const numbers = [aNumber(), aNumber()];
    for (const number of numbers) await make(api, { number });
    await make(api, { number: 'reception' });
    const shown = async (query: string) => {
      const answer = await api.get<Shown[] | { data: Shown[]; total: number }>(path + query);
      const list = Array.isArray(answer) ? answer : answer.data;
      return list.map(({ number }) => number);
    };
    expect(await shown('')).toEqual([...numbers.map((digits) => `+${digits}`), 'reception']);
    expect(await shown(`?filter=${numbers[1]?.slice(2)}`)).toEqual([`+${numbers[1]}`]);
    expect(await shown(`?filter=%2B${numbers[1]}`)).toEqual([`+${numbers[1]}`]);
    expect(await shown('?page=2&page_size=2')).toEqual(['reception']);
    expect(await api.get(`${path}?page=1&page_size=2`)).toMatchObject({ total: 3, page_size: 2 });
  });

  test('is that of a service provider and its accounts', async () => {
    const sid = await make(own.api, { number: aNumber() });
    const kept = await make(reseller.api, { number: aNumber() });
    const others = await make(stranger.api, { number: aNumber() });
    const sids = async (by: Api, at = path) =>
      (await by.get<Shown[]>(at)).map((one) => one.phone_number_sid);
    for (const at of [path, `/v1/ServiceProviders/${reseller.sid}/PhoneNumbers`]) {
      expect(await sids(reseller.api, at)).toEqual(expect.arrayContaining([sid, kept]));
      expect(await sids(reseller.api, at)).not.toContain(others);
    }
    expect(await sids(own.api)).not.toContain(kept);
    expect(await sids(admin)).toEqual(expect.arrayContaining([sid, kept, others]));
  });
});
