import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { writeWav } from '../../src/media/index.ts';
import type { Phone } from '../../src/phones/index.ts';
import { type Api, createApi } from '../support/api.ts';
import { type ApplicationServer, startApplicationServer } from '../support/application-server.ts';
import { type Exchange, startExchange } from '../support/exchange.ts';
import { endAllCalls } from '../support/world.ts';

let exchange: Exchange;
let app: ApplicationServer;
let api: Api;
let calls: string;
let human: Phone;
let machine: Phone;

const rate = 48_000;
const sine = (hz: number, at: number) => Math.sin((2 * Math.PI * hz * at) / rate);
/** Something like a voice: no pure tone, with a rhythm. */
const voice = (at: number) =>
  0.1 * (sine(310, at) + sine(730, at) + sine(1_190, at)) * (1 + 0.6 * sine(4, at));
const silence = () => 0;
const beep = (at: number) => 0.3 * sine(1_000, at);

const recording = (...parts: readonly (readonly [(at: number) => number, number])[]): Buffer =>
  writeWav(
    Float32Array.from(
      parts.flatMap(([sound, seconds]) =>
        Array.from({ length: Math.round(seconds * rate) }, (_, at) => sound(at)),
      ),
    ),
    rate,
  );

beforeAll(async () => {
  app = await startApplicationServer();
  exchange = await startExchange();
  api = createApi(exchange.url, `Bearer ${exchange.demoApiKey}`);
  const [, account] = /account ([0-9a-f-]{36})/.exec(exchange.output()) ?? [];
  calls = `/v1/Accounts/${account}/Calls`;
  const folder = join(exchange.dataFolder, 'says');
  await mkdir(folder);
  const [short, long] = [join(folder, 'short.wav'), join(folder, 'long.wav')];
  await writeFile(short, recording([silence, 0.3], [voice, 0.7], [silence, 30]));
  await writeFile(long, recording([voice, 3.6], [silence, 2.4], [beep, 0.5], [silence, 30]));
  human = await exchange.phone('201', 440, { says: short, autoAnswer: true });
  machine = await exchange.phone('202', 1000, { says: long, autoAnswer: true });
});
afterEach(async () => {
  await endAllCalls(exchange);
  await Promise.all([human.idle(), machine.idle()]);
});
afterAll(async () => {
  await exchange?.stop();
  await app?.stop();
});

const types = (path: string): unknown[] =>
  app.seen.filter((seen) => seen.path === path).map(({ body }) => body.type);

/** Calls a phone that picks up and says its recording. */
async function call(name: string, user: string, verbs: readonly object[]): Promise<string> {
  app.on(`/${name}`, verbs);
  const { sid } = await api.post<{ sid: string }>(calls, {
    from: '+4930111',
    to: { type: 'user', name: user },
    call_hook: `${app.url}/${name}`,
    amd: { actionHook: `/${name}/amd` },
  });
  return sid;
}

test('somebody who greets shortly and waits is a human', async () => {
  const sid = await call('human', '201', [{ verb: 'pause', length: 20 }]);
  const { body } = await app.asked('/human/amd');
  expect(body).toMatchObject({ call_sid: sid, type: 'amd_human_detected' });
  await app.asked('/human/amd', ({ body: { type } }) => type === 'amd_stopped');
  expect(types('/human/amd')).toEqual(['amd_human_detected', 'amd_stopped']);
});

test('a long greeting is a machine; its end and its tone are told, and then it can be spoken to', async () => {
  const sid = await call('machine', '202', [{ verb: 'pause', length: 30 }]);
  const { body } = await app.asked('/machine/amd');
  expect(body).toMatchObject({ call_sid: sid, type: 'amd_machine_detected' });
  const tone = await app.asked(
    '/machine/amd',
    ({ body: { type } }) => type === 'amd_tone_detected',
  );
  expect(Math.round(Number(tone.body.frequency) / 10)).toBe(100);
  await app.asked('/machine/amd', ({ body: { type } }) => type === 'amd_stopped');
  expect(types('/machine/amd')).toEqual([
    'amd_machine_detected',
    'amd_machine_stopped_speaking',
    'amd_tone_detected',
    'amd_stopped',
  ]);
});

test('what the hook answers takes the place of the verbs', async () => {
  app.on('/leaves/amd', [{ verb: 'hangup' }]);
  await call('leaves', '202', [{ verb: 'pause', length: 30 }]);
  await machine.next('CALL_CLOSED', 12_000);
});

test('of a dial the one who is dialled is looked at, while the two talk', async () => {
  app.on('/dials', [
    { verb: 'dial', target: [{ type: 'user', name: '202' }], amd: { actionHook: '/dials/amd' } },
  ]);
  const { sid } = await api.post<{ sid: string }>(calls, {
    from: '+4930111',
    to: { type: 'user', name: '201' },
    call_hook: `${app.url}/dials`,
  });
  const { body } = await app.asked('/dials/amd');
  expect(body).toMatchObject({ call_sid: sid, type: 'amd_machine_detected' });
});
