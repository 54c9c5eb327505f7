import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { EnqueueInstruction, Instruction } from '../../src/core/programs/index.ts';
import type { LegId } from '../../src/kernel/ids.ts';
import type { Phone } from '../../src/phones/index.ts';
import { eventually } from '../support/eventually.ts';
import { hears, hearsAlso, hearsNothingOf, hearsSomethingElse } from '../support/hearing.ts';
import { anotherPhone, entriesOf, phoneRuns, queueOf, soundsIn } from '../support/rooms.ts';
import { legOf, runningCalls } from '../support/running-legs.ts';
import { createWorld, endAllCalls } from '../support/world.ts';

const world = createWorld({ scripted: true });

/** A third phone: 220 says 1,600 Hz. */
let phoneC: Phone;
let playing: (hz: number, seconds: number) => Promise<Instruction>;

beforeAll(async () => {
  phoneC = await anotherPhone(world.exchange, '220', 1600);
  playing = await soundsIn(world.exchange);
});

/** Every call has ended, for the exchange and for the phones. */
async function nobodyCalls(): Promise<void> {
  await endAllCalls(world.exchange);
  await Promise.all([world.phoneA.idle(), world.phoneB.idle(), phoneC.idle()]);
}

afterEach(async () => {
  await nobodyCalls();
  const { operator } = world.exchange;
  expect((await operator.get<{ items: unknown[] }>('/native/v1/queues')).items).toEqual([]);
});

const asleep: Instruction = { do: 'silence', seconds: 600 };
const dequeue: Instruction = { do: 'dequeue', name: 'support' };
const enqueue = (change: Partial<EnqueueInstruction> = {}): EnqueueInstruction => ({
  do: 'enqueue',
  name: 'support',
  ...change,
});

/** The beep before a conversation, in Hz: the engine's own sound. */
const beepHz = 700;

describe('a caller in a queue', () => {
  test('hears music until an agent takes it; then both hear each other, in one call', async () => {
    const { exchange, phoneA, phoneB } = world;
    const caller = await phoneRuns(exchange, phoneA, enqueue(), asleep);
    await hearsSomethingElse(phoneA, 440);
    expect(await entriesOf(exchange, 'support', 1)).toMatchObject([
      { legId: caller.id, position: 0, number: '201' },
    ]);
    await phoneRuns(exchange, phoneB, dequeue, asleep);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    expect(await runningCalls(exchange)).toMatchObject([
      { id: caller.callId, legs: [{ number: '201' }, { number: '202' }] },
    ]);
  });

  test('goes on with its program when the agent hangs up, and the agent when the caller does', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneRuns(exchange, phoneA, enqueue(), await playing(900, 20));
    await phoneRuns(exchange, phoneB, dequeue);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await phoneB.hangUp();
    await hears(phoneA, 900);
    await nobodyCalls();
    await phoneRuns(exchange, phoneA, enqueue());
    await phoneRuns(exchange, phoneB, dequeue, await playing(900, 20));
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await phoneA.hangUp();
    await hears(phoneB, 900);
  });

  test('is served in order, by priority, and when its turn is changed', async () => {
    const { exchange, phoneA, phoneB } = world;
    const a = await phoneRuns(exchange, phoneA, enqueue(), asleep);
    const c = await phoneRuns(exchange, phoneC, enqueue({ priority: 5 }), asleep);
    const order = async () => (await entriesOf(exchange, 'support', 2)).map(({ legId }) => legId);
    expect(await order()).toEqual([c.id, a.id]);
    const { id } = await queueOf(exchange, 'support', 2);
    const path = `/native/v1/queues/${id}/entries/${a.id}/move`;
    await exchange.operator.post(path, { toFront: true });
    expect(await order()).toEqual([a.id, c.id]);
    await phoneRuns(exchange, phoneB, dequeue, asleep);
    await Promise.all([hears(phoneB, 440), hears(phoneA, 1000)]);
    expect(await entriesOf(exchange, 'support', 1)).toMatchObject([{ legId: c.id, position: 0 }]);
  });

  test('gets the agent who waited for it, who hears a tone before', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneRuns(exchange, phoneB, { ...dequeue, beep: true, timeoutSeconds: 30 }, asleep);
    await hearsNothingOf(phoneB, 1000);
    await eventually(async () => (await queueOf(exchange, 'support', 0)).takers === 1);
    const beeped = hearsAlso(phoneB, beepHz);
    await phoneRuns(exchange, phoneA, enqueue(), asleep);
    await beeped;
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
  });

  test('hears what its program plays meanwhile, and leaves when that says so', async () => {
    const { exchange, phoneA } = world;
    await phoneRuns(
      exchange,
      phoneA,
      enqueue({
        meanwhile: {
          kind: 'program',
          repeat: true,
          instructions: [
            await playing(900, 2),
            { do: 'gather', maxDigits: 1, timeoutSeconds: 30, interDigitSeconds: 1 },
            { do: 'leave' },
          ],
        },
      }),
      await playing(1300, 20),
    );
    await hears(phoneA, 900);
    await hearsNothingOf(phoneA, 900);
    await phoneA.press('9');
    await hears(phoneA, 1300);
  });

  test('hears its program again and again until it is taken in the middle of it', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneRuns(
      exchange,
      phoneA,
      enqueue({
        meanwhile: {
          kind: 'program',
          repeat: true,
          instructions: [await playing(900, 1), await playing(1300, 1)],
        },
      }),
      asleep,
    );
    for (const hz of [900, 1300, 900, 1300, 900]) await hears(phoneA, hz);
    await phoneRuns(exchange, phoneB, dequeue, asleep);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await hearsNothingOf(phoneA, 900);
  });

  test('is taken out through the API, joined with a leg, or moved to another queue', async () => {
    const { exchange, phoneA, phoneB } = world;
    const a = await phoneRuns(exchange, phoneA, enqueue(), await playing(900, 60));
    const c = await phoneRuns(exchange, phoneC, enqueue(), asleep);
    const agent = await phoneRuns(exchange, phoneB, asleep, asleep);
    const { id } = await queueOf(exchange, 'support', 2);
    const path = `/native/v1/queues/${id}/entries`;
    await exchange.operator.post(`${path}/${c.id}/connect`, { legId: agent.id });
    await Promise.all([hears(phoneC, 1000), hears(phoneB, 1600)]);
    const sales = await exchange.operator.post<{ id: string }>('/native/v1/queues', {
      name: 'sales',
    });
    await exchange.operator.post(`${path}/${a.id}/move`, { queueId: sales.id });
    await entriesOf(exchange, 'sales', 1);
    await hearsSomethingElse(phoneA, 440);
    await exchange.operator.delete(`/native/v1/queues/${sales.id}/entries/${a.id}`);
    await hears(phoneA, 900);
    await exchange.operator.delete(`/native/v1/queues/${sales.id}`);
  });

  test('who is named is taken out of turn; an agent’s patience ends', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneRuns(exchange, phoneA, enqueue(), asleep);
    const c = await phoneRuns(exchange, phoneC, enqueue(), asleep);
    await phoneRuns(exchange, phoneB, { ...dequeue, legId: c.id as LegId }, asleep);
    await Promise.all([hears(phoneC, 1000), hears(phoneB, 1600)]);
    await nobodyCalls();
    await phoneRuns(exchange, phoneB, { ...dequeue, timeoutSeconds: 1 }, await playing(900, 20));
    await hears(phoneB, 900);
  });

  test('who hangs up is gone; the next one is served', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneRuns(exchange, phoneA, enqueue(), asleep);
    await phoneRuns(exchange, phoneC, enqueue(), asleep);
    await queueOf(exchange, 'support', 2);
    await phoneA.hangUp();
    await queueOf(exchange, 'support', 1);
    await phoneRuns(exchange, phoneB, dequeue, asleep);
    await Promise.all([hears(phoneC, 1000), hears(phoneB, 1600)]);
  });

  test('two agents at once get one caller each', async () => {
    const { exchange, phoneA, phoneB } = world;
    await exchange.operator.post('/native/v1/endpoints', {
      username: '221',
      secret: 'polyvox-demo-sip',
    });
    const phoneD = await exchange.phone('221', 2200);
    await phoneRuns(exchange, phoneA, enqueue(), asleep);
    await phoneRuns(exchange, phoneB, enqueue(), asleep);
    const [c, d] = [
      await phoneRuns(exchange, phoneC, asleep),
      await phoneRuns(exchange, phoneD, asleep),
    ];
    await Promise.all([
      exchange.run(c.id, [dequeue, asleep]),
      exchange.run(d.id, [dequeue, asleep]),
    ]);
    await Promise.all([
      hears(phoneC, 440),
      hears(phoneA, 1600),
      hears(phoneD, 1000),
      hears(phoneB, 2200),
    ]);
    await phoneD.stop();
  });
});

