import { describe, expect, test } from 'vitest';
import { isSilent, loudness, type Phone } from '../../src/phones/index.ts';
import type { Api } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import type { Exchange } from '../support/exchange.ts';
import { hears, hearsSomethingElse } from '../support/hearing.ts';
import { withPhones } from '../support/mortal-phones.ts';
import { runningCalls } from '../support/running-legs.ts';
import { dial, endCall, type HistoryItem, quiet } from '../support/sipgate.ts';
import { createWorld } from '../support/world.ts';

const world = createWorld();

/** The newest entry of a person's log that was not there before. */
async function nextEntry(api: Api, userId: string, work: () => Promise<unknown>) {
  const read = async () =>
    (await api.get<{ items: HistoryItem[] }>(`/v2/${userId}/history`)).items[0];
  const before = await read();
  await work();
  return eventually(async () => {
    const now = await read();
    return now && now.id !== before?.id ? now : undefined;
  });
}

/** Makes a phone of its own for one test. */
async function extraPhone(exchange: Exchange, username: string, toneHz: number): Promise<Phone> {
  await exchange.operator.post('/native/v1/endpoints', { username, secret: 'polyvox-demo-sip' });
  return exchange.phone(username, toneHz);
}

describe('a call between two phones', () => {
  test('rings with the name of the caller, connects, and ends when one hangs up', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneA.dial('202');
    const incoming = await phoneB.next('CALL_INCOMING');
    expect(incoming.peerdisplayname).toBe('Alice Adler');
    await phoneA.next('CALL_RINGING');
    await phoneB.answer();
    await Promise.all([phoneA.next('CALL_ESTABLISHED'), phoneB.next('CALL_ESTABLISHED')]);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await phoneB.hangUp();
    await phoneA.next('CALL_CLOSED');
    await quiet(exchange.operator);
  });

  test('that the callee refuses ends at the caller as busy and is remembered by both', async () => {
    const { exchange, phoneA, phoneB } = world;
    const entry = await nextEntry(exchange.alice, 'w0', async () => {
      await phoneA.dial('202');
      await phoneB.next('CALL_INCOMING');
      await phoneB.hangUp();
      expect((await phoneA.next('CALL_CLOSED')).param).toContain('486');
    });
    expect(entry).toMatchObject({ direction: 'MISSED_OUTGOING', duration: 0 });
  });

  test('that the caller cancels stops ringing and is missed', async () => {
    const { exchange, phoneA, phoneB } = world;
    const entry = await nextEntry(exchange.bob, 'w1', async () => {
      await phoneA.dial('202');
      await Promise.all([phoneA.next('CALL_RINGING'), phoneB.next('CALL_INCOMING')]);
      await phoneA.hangUp();
      await phoneB.next('CALL_CLOSED');
    });
    expect(entry).toMatchObject({ direction: 'MISSED_INCOMING', status: 'NOPICKUP' });
  });

  test('to a phone that is not registered is refused at once', async () => {
    const { exchange, phoneA } = world;
    await exchange.operator.post('/native/v1/endpoints', {
      username: '299',
      secret: 'polyvox-demo-sip',
    });
    await phoneA.dial('299');
    expect((await phoneA.next('CALL_CLOSED')).param).toMatch(/480|404|503/);
    const answer = await exchange.operator.send<{ message: string }>('POST', '/v2/sessions/calls', {
      body: { caller: 'e2', callee: '202' },
    });
    expect(answer.status).toBe(409);
  });

  test('to a number that nobody has says so before it ends', async () => {
    const { phoneA } = world;
    await phoneA.dial('777');
    await hearsSomethingElse(phoneA, 440);
    expect((await phoneA.next('CALL_CLOSED', 15_000)).param).toContain('404');
  });

  test('rings every phone of a person; the first that answers wins, the other is told', async () => {
    const { exchange, phoneA, phoneB } = world;
    const second = await exchange.phone('202', 1600);
    await phoneA.dial('202');
    await Promise.all([phoneB.next('CALL_INCOMING'), second.next('CALL_INCOMING')]);
    await second.answer();
    await phoneB.next('CALL_CLOSED');
    await Promise.all([hears(phoneA, 1600), hears(second, 440)]);
    await endCall(exchange, phoneA, second);
    await eventually(
      async () => {
        const { items } = await exchange.bob.get<{ items: HistoryItem[] }>('/v2/w1/history');
        return items[0]?.direction === 'INCOMING' && items[0].status === 'PICKUP';
      },
      { because: () => 'the log of the callee does not say that somebody answered' },
    );
    await second.stop();
  });

  test('ends the other side when a phone loses its power in mid-call and the exchange is told to', async () => {
    const { exchange, phoneA } = world;
    const lost = await extraPhone(exchange, '210', 1600);
    await phoneA.dial('210');
    await lost.next('CALL_INCOMING');
    await lost.answer();
    await hears(phoneA, 1600);
    lost.kill();
    await phoneA.hangUp();
    await phoneA.next('CALL_CLOSED');
    await quiet(exchange.operator);
  });
});

