import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { writeWav } from '../../src/media/index.ts';
import { fromPcm, tone, toneShare } from '../../src/phones/index.ts';
import { askEngine, dieInFirstInstruction, query } from '../support/died-between.ts';
import { eventually } from '../support/eventually.ts';
import { hears, hearsNothingOf, hearsSomethingElse } from '../support/hearing.ts';
import { answeredLeg, legOf, runningCalls } from '../support/running-legs.ts';
import { connectPhones, endCall, establishedCall, type HistoryItem } from '../support/sipgate.ts';
import { createWorld } from '../support/world.ts';

const world = createWorld({ scripted: true });

let sound: (hz: number, seconds: number) => Promise<string>;

beforeAll(async () => {
  const folder = join(world.exchange.dataFolder, 'test-sounds');
  await mkdir(folder);
  sound = async (hz, seconds) => {
    const path = join(folder, `${hz}-${seconds}.wav`);
    await writeFile(path, writeWav(tone(hz, seconds), 8_000));
    return path;
  };
});

/** A test that fails while the server is away must not take the others with it. */
afterEach(() => world.exchange.ensureServer());

describe('the server is killed and comes back', () => {
  test('while two talk: nobody notices, and the call is seen and steered as before', async () => {
    const { exchange, phoneA, phoneB } = world;
    const { callId, path } = await connectPhones(exchange, phoneA, phoneB);
    await exchange.killServer();
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await exchange.startServer();
    expect(await establishedCall(exchange.alice, callId)).toMatchObject({ callId });
    await exchange.alice.put(`${path}/hold`, { value: true });
    await hearsSomethingElse(phoneB, 440);
    await exchange.alice.put(`${path}/hold`, { value: false });
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await endCall(exchange, phoneA, phoneB);
    const entries = await eventually(async () => {
      const { items } = await exchange.alice.get<{ items: HistoryItem[] }>('/v2/w0/history');
      const ours = items.filter((item) => item.callId === callId);
      return ours.length > 0 && ours;
    });
    expect(entries).toHaveLength(1);
  });

  test('while the callee rings: who answers meanwhile is connected', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneA.dial('202');
    await Promise.all([phoneA.next('CALL_RINGING'), phoneB.next('CALL_INCOMING')]);
    await exchange.killServer();
    await phoneB.answer();
    await phoneB.next('CALL_ESTABLISHED');
    await exchange.startServer();
    await phoneA.next('CALL_ESTABLISHED');
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await endCall(exchange, phoneA, phoneB);
  });

  test('while the callee rings and the caller hangs up meanwhile: the ringing ends, the log says missed', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneA.dial('202');
    await Promise.all([phoneA.next('CALL_RINGING'), phoneB.next('CALL_INCOMING')]);
    await exchange.killServer();
    await phoneA.hangUp();
    await exchange.startServer();
    await phoneB.next('CALL_CLOSED');
    await eventually(async () => {
      const { items } = await exchange.bob.get<{ items: HistoryItem[] }>('/v2/w1/history');
      return items[0]?.direction === 'MISSED_INCOMING';
    });
  });

  test('while one of two hangs up meanwhile: the other is let go, both are recorded', async () => {
    const { exchange, phoneA, phoneB } = world;
    const { callId } = await connectPhones(exchange, phoneA, phoneB);
    await exchange.killServer();
    await phoneA.hangUp();
    await exchange.startServer();
    await phoneB.next('CALL_CLOSED');
    await eventually(async () => {
      const { items } = await exchange.bob.get<{ items: HistoryItem[] }>('/v2/w1/history');
      return items.find((item) => item.callId === callId && item.status === 'PICKUP');
    });
  });

  test('while something is played: it is played again, and the program goes on', async () => {
    const { exchange, phoneA } = world;
    const leg = await answeredLeg(exchange, phoneA);
    await exchange.run(leg.id, [
      { do: 'play', sounds: [{ kind: 'file', path: await sound(700, 4) }] },
      { do: 'play', sounds: [{ kind: 'file', path: await sound(900, 2) }] },
    ]);
    await hears(phoneA, 700);
    await exchange.killServer();
    await exchange.startServer();
    await hears(phoneA, 700);
    await hears(phoneA, 900);
    await phoneA.next('CALL_CLOSED');
  });

  test('while keys are gathered: those pressed before count', async () => {
    const { exchange, phoneA } = world;
    const leg = await answeredLeg(exchange, phoneA);
    await exchange.run(leg.id, [
      { do: 'gather', maxDigits: 3, timeoutSeconds: 60, interDigitSeconds: 60 },
      { do: 'play', sounds: [{ kind: 'file', path: await sound(900, 3) }] },
    ]);
    await hearsNothingOf(phoneA, 440);
    await phoneA.press('12');
    await eventually(async () => {
      const { items } = await exchange.operator.get<{ items: unknown[] }>('/native/v1/calls');
      return items.length === 1 && (await keysHeard()) >= 2;
    });
    await exchange.killServer();
    await exchange.startServer();
    await legOf(exchange, phoneA, 'answered');
    await phoneA.press('3');
    await hears(phoneA, 900);
    await phoneA.next('CALL_CLOSED');
  });

  test('while it is recorded: the recording goes on and is whole', async () => {
    const { exchange, phoneA, phoneB } = world;
    const { callId, path } = await connectPhones(exchange, phoneA, phoneB);
    await exchange.alice.put(`${path}/recording`, { value: true, announcement: false });
    await hears(phoneB, 440);
    await exchange.killServer();
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await exchange.startServer();
    expect(await establishedCall(exchange.alice, callId)).toMatchObject({ recording: true });
    await endCall(exchange, phoneA, phoneB);
    const entry = await eventually(async () => {
      const { items } = await exchange.alice.get<{ items: HistoryItem[] }>('/v2/w0/history');
      return items.find((item) => item.callId === callId && item.recordingUrl);
    });
    const bytes = Buffer.from(await (await fetch(entry.recordingUrl ?? '')).arrayBuffer());
    const samples = fromPcm(bytes.subarray(44));
    expect(samples.length / 8_000).toBeGreaterThan(1.5);
    for (const part of [samples.subarray(2_000, 6_000), samples.subarray(-6_000, -2_000)]) {
      expect(toneShare(part, 440)).toBeGreaterThan(0.2);
      expect(toneShare(part, 1000)).toBeGreaterThan(0.2);
    }
  });

  describe('while a program starts a recording', () => {
    const earsOf = async () =>
      (await askEngine<{ id: string }[]>(world.exchange, 'GET', '/channels'))
        .map(({ id }) => id)
        .filter((id) => id.startsWith('ear-'));

    /** A leg that is recorded, and a server that died: what it did and what it wrote is the test's matter. */
    async function recordedLeg() {
      const { exchange, phoneA } = world;
      const leg = await answeredLeg(exchange, phoneA);
      await exchange.run(leg.id, [
        { do: 'record-start' },
        { do: 'play', sounds: [{ kind: 'file', path: await sound(700, 30) }] },
      ]);
      await hears(phoneA, 700);
      await exchange.killServer();
      const [ear = ''] = await earsOf();
      return { leg, recording: ear.replace('ear-', '') };
    }
    /** Ids of the recordings of the call that ran, once there are so many. */
    const recordingsAfterwards = async (callId: string, howMany: number) => {
      await world.phoneA.hangUp();
      return eventually(async () => {
        const { items } = await world.exchange.operator.get<{ items: { id: string }[] }>(
          `/native/v1/calls/${callId}/recordings`,
        );
        return items.length === howMany && items.map(({ id }) => id);
      });
    };

    test('after the engine began: no second one is started', async () => {
      const { exchange, phoneA } = world;
      const { leg, recording } = await recordedLeg();
      await dieInFirstInstruction(exchange, leg.id, { recordingId: recording });
      await exchange.startServer();
      await hears(phoneA, 700);
      expect(await earsOf()).toEqual([`ear-${recording}`]);
      const { callId } = await legOf(exchange, phoneA, 'answered');
      expect(await recordingsAfterwards(callId, 1)).toEqual([recording]);
    });

    test('after the engine made an ear for it: it is begun with that ear', async () => {
      const { exchange, phoneA } = world;
      const { leg, recording } = await recordedLeg();
      const interrupted = randomUUID();
      const channels = await askEngine<{ id: string }[]>(exchange, 'GET', '/channels');
      const [row] = await query<{ engine_id: string }>(
        exchange,
        "select body->>'engineId' as engine_id from live_legs where id = $1",
        [leg.id],
      );
      expect(channels.map(({ id }) => id)).toContain(row?.engine_id);
      const ear = `/snoop/ear-${interrupted}?spy=both&app=polyvox&appArgs=ear`;
      await askEngine(exchange, 'POST', `/channels/${row?.engine_id}${ear}`);
      await dieInFirstInstruction(exchange, leg.id, { recordingId: interrupted });
      await exchange.startServer();
      await hears(phoneA, 700);
      expect((await earsOf()).sort()).toEqual([`ear-${interrupted}`, `ear-${recording}`].sort());
      const { callId } = await legOf(exchange, phoneA, 'answered');
      expect((await recordingsAfterwards(callId, 2)).sort()).toEqual(
        [interrupted, recording].sort(),
      );
    });
  });

  test('while a call is held: it stays held, and talks again when it is resumed', async () => {
    const { exchange, phoneA, phoneB } = world;
    const { callId, path } = await connectPhones(exchange, phoneA, phoneB);
    await exchange.alice.put(`${path}/hold`, { value: true });
    await hearsSomethingElse(phoneB, 440);
    await exchange.killServer();
    await hearsSomethingElse(phoneB, 440);
    await exchange.startServer();
    expect(await establishedCall(exchange.alice, callId)).toMatchObject({ hold: true });
    await hearsSomethingElse(phoneB, 440);
    await exchange.alice.put(`${path}/hold`, { value: false });
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await endCall(exchange, phoneA, phoneB);
  });

  test('a new call that comes while it is away rings, and is connected when it is back', async () => {
    const { exchange, phoneA, phoneB } = world;
    await exchange.killServer();
    await phoneA.dial('202');
    await phoneA.next('CALL_RINGING');
    await exchange.startServer();
    await phoneB.next('CALL_INCOMING');
    await phoneB.answer();
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await endCall(exchange, phoneA, phoneB);
  });
});

