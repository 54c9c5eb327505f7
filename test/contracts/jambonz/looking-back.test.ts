import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { admin, newCustomer, newProvider, refused } from './client.ts';

const reseller = await newProvider();
const own = await reseller.customer();
const stranger = await newCustomer();

const nothing = { total: 0, page: 1, data: [] };

describe.each(['RecentCalls', 'Alerts'])('%s', (what) => {
  const of = (account: string, query = '?page=1&count=25') =>
    `/v1/Accounts/${account}/${what}${query}`;
  const ofProvider = (query = '?page=1&count=25') =>
    `/v1/ServiceProviders/${reseller.sid}/${what}${query}`;

  test('of an account are paged', async () => {
    expect(await own.api.get(of(own.sid))).toEqual(nothing);
    expect(await own.api.get(of(own.sid, '?page=3&count=500'))).toEqual({ ...nothing, page: 3 });
  });

  test('are seen by the service provider, for one account or all of its own', async () => {
    expect(await reseller.api.get(of(own.sid))).toEqual(nothing);
    expect(await reseller.api.get(ofProvider())).toEqual(nothing);
    expect(await admin.get(ofProvider())).toEqual(nothing);
  });

  test.each([
    ['', 'page'],
    ['?count=25', 'page'],
    ['?page=0&count=25', 'page'],
    ['?page=first&count=25', 'page'],
    ['?page=-1&count=25', 'page'],
    ['?page=1', 'count'],
    ['?page=1&count=0', 'count'],
    ['?page=1&count=501', 'count'],
    ['?page=1&count=1.5', 'count'],
  ])('need to be asked for by page and count: %j', async (query, wrong) => {
    expect(await refused(own.api, 'GET', of(own.sid, query))).toEqual([
      400,
      `missing or invalid "${wrong}" query arg`,
    ]);
  });

  test.each([
    '&days=7',
    '&start=2026-11-01&end=2026-11-30',
    '&start=Tue,%2003%20Nov%202026%2014:05:09%20%2B0000',
    '&start=1700000000000',
  ])('of a time are asked for so: %s', async (span) => {
    expect(await own.api.get(of(own.sid, `?page=1&count=25${span}`))).toEqual(nothing);
  });

  test.each(['&start=yesterday', '&end=2026-13-40', '&days=0', '&days=many'])(
    'are not told for a time that is none: %s',
    async (span) => {
      const [status] = await refused(own.api, 'GET', of(own.sid, `?page=1&count=25${span}`));
      expect(status).toBe(400);
    },
  );

  test('of others are none of an account’s business', async () => {
    const no = [403, 'insufficient permissions'];
    expect(await refused(own.api, 'GET', of(stranger.sid))).toEqual(no);
    expect(await refused(stranger.api, 'GET', of(own.sid))).toEqual(no);
    expect((await refused(own.api, 'GET', ofProvider()))[0]).toBe(403);
    expect((await refused(own.api, 'GET', of('none')))[0]).toBe(400);
  });
});

describe('the recording of a call', () => {
  const path = (sid: string, format = 'mp3') =>
    `/v1/Accounts/${own.sid}/RecentCalls/${sid}/record/2026/11/25/${format}`;

  test.each(['GET', 'DELETE'])('that never was is not found: %s', async (method) => {
    expect((await refused(own.api, method, path(randomUUID())))[0]).toBe(404);
    expect((await refused(own.api, method, path('one')))[0]).toBe(400);
    expect((await refused(stranger.api, method, path(randomUUID())))[0]).toBe(403);
  });
});
