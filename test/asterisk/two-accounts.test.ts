import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Phone } from '../../src/phones/index.ts';
import { createAccount, type TestAccount } from '../support/accounts.ts';
import { eventually } from '../support/eventually.ts';
import { type Exchange, startExchange } from '../support/exchange.ts';
import { hears, hearsSomethingElse } from '../support/hearing.ts';
import { quiet } from '../support/sipgate.ts';

interface Call {
  readonly id: string;
  readonly legs: readonly { readonly number: string; readonly state: string }[];
}

let exchange: Exchange;
let acme: TestAccount;
let alice: Phone;
let carol: Phone;

beforeAll(async () => {
  exchange = await startExchange();
  acme = await createAccount(exchange, { name: 'acme', number: '+4922188880001' });
  alice = await exchange.phone('201', 440);
  carol = await exchange.phone('201', 1000, {
    domain: acme.sipDomain,
    secret: acme.secret,
    account: acme.api,
  });
});
afterAll(() => exchange?.stop());

const callsOf = async (api: TestAccount['api']) =>
  (await api.get<{ items: readonly Call[] }>('/native/v1/calls')).items;

describe('two accounts with the same extension', () => {
  test('live side by side: 201 rings the 201 of the own account', async () => {
    const bob = await exchange.phone('202', 1600);
    await bob.dial('201');
    expect((await alice.next('CALL_INCOMING')).peeruri).toContain('202');
    await bob.next('CALL_RINGING');
    expect(carol.events.map(({ type }) => type)).not.toContain('CALL_INCOMING');
    await bob.hangUp();
    await alice.next('CALL_CLOSED');
    await bob.stop();
    await quiet(exchange.operator);
  });

  test('a wrong secret of one is not let in by the other', async () => {
    await expect(
      exchange.phone('201', 700, { domain: acme.sipDomain, account: acme.api }),
    ).rejects.toThrow(/401|REGISTER_FAIL/);
  });
});

describe('a call from one account to a number of another', () => {
  test('is two calls: each sees the far party as a number, and steers its own side only', async () => {
    await alice.dial('022188880001');
    const incoming = await carol.next('CALL_INCOMING');
    expect(incoming.peeruri).toContain('+4922166980201');
    await carol.answer();
    await Promise.all([hears(alice, 1000), hears(carol, 440)]);

    const [ours] = await callsOf(exchange.operator);
    const [theirs] = await callsOf(acme.api);
    expect(ours?.id).not.toBe(theirs?.id);
    expect(ours?.legs.map(({ number }) => number)).toEqual(['201', '+4922188880001']);
    expect(theirs?.legs.map(({ number }) => number)).toEqual(['+4922166980201', '201']);
    for (const [api, id] of [
      [exchange.operator, theirs?.id],
      [acme.api, ours?.id],
    ] as const)
      expect((await api.send('GET', `/native/v1/calls/${id}`)).status).toBe(404);

    await acme.person.post(`/native/v1/calls/${theirs?.id}/hold`, { on: true });
    await hearsSomethingElse(alice, 1000);
    await acme.person.post(`/native/v1/calls/${theirs?.id}/hold`, { on: false });
    await Promise.all([hears(alice, 1000), hears(carol, 440)]);

    await alice.hangUp();
    await carol.next('CALL_CLOSED');
    await quiet(exchange.operator);
    await quiet(acme.api);
    const cdrs = async (api: TestAccount['api']) =>
      (await api.get<{ items: { callId: string; cause: string }[] }>('/native/v1/cdrs')).items;
    await eventually(async () => (await cdrs(acme.api)).length === 2);
    const foreign = (await cdrs(exchange.operator)).filter(({ callId }) => callId === theirs?.id);
    expect(foreign).toEqual([]);
  });
});