describe('the server is killed and comes back', () => {
  test('while somebody waits: music goes on, the time counts on, an agent takes it', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneRuns(exchange, phoneA, enqueue(), asleep);
    await hearsSomethingElse(phoneA, 440);
    const [before] = await entriesOf(exchange, 'support', 1);
    await exchange.killServer();
    await hearsSomethingElse(phoneA, 440);
    await exchange.startServer();
    const [after] = await entriesOf(exchange, 'support', 1);
    expect(after).toMatchObject({ legId: before?.legId });
    expect(after?.waitedSeconds).toBeGreaterThan(before?.waitedSeconds ?? 0);
    await hearsSomethingElse(phoneA, 440);
    await phoneRuns(exchange, phoneB, dequeue, asleep);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
  });

  test('while its program plays: it is played again', async () => {
    const { exchange, phoneA } = world;
    await phoneRuns(
      exchange,
      phoneA,
      enqueue({
        meanwhile: { kind: 'program', repeat: true, instructions: [await playing(900, 60)] },
      }),
      asleep,
    );
    await hears(phoneA, 900);
    await exchange.killServer();
    await exchange.startServer();
    await hears(phoneA, 900);
    expect(await entriesOf(exchange, 'support', 1)).toHaveLength(1);
  });

  test('while an agent waits: the next caller is joined with it', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneRuns(exchange, phoneB, dequeue, asleep);
    await eventually(async () => (await queueOf(exchange, 'support', 0)).takers === 1);
    await hearsNothingOf(phoneB, 1000);
    await exchange.killServer();
    await exchange.startServer();
    await phoneRuns(exchange, phoneA, enqueue(), asleep);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
  });

  test('while caller and agent talk: nobody notices, and both go on afterwards', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneRuns(exchange, phoneA, enqueue(), await playing(900, 60));
    await phoneRuns(exchange, phoneB, dequeue);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await exchange.killServer();
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await exchange.startServer();
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await phoneB.hangUp();
    await hears(phoneA, 900);
  });

  test('while the agent hangs up: the caller goes on with its program', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneRuns(exchange, phoneA, enqueue(), await playing(900, 60));
    await phoneRuns(exchange, phoneB, dequeue);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await exchange.killServer();
    await phoneB.hangUp();
    await exchange.startServer();
    await hears(phoneA, 900);
    expect((await legOf(exchange, phoneA, 'answered')).state).toBe('answered');
  });
});
