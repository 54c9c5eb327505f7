import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Api, createApi } from '../test/support/api.ts';
import type { Exchange } from '../test/support/exchange.ts';
import { measureRest, type RestFigure } from './rest.ts';
import { type Burst, quantile } from './sipp-load.ts';

export interface ApplicationFigures {
  /** The highest rate of calls at which none failed. */
  readonly callsPerSecond: number;
  /** Milliseconds from INVITE to the first byte of its call hook, at half of that rate. */
  readonly hook: { readonly p50: number; readonly p99: number; readonly calls: number };
  readonly list: RestFigure;
}

/** What callers hear: words, a second in which a key may be pressed, and the end. */
const verbs = [
  { verb: 'say', text: 'Welcome.' },
  { verb: 'gather', input: ['digits'], numDigits: 1, timeout: 1, actionHook: '/digits' },
  { verb: 'hangup' },
];

/** How many applications the list has that is asked for. */
const listLength = 50;

/** An application's web server on this machine, which notes when it was asked about each call. */
async function startApplication() {
  const askedAt = new Map<string, number>();
  const server = createServer((request, response) => {
    const at = Date.now();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as {
        call_id?: string;
      };
      const isCall = request.url === '/call';
      if (isCall && body.call_id && !askedAt.has(body.call_id)) askedAt.set(body.call_id, at);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isCall ? verbs : []));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    askedAt,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The key of an account, and the number of it that leads to an application. */
async function givenApplication(
  exchange: Exchange,
  accountName: string,
  number: string,
  url: string,
) {
  const admin = createApi(exchange.url, `Bearer ${exchange.adminToken}`);
  const accounts = await admin.get<{ account_sid: string; name: string }[]>('/v1/Accounts');
  const accountSid = accounts.find(({ name }) => name === accountName)?.account_sid;
  const key = await admin.post<{ token: string }>('/v1/ApiKeys', { account_sid: accountSid });
  const authorization = `Bearer ${key.token}`;
  const api: Api = createApi(exchange.url, authorization);
  const application = (name: string) =>
    api.post<{ sid: string }>('/v1/Applications', {
      name,
      account_sid: accountSid,
      call_hook: { url: `${url}/call`, method: 'POST' },
      call_status_hook: { url: `${url}/status`, method: 'POST' },
    });
  const { sid } = await application('menu');
  for (let at = 1; at < listLength; at += 1) await application(`application ${at}`);
  await api.post('/v1/PhoneNumbers', { number, account_sid: accountSid, application_sid: sid });
  return { authorization };
}

/**
 * Calls that come in for an application: its hook is asked, it speaks, waits for a key, and hangs up.
 * @param options.burst - places calls that listen until the other side hangs up
 */
export async function measureApplications(options: {
  readonly exchange: Exchange;
  readonly accountName: string;
  readonly number: string;
  readonly rates: readonly number[];
  readonly seconds: number;
  readonly burst: (rate: number) => Promise<Burst>;
  readonly say: (text: string) => void;
}): Promise<ApplicationFigures> {
  const { exchange, accountName, number, rates, seconds, burst, say } = options;
  const application = await startApplication();
  try {
    const { authorization } = await givenApplication(
      exchange,
      accountName,
      number.replace('+', ''),
      application.url,
    );
    let callsPerSecond = 0;
    for (const rate of rates) {
      let result = await burst(rate);
      if (result.failed > 0) result = await burst(rate);
      say(`  ${rate}/s: ${result.calls - result.failed} of ${result.calls} calls ran to their end`);
      if (result.failed > 0) break;
      callsPerSecond = rate;
    }
    const { invitedAt } = await burst(Math.max(5, Math.round(callsPerSecond / 2)));
    const waits = [...(invitedAt ?? [])]
      .flatMap(([callId, at]) => {
        const asked = application.askedAt.get(callId);
        return asked === undefined ? [] : [asked - at];
      })
      .sort((a, b) => a - b);
    const list = await measureRest({
      what: `list of ${listLength} applications: GET /v1/Applications`,
      paths: ['/v1/Applications'],
      url: exchange.url,
      authorization,
      seconds,
    });
    return {
      callsPerSecond,
      hook: { p50: quantile(waits, 0.5), p99: quantile(waits, 0.99), calls: waits.length },
      list,
    };
  } finally {
    application.stop();
  }
}
