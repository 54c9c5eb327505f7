import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Phone } from '../../src/phones/index.ts';
import type { Api } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { type Exchange, startExchange } from '../support/exchange.ts';
import { hears } from '../support/hearing.ts';
import {
  callsOf,
  connectPhones,
  dial,
  endCall,
  establishedCall,
  type HistoryItem,
  quiet,
} from '../support/sipgate.ts';

let exchange: Exchange;
let phoneA: Phone;
let phoneB: Phone;

beforeAll(async () => {
  exchange = await startExchange();
  phoneA = await exchange.phone('201', 440);
  phoneB = await exchange.phone('202', 1000);
});
afterEach(async () => {
  await exchange.operator
    .get<{ items: { id: string }[] }>('/native/v1/calls')
    .then(({ items }) =>
      Promise.all(
        items.map(({ id }) => exchange.operator.send('DELETE', `/native/v1/calls/${id}`)),
      ),
    );
  await quiet(exchange.operator);
});
afterAll(() => exchange?.stop());

/** The newest entry in the log of a person, once it is there. */
const newest = (api: Api, userId: string, callId: string): Promise<HistoryItem> =>
  eventually(async () => {
    const { items } = await api.get<{ items: HistoryItem[] }>(`/v2/${userId}/history`);
    return items.find((item) => item.callId === callId);
  });

describe('a call that a REST request places', () => {
  test('rings the caller first, then the callee, and both hear each other', async () => {
    const callId = await dial(exchange.alice, 'e0', '202');
    const ringsAtCaller = await phoneA.next('CALL_INCOMING');
    expect(ringsAtCaller.peeruri).toContain('202');
    expect(phoneB.events.filter(({ type }) => type === 'CALL_INCOMING')).toHaveLength(0);
    await phoneA.answer();
    const ringsAtCallee = await phoneB.next('CALL_INCOMING');
    expect(ringsAtCallee.peeruri).toContain('201');
    expect(ringsAtCallee.peerdisplayname).toBe('Alice Adler');
    expect(await callsOf(exchange.alice)).toEqual([]);
    await phoneB.answer();
    const call = await establishedCall(exchange.alice, callId);
    expect(call).toMatchObject({ callId, muted: false, recording: false, hold: false });
    expect(call.participants).toHaveLength(2);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await endCall(exchange, phoneA, phoneB);
    expect(await newest(exchange.alice, 'w0', callId)).toMatchObject({
      direction: 'OUTGOING',
      status: 'PICKUP',
      source: '201',
      target: '202',
    });
    expect(await newest(exchange.bob, 'w1', callId)).toMatchObject({ callId });
  });

  test('is seen by MikoPBX and by the native API while it runs', async () => {
    const { callId } = await connectPhones(exchange, phoneA, phoneB);
    const stranger = await fetch(`${exchange.url}/pbxcore/api/cdr/getActiveCalls`);
    const { data } = (await stranger.json()) as { data: [string] };
    const [seen] = JSON.parse(data[0]) as [{ src_num: string; dst_num: string; linkedid: string }];
    expect(seen).toMatchObject({ src_num: '201', dst_num: '202' });
    expect(seen.linkedid.replace('mikopbx-', '').replaceAll('-', '').toUpperCase()).toBe(callId);
    const { items } = await exchange.bob.get<{ items: { legs: { state: string }[] }[] }>(
      '/native/v1/calls',
    );
    expect(items[0]?.legs.map(({ state }) => state)).toEqual(['answered', 'answered']);
    await endCall(exchange, phoneA, phoneB);
  });
});
