import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Phone } from '../../src/phones/index.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/exchange.ts';
import { hears, hearsSomethingElse } from '../support/hearing.ts';
import { createWorld } from '../support/world.ts';

const world = createWorld();

let example: ChildProcess;
let page: string;
let printed = '';

beforeAll(async () => {
  const { url, demoApiKey } = world.exchange;
  const port = await freePort();
  page = `http://127.0.0.1:${port}`;
  example = spawn(process.execPath, ['examples/jambonz/call-center.mjs'], {
    env: { JAMBONZ_REST_URL: `${url}/v1`, JAMBONZ_API_KEY: demoApiKey, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [example.stdout, example.stderr])
    stream?.on('data', (text: Buffer) => {
      printed += text.toString('utf8');
    });
  await eventually(() => printed.includes('The call centre is at'), { because: () => printed });
});

afterAll(async () => {
  if (example.exitCode !== null) return;
  example.kill();
  await once(example, 'exit');
});

/** Fills in the form of the page, and answers the phone that is called. */
async function calls(phone: Phone, role: string): Promise<void> {
  const body = new URLSearchParams({ phone: phone.username, role });
  await fetch(`${page}/call`, { method: 'POST', body, redirect: 'manual' });
  await phone.next('CALL_INCOMING');
  await phone.answer();
  await phone.next('CALL_ESTABLISHED');
}

const shows = (text: string) =>
  eventually(async () => (await (await fetch(page)).text()).includes(text), {
    because: () => `the page does not show ${text}; it printed ${printed}`,
  });

describe('the example of an application', () => {
  test('queues a caller who presses 1, whom an agent takes', async () => {
    const { phoneA, phoneB } = world;
    await calls(phoneA, 'customer');
    await hearsSomethingElse(phoneA, 1000);
    await phoneA.press('1');
    await shows('support: 1');
    await hearsSomethingElse(phoneA, 1000);
    await calls(phoneB, 'agent');
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await phoneB.hangUp();
    await phoneA.next('CALL_CLOSED');
  });

  test('lets a caller who presses 2 wait for a meeting, which ends with its moderator', async () => {
    const { phoneA, phoneB } = world;
    await calls(phoneA, 'customer');
    await phoneA.press('2');
    await shows('<li>meeting</li>');
    await hearsSomethingElse(phoneA, 1000);
    await calls(phoneB, 'moderator');
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await phoneB.hangUp();
    await phoneA.next('CALL_CLOSED');
  });
});
