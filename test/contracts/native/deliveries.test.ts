import { describe, expect, inject, test } from 'vitest';
import { createApi } from '../../support/api.ts';

const { url } = inject('contractServer');
const basic = (name: string) =>
  createApi(url, `Basic ${Buffer.from(`${name}:polyvox-demo`).toString('base64')}`);
const alice = basic('alice@demo.invalid');
const bob = basic('bob@demo.invalid');

const nobodys = '2b9c1a36-ca00-11f0-8000-000000000000';

describe('deliveries that were given up', () => {
  test('are listed for administrators', async () => {
    expect(await alice.get('/native/v1/deliveries?limit=1')).toEqual({ items: [], next: null });
    expect(await bob.send('GET', '/native/v1/deliveries')).toMatchObject({
      status: 403,
      body: { code: 'access.forbidden' },
    });
  });

  test('cannot be tried again if they are not there, nor by just anybody', async () => {
    expect(await alice.send('POST', `/native/v1/deliveries/${nobodys}/retry`)).toMatchObject({
      status: 404,
      body: { code: 'delivery.not_found', details: { id: nobodys } },
    });
    expect((await bob.send('POST', `/native/v1/deliveries/${nobodys}/retry`)).status).toBe(403);
    expect((await alice.send('POST', '/native/v1/deliveries/1/retry')).status).toBe(404);
    expect((await alice.get<string>('/metrics')) satisfies string).toMatch(
      /^polyvox_deliveries_failed 0$/m,
    );
  });
});
