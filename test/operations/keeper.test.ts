import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Exchange, startExchange } from '../support/exchange.ts';
import { pidOf, processesWith, runningOf, runToEnd } from './running.ts';

/** Milliseconds without a server, in place of ten minutes. */
const soonMs = 400;

describe('the keeper of engine and database', () => {
  let exchange: Exchange;

  beforeAll(async () => {
    exchange = await startExchange();
  });

  afterAll(() => exchange.stop());

  const keepers = () => processesWith('src/processes/keeper.ts', exchange.dataFolder);

  test('is taken over by the next server, so that there is never a second one', async () => {
    const first = pidOf(exchange.dataFolder, 'keeper');
    await exchange.killServer();
    expect(runningOf(exchange.dataFolder)).toEqual(['engine', 'postgres', 'keeper']);
    await exchange.startServer();
    expect(pidOf(exchange.dataFolder, 'keeper')).toBe(first);
    expect(keepers()).toEqual([first]);
  });

  test('is replaced when it is killed', async () => {
    const first = Number(pidOf(exchange.dataFolder, 'keeper'));
    process.kill(first, 'SIGKILL');
    const second = await eventually(() => {
      const pid = pidOf(exchange.dataFolder, 'keeper');
      return pid !== first && pid;
    });
    expect(keepers()).toEqual([second]);
  });

  test('is found again although the server died before it could write it down', async () => {
    const first = pidOf(exchange.dataFolder, 'keeper');
    await exchange.killServer();
    await rm(join(exchange.dataFolder, 'run', 'keeper.json'));
    await exchange.startServer();
    expect(keepers()).toEqual([first]);
  });

  test('ends engine and database, and itself, when no server has been there for its time', async () => {
    await exchange.killServer();
    process.kill(Number(pidOf(exchange.dataFolder, 'keeper')), 'SIGKILL');
    await eventually(() => keepers().length === 0);
    const { code } = await runToEnd([
      'src/processes/keeper.ts',
      exchange.dataFolder,
      String(soonMs),
    ]);
    expect(code).toBe(0);
    expect(runningOf(exchange.dataFolder)).toEqual([]);
    await exchange.startServer();
    expect(runningOf(exchange.dataFolder)).toEqual(['engine', 'postgres', 'keeper']);
  });
});
