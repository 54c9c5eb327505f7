import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processesWith, root, runToEnd } from '../operations/running.ts';
import { eventually } from '../support/eventually.ts';
import { type Exchange, freePort, startExchange } from '../support/exchange.ts';

const program = 'src/cli/demo/index.ts';
let exchange: Exchange;

beforeAll(async () => {
  exchange = await startExchange();
});
afterAll(() => exchange?.stop());

const where = (): Record<string, string> => ({
  POLYVOX_DATA: exchange.dataFolder,
  POLYVOX_PORT: String(exchange.port),
  POLYVOX_SIP_PORT: String(exchange.sipPort),
});

const runDemo = (env: Record<string, string> = {}) => runToEnd([program], { ...where(), ...env });

/** Places of lines in the output, in the order in which they are named; all must be there. */
const placesOf = (output: string, ...patterns: readonly RegExp[]): readonly number[] =>
  patterns.map((pattern) => {
    expect(output).toMatch(pattern);
    return output.search(pattern);
  });

const registered = async () => {
  const { items } = await exchange.operator.get<{ items: { contacts: object[] }[] }>(
    '/native/v1/endpoints',
  );
  return items.flatMap(({ contacts }) => contacts).length;
};

const running = async () =>
  (await exchange.operator.get<{ items: object[] }>('/native/v1/calls')).items.length;

describe('the demonstration', () => {
  test('shows a call through every API in order of time, and that all of it is true', async () => {
    const began = performance.now();
    const { code, output } = await runDemo();
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(performance.now() - began).toBeLessThan(15_000);
    const places = placesOf(
      output,
      /native +> GET \/native\/v1\/events/,
      /phone 201 \* is registered/,
      /sipgate +> POST \/v2\/sessions\/calls \{"caller":"e0","callee":"202"\}/,
      /event +\* leg\.ringing +201 Alice Adler/,
      /event +\* leg\.ringing +202 Bob Bauer/,
      /phone 201 \* hears 202/,
      /sipgate +> GET \/v2\/calls/,
      /MikoPBX +< 200 .*"src_num":"201","dst_num":"202"/,
      /native +< 200 .*"state":"answered"/,
      /sipgate +> PUT \/v2\/calls\/[0-9A-F]{8}…\/recording/,
      /event +\* recording\.started/,
      /native +> POST \/native\/v1\/calls\/[0-9a-f]{8}…\/hold \{"on":true\}/,
      /event +\* leg\.held/,
      /event +\* leg\.resumed/,
      /sipgate +> DELETE \/v2\/calls/,
      /event +\* call\.ended/,
      /sipgate +> GET \/v2\/w0\/history/,
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    const times = [...output.matchAll(/^ +(\d+\.\d\d) {2}/gm)].map(([, time]) => Number(time));
    expect(times.length).toBeGreaterThan(30);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(output.match(/^✓ /gm)).toHaveLength(6);
    expect(output).toMatch(/^✓ 202 hears 201 +its tone of 440 Hz is \d+ % of the sound$/m);
    expect(output).toMatch(/^✓ recording +WAV of \d\.\d s with both tones: 440 Hz \d+ %/m);
    expect(output).toContain('All 6 checks passed.');
    expect(output).not.toContain('\u001b');
    expect(await running()).toBe(0);
    await eventually(async () => (await registered()) === 0);
  });

  test('keeps the recording where it says, and names a link that downloads it', async () => {
    const { output } = await runDemo();
    const path = join(exchange.dataFolder, 'demo', 'recording.wav');
    expect(output).toContain(`\n${' '.repeat(25)}${path}\n`);
    const [link = ''] = /http:\S+\/v2\/recordings\/\S+/.exec(output) ?? [];
    const answer = await fetch(link);
    expect(answer.status).toBe(200);
    expect((await answer.arrayBuffer()).byteLength).toBe((await stat(path)).size);
  });

  test('ends its phones when it is interrupted, and takes their folder away', async () => {
    const child = spawn(join(root, 'node_modules/.bin/node'), [program], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...where() },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await eventually(() => output.includes('hears 202'));
    const phones = processesWith('baresip', 'polyvox-demo-').filter((pid) =>
      readFileSync(`/proc/${pid}/status`, 'latin1').includes(`\nPPid:\t${child.pid}\n`),
    );
    expect(phones).toHaveLength(2);
    const folders = phones.map((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, 'latin1')
        .split('\0')
        .find((word) => word.includes('polyvox-demo-')),
    );
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    for (const pid of phones) expect(existsSync(`/proc/${pid}`)).toBe(false);
    for (const folder of folders) expect(existsSync(folder ?? '')).toBe(false);
    await eventually(async () => (await registered()) === 0);
    await eventually(async () => (await running()) === 0);
  });

  test('fails when it cannot go on, and says how far it came', async () => {
    const { items } = await exchange.operator.get<{ items: { id: string }[] }>(
      '/native/v1/accounts',
    );
    const account = `/native/v1/accounts/${items[0]?.id}`;
    const phone = await exchange.phone('202', 700);
    await phone.dial('*43');
    await phone.next('CALL_ESTABLISHED');
    await exchange.operator.patch(account, { maxConcurrentCalls: 1 });
    const { code, output } = await runDemo();
    await exchange.operator.patch(account, { maxConcurrentCalls: 100 });
    await phone.stop();
    expect(code).toBe(1);
    expect(output).toMatch(/It stopped early: sipgate answered 429 to POST \/v2\/sessions\/calls/);
    expect(output.match(/^– /gm)).toHaveLength(6);
    expect(output).toContain('0 of 6 checks passed.');
  });
});

describe('the demonstration says what to do', () => {
  test('when no server runs', async () => {
    const { code, output } = await runDemo({ POLYVOX_PORT: String(await freePort()) });
    expect(code).toBe(1);
    expect(output).toContain('Start it with `npm start`');
    expect(output).toContain('POLYVOX_PORT');
  });

  test('when something else listens there', async () => {
    const other = createServer((_request, answer) => answer.end('hello')).listen(0, '127.0.0.1');
    await eventually(() => other.listening);
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, output } = await runDemo({ POLYVOX_PORT: String(port) });
    other.close();
    expect(code).toBe(1);
    expect(output).toContain('it is not Polyvox');
  });

  test('when the demo account has another password', async () => {
    const { items } = await exchange.operator.get<{ items: { id: string; login: string }[] }>(
      '/native/v1/users',
    );
    const alice = items.find(({ login }) => login === 'alice');
    await exchange.operator.patch(`/native/v1/users/${alice?.id}`, { password: 'changed-by-me' });
    const { code, output } = await runDemo();
    expect(code).toBe(1);
    expect(output).toContain('has no demo account');
    expect(output).toContain('POLYVOX_DEMO=1');
  });
});
