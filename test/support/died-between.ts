import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Exchange } from './exchange.ts';

const fileOf = ({ dataFolder }: Exchange, ...path: readonly string[]): string =>
  readFileSync(join(dataFolder, ...path), 'utf8');

/** A query to the exchange's own database, past the exchange. */
export async function query<Row extends pg.QueryResultRow>(
  exchange: Exchange,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const { notes } = JSON.parse(fileOf(exchange, 'run', 'postgres.json')) as {
    notes: { port: string };
  };
  const password = fileOf(exchange, 'postgres.secret').trim();
  const client = new pg.Client(`postgres://polyvox:${password}@127.0.0.1:${notes.port}/polyvox`);
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** A request to the exchange's own engine, past the exchange. */
export async function askEngine<Answer>(
  exchange: Exchange,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
): Promise<Answer> {
  const { httpPort, secret } = JSON.parse(fileOf(exchange, 'engine', 'access.json')) as {
    httpPort: number;
    secret: string;
  };
  const answer = await fetch(`http://127.0.0.1:${httpPort}/ari${path}`, {
    method,
    headers: { authorization: `Basic ${Buffer.from(`polyvox:${secret}`).toString('base64')}` },
  });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}`);
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as Answer;
}

/** As if the server had died in the first instruction of a leg, before its end was written. */
export async function dieInFirstInstruction(
  exchange: Exchange,
  legId: string,
  run: object,
): Promise<void> {
  await query(
    exchange,
    `update live_legs
     set body = jsonb_set(jsonb_set(body, '{program,position}', '0'), '{program,run}', $2::jsonb)
     where id = $1`,
    [legId, JSON.stringify(run)],
  );
}