/** Keys that were reported so far, out of the stored events. */
async function keysHeard(): Promise<number> {
  const [row] = await query<{ keys: string }>(
    world.exchange,
    "select count(*) as keys from events where type = 'leg.dtmf'",
  );
  return Number(row?.keys);
}

describe('the engine is killed', () => {
  test('its calls end with records, and new calls work soon after', async () => {
    const { exchange, phoneA, phoneB } = world;
    const { callId } = await connectPhones(exchange, phoneA, phoneB);
    const pid = exchange.pidOf('engine');
    process.kill(pid, 'SIGKILL');
    const since = Date.now();
    await eventually(async () => (await runningCalls(exchange)).length === 0, { limitMs: 15_000 });
    await eventually(async () => {
      const { items } = await exchange.operator.get<{ items: { callId: string; cause: string }[] }>(
        '/native/v1/cdrs',
      );
      const ours = items.filter((cdr) => cdr.callId.replaceAll('-', '').toUpperCase() === callId);
      return ours.length === 2 && ours.every(({ cause }) => cause === 'engine_lost');
    });
    await eventually(async () => (await fetch(`${exchange.url}/readyz`)).status === 200, {
      limitMs: 15_000,
    });
    expect(exchange.pidOf('engine')).not.toBe(pid);
    expect(Date.now() - since).toBeLessThan(15_000);
    await Promise.all([phoneA.hangUp(), phoneB.hangUp()]).catch(() => undefined);
    await Promise.all([phoneA.idle(), phoneB.idle()]);
    await eventually(async () => {
      const { items } = await exchange.operator.get<{ items: { online: boolean }[] }>(
        '/native/v1/endpoints',
      );
      return items.filter(({ online }) => online).length >= 2;
    });
    await connectPhones(exchange, phoneA, phoneB);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await endCall(exchange, phoneA, phoneB);
  });
});
