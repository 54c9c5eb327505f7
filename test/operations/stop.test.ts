import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Exchange, startExchange } from '../support/exchange.ts';
import { processesWith, runningOf, runToEnd } from './running.ts';

const stop = (dataFolder: string) =>
  runToEnd(['src/cli/commands/stop.ts'], { POLYVOX_DATA: dataFolder, POLYVOX_DRAIN_S: '60' });

const readiness = async ({ url }: Exchange) =>
  (await (await fetch(`${url}/readyz`)).json()) as { draining: boolean };

const runningCalls = async ({ operator }: Exchange) =>
  (await operator.get<{ items: object[] }>('/native/v1/calls')).items;

describe('npm stop', () => {
  let exchange: Exchange;

  beforeAll(async () => {
    exchange = await startExchange({ env: { POLYVOX_DRAIN_S: '60' } });
  });

  afterAll(() => exchange.stop());

  test('ends the server, which ends everything else', async () => {
    const { code, output } = await stop(exchange.dataFolder);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain('Ended: the server.');
    expect(runningOf(exchange.dataFolder)).toEqual([]);
    expect(processesWith(exchange.dataFolder)).toEqual([]);
    expect(await exchange.endServer()).toBe(0);
    expect(exchange.output()).not.toMatch(/"level":"(warn|error)"/);
  });

  test('ends what a killed server left running, and shows it', async () => {
    await exchange.startServer();
    await exchange.killServer();
    const { code, output } = await stop(exchange.dataFolder);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toMatch(/Ending Asterisk.*Ending Postgres.*Ended: Asterisk, Postgres\./s);
    expect(processesWith(exchange.dataFolder)).toEqual([]);
  });

  test('lets a running call go on, and waits for its end', async () => {
    await exchange.startServer();
    const phone = await exchange.phone('201', 440);
    await phone.dial('*43');
    await phone.next('CALL_ESTABLISHED');
    const stopped = stop(exchange.dataFolder);
    await eventually(async () => (await readiness(exchange)).draining);
    expect(await runningCalls(exchange)).toHaveLength(1);
    expect(runningOf(exchange.dataFolder)).toContain('engine');
    await phone.hangUp();
    expect((await stopped).code).toBe(0);
    expect(await exchange.endServer()).toBe(0);
    expect(runningOf(exchange.dataFolder)).toEqual([]);
  });

  test('says so when nothing runs, and makes nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'polyvox-'));
    try {
      const { code, output } = await stop(join(folder, 'none'));
      expect({ code, output }).toEqual({ code: 0, output: `Nothing runs on ${folder}/none.\n` });
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