describe('a phone that holds and hands over by itself', () => {
  test('held by the phone, the other side hears music; resumed, both talk', () =>
    withPhones(world.exchange, [440, 1000], async (holder, other) => {
      const { exchange } = world;
      await holder.dial(other.username);
      await other.next('CALL_INCOMING');
      await other.answer();
      await Promise.all([hears(holder, 1000), hears(other, 440)]);
      await holder.hold();
      await hearsSomethingElse(other, 440);
      const [call] = await runningCalls(exchange);
      expect(call?.legs.map(({ held }) => held)).toEqual([true, false]);
      await holder.resume();
      await Promise.all([hears(holder, 1000), hears(other, 440)]);
      await endCall(exchange, holder, other);
    }));

  test('a blind transfer by phone (REFER) connects the partner with the third phone', async () => {
    const { exchange, phoneA, phoneB } = world;
    const third = await extraPhone(exchange, '211', 1600);
    await phoneA.dial('202');
    await phoneB.next('CALL_INCOMING');
    await phoneB.answer();
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await phoneB.transfer('211');
    await third.next('CALL_INCOMING');
    await third.answer();
    await phoneB.next('CALL_CLOSED');
    await Promise.all([hears(phoneA, 1600), hears(third, 440)]);
    await endCall(exchange, phoneA, third);
    await third.stop();
  });
});

describe('the service extensions', () => {
  test('*43 sends back what is said', async () => {
    const { exchange, phoneA } = world;
    await phoneA.dial('*43');
    await phoneA.next('CALL_ESTABLISHED');
    await hearsSomethingElse(phoneA, 440);
    await hears(phoneA, 440);
    await phoneA.hangUp();
    await quiet(exchange.operator);
  });

  test('*60 tells the time', async () => {
    const { exchange, phoneA } = world;
    await phoneA.dial('*60');
    await phoneA.next('CALL_ESTABLISHED');
    await hearsSomethingElse(phoneA, 440);
    const from = await phoneA.position();
    await eventually(async () => {
      const spoken = await phoneA.heardSince(from);
      return spoken.length > 8_000 && !isSilent(spoken) && loudness(spoken) > 0.01;
    });
    await phoneA.hangUp();
    await quiet(exchange.operator);
  });

  test.each(['112', '1-1-2', '+112'])(
    'an emergency number (%s) without a trunk for it says that it cannot be reached',
    async (dialled) => {
      const { phoneA } = world;
      await phoneA.dial(dialled);
      await hearsSomethingElse(phoneA, 440);
      expect((await phoneA.next('CALL_CLOSED', 15_000)).param).toMatch(/^6|^4/);
    },
  );
});

describe('the limit of an account', () => {
  test('one call more than allowed is refused, emergency calls and running ones are not touched', async () => {
    const { exchange, phoneA, phoneB } = world;
    const { items } = await exchange.operator.get<{ items: { id: string }[] }>(
      '/native/v1/accounts',
    );
    const path = `/native/v1/accounts/${items[0]?.id}`;
    await phoneA.dial('202');
    await phoneB.next('CALL_INCOMING');
    await phoneB.answer();
    await hears(phoneB, 440);
    await exchange.operator.patch(path, { maxConcurrentCalls: 1 });
    const refused = await exchange.alice.send('POST', '/v2/sessions/calls', {
      body: { caller: 'e0', callee: '202' },
    });
    expect(refused.status).toBe(429);
    await hears(phoneB, 440);
    await exchange.operator.patch(path, { maxConcurrentCalls: 100 });
    await endCall(exchange, phoneA, phoneB);
    await expect(dial(exchange.alice, 'e0', '202')).resolves.toMatch(/^[0-9A-F]{32}$/);
    await phoneA.next('CALL_INCOMING');
  });
});

test('a device that was removed is registered no more, also when a new one gets its name', async () => {
  const { exchange } = world;
  const username = '206';
  await extraPhone(exchange, username, 1800);
  const state = async () =>
    (await exchange.engine<{ state: string }>(`/endpoints/PJSIP/${username}`)).state;
  expect(await state()).toBe('online');
  const { items } = await exchange.operator.get<{ items: { id: string; username: string }[] }>(
    '/native/v1/endpoints?limit=1000',
  );
  const old = items.find((endpoint) => endpoint.username === username);
  await exchange.operator.delete(`/native/v1/endpoints/${old?.id}`);
  const { id } = await exchange.operator.post<{ id: string }>('/native/v1/endpoints', {
    username,
    secret: 'the-secret-of-somebody-else',
  });
  expect(await state()).toBe('offline');
  expect(await exchange.operator.get(`/native/v1/endpoints/${id}`)).toMatchObject({ contacts: [] });
});
