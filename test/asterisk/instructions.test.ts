import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeWav } from '../../src/media/index.ts';
import { fromPcm, tone, toneShare } from '../../src/phones/index.ts';
import { eventually } from '../support/eventually.ts';
import { hears, hearsNothingOf, hearsSomethingElse } from '../support/hearing.ts';
import { answeredLeg, legOf } from '../support/running-legs.ts';
import { quiet } from '../support/sipgate.ts';
import { createWorld } from '../support/world.ts';

const world = createWorld({ scripted: true });

/** A file with a tone, where the engine can read it. */
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

/** The tone of a ringing line in Germany, in Hz. @see ITU-T E.180 */
const germanTone = 425;

describe('an instruction on a real phone', () => {
  test('ring, progress and answer reach the caller in that order; sound comes before the answer', async () => {
    const { exchange, phoneA, phoneB } = world;
    await phoneA.dial('202');
    await phoneB.next('CALL_INCOMING');
    const leg = await legOf(exchange, phoneA, 'calling');
    const path = await sound(700, 2);
    await exchange.run(leg.id, [
      { do: 'ring' },
      { do: 'progress' },
      { do: 'play', sounds: [{ kind: 'file', path }] },
      { do: 'answer' },
      { do: 'play', sounds: [{ kind: 'file', path: await sound(900, 3) }] },
    ]);
    await phoneB.next('CALL_CLOSED');
    await phoneA.next('CALL_PROGRESS');
    await hears(phoneA, 700);
    expect(phoneA.events.slice(-3).map(({ type }) => type)).not.toContain('CALL_ESTABLISHED');
    await phoneA.next('CALL_ESTABLISHED');
    await hears(phoneA, 900);
    await phoneA.next('CALL_CLOSED');
  });

  test.each([403, 404, 408, 410, 480, 484, 486, 488, 500, 501, 502, 503, 603] as const)(
    'hangup tells a caller who was not answered the status %d',
    async (sipStatus) => {
      const { exchange, phoneA, phoneB } = world;
      await phoneA.dial('202');
      await phoneB.next('CALL_INCOMING');
      const leg = await legOf(exchange, phoneA, 'calling');
      await exchange.run(leg.id, [{ do: 'hangup', cause: 'rejected', sipStatus }]);
      const { param } = await phoneA.next('CALL_CLOSED');
      expect(param).toMatch(new RegExp(`^${sipStatus} `));
      await phoneB.next('CALL_CLOSED');
    },
  );

  test('play goes through its sounds in order, as often as it is told', async () => {
    const { exchange, phoneA } = world;
    const leg = await answeredLeg(exchange, phoneA);
    await exchange.run(leg.id, [
      {
        do: 'play',
        loop: 2,
        sounds: [
          { kind: 'file', path: await sound(700, 1) },
          { kind: 'file', path: await sound(900, 1) },
        ],
      },
    ]);
    for (const hz of [700, 900, 700, 900]) await hears(phoneA, hz);
    await phoneA.next('CALL_CLOSED');
  });

  test('say speaks, tone sounds as in the country, silence is silent', async () => {
    const { exchange, phoneA } = world;
    const leg = await answeredLeg(exchange, phoneA);
    await exchange.run(leg.id, [
      { do: 'say', text: 'Good morning, this is a test of the voice.' },
      { do: 'tone', tone: 'dial', seconds: 2 },
      { do: 'silence', seconds: 2 },
      { do: 'hangup', cause: 'normal' },
    ]);
    await hearsSomethingElse(phoneA, germanTone);
    await hears(phoneA, germanTone);
    await hearsNothingOf(phoneA, germanTone);
    await phoneA.next('CALL_CLOSED');
  });

  test('gather hears keys (RFC 4733), stops its prompt at the first, and goes on after the last', async () => {
    const { exchange, phoneA } = world;
    const leg = await answeredLeg(exchange, phoneA);
    await exchange.run(leg.id, [
      {
        do: 'gather',
        maxDigits: 3,
        timeoutSeconds: 20,
        interDigitSeconds: 20,
        prompt: [{ kind: 'file', path: await sound(700, 30) }],
      },
      { do: 'play', sounds: [{ kind: 'file', path: await sound(900, 2) }] },
    ]);
    await hears(phoneA, 700);
    await phoneA.press('4');
    await hearsNothingOf(phoneA, 700);
    await phoneA.press('2#');
    await hears(phoneA, 900);
    await phoneA.next('CALL_CLOSED');
  });

  test('hold plays music until unhold, mute silences until unmute', async () => {
    const { exchange, phoneA } = world;
    const leg = await answeredLeg(exchange, phoneA);
    await exchange.run(leg.id, [
      { do: 'hold' },
      { do: 'silence', seconds: 2 },
      { do: 'unhold' },
      { do: 'mute' },
      {
        do: 'dial',
        targets: [{ kind: 'service', service: 'echo' }],
        order: 'parallel',
        ringTimeoutSeconds: 5,
      },
    ]);
    await hearsSomethingElse(phoneA, 440);
    expect((await legOf(exchange, phoneA, 'answered')).held).toBe(true);
    await eventually(async () => (await legOf(exchange, phoneA, 'answered')).muted);
    expect((await legOf(exchange, phoneA, 'answered')).held).toBe(false);
    await hearsNothingOf(phoneA, 440);
  });

  test('record-start and record-stop leave a file with what was said and heard', async () => {
    const { exchange, phoneA } = world;
    const leg = await answeredLeg(exchange, phoneA);
    const [call] = (await exchange.operator.get<{ items: { id: string }[] }>('/native/v1/calls'))
      .items;
    await exchange.run(leg.id, [
      { do: 'record-start' },
      { do: 'play', sounds: [{ kind: 'file', path: await sound(700, 2) }] },
      { do: 'record-stop' },
      { do: 'silence', seconds: 20 },
    ]);
    const recording = await eventually(async () => {
      const { items } = await exchange.operator.get<{
        items: { url: string; durationSeconds: number }[];
      }>(`/native/v1/calls/${call?.id}/recordings`);
      return items[0];
    });
    const bytes = await exchange.operator.bytes(recording.url);
    const samples = fromPcm(bytes.subarray(44));
    expect(samples.length / 8_000).toBeGreaterThan(1.5);
    expect(samples.length / 8_000).toBeLessThan(3.5);
    expect(toneShare(samples, 700)).toBeGreaterThan(0.2);
    expect(toneShare(samples, 440)).toBeGreaterThan(0.2);
  });

  test('dial one after the other goes on when the first does not answer in time', async () => {
    const { exchange, phoneA, phoneB } = world;
    const leg = await answeredLeg(exchange, phoneA);
    await exchange.operator.post('/native/v1/endpoints', {
      username: '220',
      secret: 'polyvox-demo-sip',
    });
    const phoneC = await exchange.phone('220', 1600);
    await exchange.run(leg.id, [
      {
        do: 'dial',
        order: 'sequential',
        ringTimeoutSeconds: 2,
        targets: [
          { kind: 'endpoint', username: '202' },
          { kind: 'endpoint', username: '220' },
        ],
      },
    ]);
    await phoneB.next('CALL_INCOMING');
    await hears(phoneA, germanTone);
    await phoneB.next('CALL_CLOSED');
    await phoneC.next('CALL_INCOMING');
    await phoneC.answer();
    await Promise.all([hears(phoneA, 1600), hears(phoneC, 440)]);
    await phoneA.hangUp();
    await phoneC.next('CALL_CLOSED');
    await phoneC.stop();
    await quiet(exchange.operator);
  });

  test('a dial that nobody answers runs what is to happen otherwise', async () => {
    const { exchange, phoneA, phoneB } = world;
    const leg = await answeredLeg(exchange, phoneA);
    await exchange.run(leg.id, [
      {
        do: 'dial',
        order: 'parallel',
        ringTimeoutSeconds: 1,
        targets: [{ kind: 'endpoint', username: '202' }],
        otherwise: [{ do: 'play', sounds: [{ kind: 'file', path: await sound(900, 2) }] }],
      },
    ]);
    await phoneB.next('CALL_INCOMING');
    await hears(phoneA, 900);
    await phoneA.next('CALL_CLOSED');
  });

  test('bridge joins a leg with another one, transfer dials on', async () => {
    const { exchange, phoneA, phoneB } = world;
    const legA = await answeredLeg(exchange, phoneA);
    await exchange.run(legA.id, [{ do: 'transfer', how: 'blind', dialled: '202' }]);
    await phoneB.next('CALL_INCOMING');
    await phoneB.answer();
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    const legB = await legOf(exchange, phoneB, 'answered');
    await exchange.run(legB.id, [{ do: 'bridge', legId: legA.id as never }]);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await phoneB.hangUp();
    await phoneA.next('CALL_CLOSED');
  });

  test('hangup gives the caller the status of its cause', async () => {
    const { exchange, phoneA, phoneB } = world;
    for (const [cause, status] of [
      ['busy', '486'],
      ['unallocated', '404'],
      ['congestion', '503'],
      ['rejected', '403'],
    ] as const) {
      await phoneA.dial('202');
      await phoneB.next('CALL_INCOMING');
      const leg = await legOf(exchange, phoneA, 'calling');
      await exchange.run(leg.id, [{ do: 'hangup', cause }]);
      expect((await phoneA.next('CALL_CLOSED')).param).toContain(status);
      await phoneB.next('CALL_CLOSED');
    }
  });
});
