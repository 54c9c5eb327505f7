import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Exchange, freePort, startExchange } from '../support/exchange.ts';
import { type Ended, runningOf, runToEnd } from './running.ts';

let exchange: Exchange;

beforeAll(async () => {
  exchange = await startExchange();
});

afterAll(() => exchange.stop());

/** Starts a server on the folder of the exchange, for which it must have a reason to end again. */
const start = (env: Record<string, string | undefined> = {}): Promise<Ended> =>
  runToEnd(['src/main.ts'], {
    POLYVOX_DATA: exchange.dataFolder,
    POLYVOX_PORT: String(exchange.port),
    POLYVOX_SIP_PORT: String(exchange.sipPort),
    ...env,
  });

const isRefusal = ({ code, output }: Ended, ...words: readonly string[]): void => {
  expect({ code, output }).toMatchObject({ code: 1 });
  for (const word of words) expect(output).toContain(word);
  expect(output).not.toMatch(/\n\s+at .*:\d+/);
};

/** A data folder that nobody uses. */
const elsewhere = () => join(exchange.dataFolder, 'elsewhere');

describe('a start is refused, with the variable and the remedy', () => {
  test('while another server uses the data folder', async () => {
    isRefusal(await start(), 'is in use by another Polyvox server', 'npm stop', 'POLYVOX_DATA');
    expect(runningOf(exchange.dataFolder)).toEqual(['engine', 'postgres', 'keeper']);
  });

  test('while another program has the port of HTTP, and nothing was started', async () => {
    const refused = await start({ POLYVOX_DATA: elsewhere() });
    isRefusal(refused, `port ${exchange.port}`, 'another program has it', 'POLYVOX_PORT');
    expect(runningOf(elsewhere())).toEqual([]);
  });

  test('while another program has the port of SIP over UDP', async () => {
    const other = createSocket('udp4').bind(0, '127.0.0.1');
    await once(other, 'listening');
    const refused = await start({
      POLYVOX_DATA: elsewhere(),
      POLYVOX_PORT: '0',
      POLYVOX_SIP_PORT: String(other.address().port),
    });
    isRefusal(refused, 'SIP cannot use UDP port', 'POLYVOX_SIP_PORT');
    other.close();
  });

  test('while another program has the port of SIP over TCP', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const refused = await start({
      POLYVOX_DATA: elsewhere(),
      POLYVOX_PORT: '0',
      POLYVOX_SIP_PORT: String(port),
    });
    isRefusal(refused, 'SIP cannot use TCP port', 'POLYVOX_SIP_PORT');
    other.close();
  });

  test('on a data folder that cannot be one', async () => {
    const file = join(exchange.dataFolder, 'credentials');
    isRefusal(await start({ POLYVOX_DATA: file }), file, 'cannot be written', 'POLYVOX_DATA');
  });

  test('with an Asterisk that is too old', async () => {
    const old = join(exchange.dataFolder, 'old-asterisk');
    await writeFile(old, '#!/bin/sh\necho Asterisk 20.5.0\n', { mode: 0o755 });
    const refused = await start({
      POLYVOX_DATA: elsewhere(),
      POLYVOX_PORT: '0',
      POLYVOX_SIP_PORT: String(await freePort()),
      POLYVOX_ASTERISK: old,
    });
    isRefusal(refused, 'POLYVOX_ASTERISK names asterisk 20.5.0', '22.10.1', 'unset it');
    expect(runningOf(elsewhere())).toEqual([]);
  });

  test('with a database that does not answer', async () => {
    const refused = await start({
      POLYVOX_DATA: elsewhere(),
      POLYVOX_PORT: '0',
      POLYVOX_SIP_PORT: String(await freePort()),
      DATABASE_URL: `postgres://me:secret-word@127.0.0.1:${await freePort()}/calls`,
      POLYVOX_SECRET_KEY: 'k'.repeat(32),
    });
    isRefusal(refused, 'DATABASE_URL names calls at 127.0.0.1', 'nothing listens there');
    expect(refused.output).not.toContain('secret-word');
  });

  test('when the demo account would be open to other machines', async () => {
    await exchange.killServer();
    const refused = await start({ POLYVOX_HOST: '0.0.0.0' });
    isRefusal(refused, 'alice, bob, 201, 202', 'POLYVOX_HOST', 'POLYVOX_DEMO=1');
    expect(runningOf(exchange.dataFolder)).toEqual(['engine', 'postgres', 'keeper']);
  });

  test('on a database of a newer release', async () => {
    const password = await readFile(join(exchange.dataFolder, 'postgres.secret'), 'utf8');
    const record = await readFile(join(exchange.dataFolder, 'run', 'postgres.json'), 'utf8');
    const { port } = (JSON.parse(record) as { notes: { port: string } }).notes;
    const client = new pg.Client(`postgres://polyvox:${password}@127.0.0.1:${port}/polyvox`);
    await client.connect();
    const name = '900000_from-the-future';
    await client.query('insert into migrations (name, run_on) values ($1, now())', [name]);
    isRefusal(await start(), 'made by a newer Polyvox', name, 'backup');
    await client.query('delete from migrations where name = $1', [name]);
    await client.end();
  });

  test('on a data folder of another major release of Postgres', async () => {
    const folder = elsewhere();
    await mkdir(join(folder, 'postgres'), { recursive: true });
    await writeFile(join(folder, 'postgres', 'PG_VERSION'), '17\n');
    const refused = await start({
      POLYVOX_DATA: folder,
      POLYVOX_PORT: '0',
      POLYVOX_SIP_PORT: String(await freePort()),
    });
    isRefusal(refused, 'was made by PostgreSQL 17', 'this Polyvox has 18', 'backup');
    await rm(folder, { recursive: true });
  });

  test('and the exchange starts again as if nothing had happened', async () => {
    await exchange.startServer();
    expect(runningOf(exchange.dataFolder)).toEqual(['engine', 'postgres', 'keeper']);
  });
});
