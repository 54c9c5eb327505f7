import { createRequire } from 'node:module';

interface Result {
  readonly requests: { readonly average: number };
  readonly latency: { readonly p50: number; readonly p99: number };
  readonly non2xx: number;
  readonly errors: number;
}

const autocannon = createRequire(import.meta.url)('autocannon') as (
  options: object,
) => Promise<Result>;

/** What an operation of an API can take. */
export interface RestFigure {
  readonly what: string;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly refused: number;
}

/** What autocannon gives of a connection before it begins. */
interface Connection {
  setRequest(request: object): void;
}

/** Asks the same again and again over 20 connections; each keeps to one of the addresses. */
export async function measureRest(options: {
  readonly what: string;
  readonly url: string;
  readonly paths: readonly string[];
  readonly authorization: string;
  readonly seconds: number;
  readonly method?: 'GET' | 'PATCH';
  readonly body?: string;
}): Promise<RestFigure> {
  const { what, url, paths, authorization, seconds, method = 'GET', body } = options;
  const request = {
    method,
    headers: { authorization, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body } : {}),
  };
  let clients = 0;
  const result = await autocannon({
    ...request,
    url: `${url}${paths[0]}`,
    connections: 20,
    duration: seconds,
    setupClient(connection: Connection) {
      connection.setRequest({ ...request, path: paths[clients % paths.length] });
      clients += 1;
    },
  });
  return {
    what,
    perSecond: Math.round(result.requests.average),
    p50: result.latency.p50,
    p99: result.latency.p99,
    refused: result.non2xx + result.errors,
  };
}
