import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createFakeClock, type FakeClock } from '../../../test/support/fake-clock.ts';
import { saysJson, saysStatus, startHookServer } from '../../../test/support/hook-server.ts';
import { startRawServer } from '../../../test/support/raw-server.ts';
import { turn, until } from '../../../test/support/until.ts';
import { type HookRequest, parseRetryFragment } from '../../core/hooks/index.ts';
import { type Logger, silentLogger } from '../../kernel/logger.ts';
import type { Resolve } from '../guarded-target.ts';
import { createTargetGuard } from '../target-guard.ts';
import { createHookClient } from './create-hook-client.ts';

/** Milliseconds of an exchange, which are longer than every wait. */
const exchangeMs = 10_000;

/** A client that may reach this machine, on a clock that stands still; waits are never longer or shorter. */
function given(
  options: {
    readonly allow?: readonly string[];
    readonly ownPorts?: readonly number[];
    readonly resolve?: Resolve;
    readonly logger?: Logger;
  } = {},
) {
  const clock = createFakeClock();
  const client = createHookClient({
    guard: createTargetGuard({
      allow: options.allow ?? ['127.0.0.1'],
      ownPorts: () => options.ownPorts ?? [],
    }),
    clock,
    logger: options.logger ?? silentLogger,
    random: () => 0.5,
    ...(options.resolve && { resolve: options.resolve }),
  });
  onTestFinished(() => client.close());
  const ask = (url: string, more: Partial<HookRequest> = {}) =>
    client.ask({ url, method: 'POST', payload: { call_sid: '1' }, userAgent: 'jambonz', ...more });
  return { clock, client, ask };
}

const refusal = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

describe('a hook that is asked', () => {
  test('gets exactly the JSON, and what it answers is read', async () => {
    const server = await startHookServer(saysJson([{ verb: 'answer' }]));
    const { ask } = given();
    const payload = { b: 1, a: 'Grüße / "x"', none: undefined, list: [1, null], deep: { é: true } };
    const answer = await ask(`${server.url}/call?tenant=7#rc=3`, { payload });
    expect(answer).toEqual({
      status: 200,
      contentType: 'application/json; charset=utf-8',
      body: [{ verb: 'answer' }],
      text: '[{"verb":"answer"}]',
    });
    const [asked] = server.asked;
    expect(asked).toMatchObject({ method: 'POST', path: '/call?tenant=7' });
    expect(asked?.body).toBe(JSON.stringify(payload));
    expect(asked?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'jambonz',
      'content-length': String(Buffer.byteLength(JSON.stringify(payload))),
      host: `127.0.0.1:${server.port}`,
    });
    expect(asked?.headers).not.toHaveProperty('authorization');
    expect(asked?.headers).not.toHaveProperty('expect');
  });

  test('with GET gets flat parameters behind its own, and no body', async () => {
    const server = await startHookServer();
    const payload = { from: '+49 221', to: ['201', '202'], tag: { a: [1] }, none: null, ok: false };
    await given().ask(`${server.url}/call?app=1`, { method: 'GET', payload });
    const [asked] = server.asked;
    expect(asked?.path).toBe(
      '/call?app=1&from=%2B49+221&to=201&to=202&tag=%7B%22a%22%3A%5B1%5D%7D&ok=false',
    );
    expect(asked?.body).toBe('');
    expect(asked?.headers).not.toHaveProperty('content-type');
  });

  test('that wants a form gets one, with brackets escaped', async () => {
    const server = await startHookServer();
    const payload = { event: 'newCall', 'user[]': ['Alice', 'Bob'] };
    await given().ask(server.url, { payload, encoding: 'form' });
    expect(server.asked[0]).toMatchObject({
      body: 'event=newCall&user%5B%5D=Alice&user%5B%5D=Bob',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
    });
  });

  test.each([
    ['both', { username: 'joe', password: 'se:cret' }, '', 'joe:se:cret'],
    ['an empty password', { username: 'joe', password: '' }, '', 'joe:'],
    ['those of the URL', {}, 'j%40e:p%25%zz@', 'j@e:p%25%zz'],
    ['its own before those of the URL', { username: 'a', password: 'b' }, 'c:d@', 'a:b'],
  ])('is told the credentials: %s', async (_what, given_, inUrl, pair) => {
    const server = await startHookServer();
    await given().ask(server.url.replace('//', `//${inUrl}`), given_);
    const expected = `Basic ${Buffer.from(pair).toString('base64')}`;
    expect(server.asked[0]?.headers.authorization).toBe(expected);
  });

  test('is told no credentials of which one half is missing', async () => {
    const server = await startHookServer();
    await given().ask(server.url, { username: 'joe' });
    expect(server.asked[0]?.headers).not.toHaveProperty('authorization');
  });

  test('can prove who sent the body, anew for each attempt', async () => {
    const server = await startHookServer((response, _asked, count) =>
      saysStatus(count === 1 ? 503 : 204)(response, _asked, count),
    );
    const { ask, clock } = given();
    const sign = (body: string, atSeconds: number) => {
      const proof = createHmac('sha256', 'wh_secret_1').update(`${atSeconds}.${body}`);
      return { 'Jambonz-Signature': `t=${atSeconds},v1=${proof.digest('hex')}` };
    };
    const asking = ask(server.url, { sign, retry: { times: 1, on: ['5xx'] } });
    await until(() => clock.nextInMs() === 500, 'it waits');
    clock.advance({ seconds: 2 });
    await asking;
    const began = Date.parse('2026-03-17T17:05:00Z') / 1000;
    for (const [at, { body, headers }] of server.asked.entries()) {
      const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(
        String(headers['jambonz-signature']),
      ) as unknown as [string, string, string];
      expect(Number(t)).toBe(began + at * 2);
      expect(v1).toBe(createHmac('sha256', 'wh_secret_1').update(`${t}.${body}`).digest('hex'));
    }
    expect(server.asked).toHaveLength(2);
  });

  test('is told the same key at every attempt, and headers of the caller win', async () => {
    const server = await startHookServer((response, _asked, count) =>
      response.writeHead(count === 1 ? 500 : 200).end(),
    );
    const { ask, clock } = given();
    const asking = ask(server.url, {
      idempotencyKey: 'question 7',
      headers: { Accept: 'application/xml', 'X-Jobs': 'seen' },
      retry: { times: 1, on: ['5xx'] },
    });
    await until(() => clock.nextInMs() === 500, 'it waits');
    clock.advance({ seconds: 1 });
    await asking;
    expect(server.asked).toHaveLength(2);
    for (const { headers } of server.asked)
      expect(headers).toMatchObject({
        'idempotency-key': 'question 7',
        accept: 'application/xml',
        'x-jobs': 'seen',
      });
  });
});

describe('an answer', () => {
  test.each([204, 202, 200])('with status %i and no body says nothing', async (status) => {
    const server = await startHookServer(saysStatus(status));
    expect(await given().ask(server.url)).toMatchObject({ status, body: undefined, text: '' });
  });

  test('that is said to be JSON but is empty says nothing', async () => {
    const server = await startHookServer((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(' \n'),
    );
    expect(await given().ask(server.url)).toMatchObject({ body: undefined });
  });

  test('that is a page is text, not JSON', async () => {
    const page = '<html><body>Welcome</body></html>';
    const server = await startHookServer((response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end(page),
    );
    const answer = await given().ask(server.url);
    expect(answer).toMatchObject({ contentType: 'text/html', body: undefined, text: page });
  });

  test('in another alphabet is read in that', async () => {
    const server = await startHookServer((response) =>
      response
        .writeHead(200, { 'content-type': 'application/xml; charset=ISO-8859-1' })
        .end(Buffer.from('<Grüße/>', 'latin1')),
    );
    expect((await given().ask(server.url)).text).toBe('<Grüße/>');
  });

  test('that is no JSON although it says so is refused, and not quoted', async () => {
    const server = await startHookServer((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"pin": 1234'),
    );
    const failed = await given()
      .ask(server.url)
      .catch((error: unknown) => error);
    expect(failed).toEqual(refusal('hook.malformed'));
    expect(JSON.stringify(failed)).not.toContain('1234');
  });

  test.each([301, 302, 307, 400, 401, 404, 410, 429, 500, 503, 206])(
    'with status %i is a failure, and leads nowhere',
    async (status) => {
      const elsewhere = await startHookServer();
      const server = await startHookServer((response) =>
        response.writeHead(status, { location: elsewhere.url }).end('{"pin": 1234}'),
      );
      await expect(given().ask(server.url)).rejects.toEqual(refusal('hook.answered', { status }));
      expect(server.asked).toHaveLength(1);
      expect(elsewhere.asked).toHaveLength(0);
    },
  );

  test('with such a status is that failure, however its words go on', async () => {
    const server = await startHookServer((response) => {
      response.writeHead(503, { 'content-length': '5000000' }).write('x');
    });
    await expect(given().ask(server.url)).rejects.toEqual(
      refusal('hook.answered', { status: 503 }),
    );
  });

  test('with a status that the caller accepts is none', async () => {
    const server = await startHookServer(saysJson({ gone: true }, 410));
    const answer = await given().ask(server.url, { accepts: [200, 410] });
    expect(answer).toMatchObject({ status: 410, body: { gone: true } });
  });

  test('that is packed although nobody asked for it is unpacked', async () => {
    const server = await startHookServer((response) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end(gzipSync('[]')),
    );
    expect(await given().ask(server.url)).toMatchObject({ body: [], text: '[]' });
    expect(server.asked[0]?.headers['accept-encoding']).toBe('identity');
  });

  test('that unpacks to more than is allowed is given up', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
    const server = await startHookServer((response) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end(bomb),
    );
    const asking = given().ask(server.url, { maxBytes: 100_000 });
    await expect(asking).rejects.toEqual(refusal('hook.too_large', { maxBytes: 100_000 }));
  });

  test.each([
    ['gzip', 'no gzip at all'],
    ['rot13', '[]'],
    ['gzip, gzip', '[]'],
  ])('packed as %j, wrongly, cannot be read', async (encoding, body) => {
    const server = await startHookServer((response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(body),
    );
    await expect(given().ask(server.url)).rejects.toEqual(refusal('hook.malformed'));
  });

  test('without end is given up in the middle', async () => {
    let sentBytes = 0;
    const server = await startHookServer((response) => {
      const send = () => {
        while (response.writable && sentBytes < 50_000_000 && response.write(Buffer.alloc(65_536)))
          sentBytes += 65_536;
      };
      response.on('drain', send);
      send();
    });
    const asking = given().ask(server.url, { maxBytes: 10_000 });
    await expect(asking).rejects.toEqual(refusal('hook.too_large', { maxBytes: 10_000 }));
    expect(sentBytes).toBeLessThan(50_000_000);
  });

  test('of exactly the size that is allowed is read', async () => {
    const server = await startHookServer((response) => response.end('x'.repeat(1_000)));
    expect((await given().ask(server.url, { maxBytes: 1_000 })).text).toHaveLength(1_000);
  });

  test('that says it will be too large is not waited for', async () => {
    const server = await startHookServer((response) => {
      response.writeHead(200, { 'content-length': '5000000' }).write('x');
    });
    await expect(given().ask(server.url)).rejects.toEqual(refusal('hook.too_large'));
  });

  test('whose head has no end is given up', async () => {
    const server = await startRawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const more = () => {
        while (socket.writable && socket.write(`x-more: ${'y'.repeat(1_000)}\r\n`));
      };
      socket.on('drain', more);
      more();
    });
    await expect(given().ask(server.url)).rejects.toEqual(refusal('hook.too_large'));
  });

  test.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.9\r\n', 'hook.malformed'],
    [
      'of two lengths',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',
      'hook.malformed',
    ],
    [
      'in chunks that lie',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      'hook.malformed',
    ],
    [
      'a change of protocol',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n',
      'hook.malformed',
    ],
    [
      'ended in the middle',
      'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf',
      'hook.unreachable',
    ],
    ['only a permission to go on', 'HTTP/1.1 100 Continue\r\n\r\n', 'hook.unreachable'],
  ])('that is %s is a failure', async (_what, bytes, code) => {
    let asked = 0;
    const server = await startRawServer((socket) => {
      asked += 1;
      socket.end(bytes);
    });
    const { ask } = given();
    await expect(ask(server.url)).rejects.toEqual(refusal(code));
    await expect(ask(server.url)).rejects.toEqual(refusal(code));
    expect(asked).toBe(2);
  });

  test('after hints of what is to come is read', async () => {
    const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(3);
    const server = await startRawServer((socket) =>
      socket.end(`${hints}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok`),
    );
    expect(await given().ask(server.url)).toMatchObject({ status: 200, text: 'ok' });
  });

  test('of many hints and nothing else ends with its time', async () => {
    const server = await startRawServer((socket) => {
      const hint = () => socket.writable && socket.write('HTTP/1.1 103 Early Hints\r\n\r\n', hint);
      hint();
    });
    const { ask, clock } = given();
    const asking = ask(server.url);
    asking.catch(() => undefined);
    await until(() => clock.waiting() === 1, 'the exchange is timed');
    clock.advance({ seconds: 10 });
    await expect(asking).rejects.toEqual(refusal('hook.timed_out'));
  });
});

describe('an answer that does not matter', () => {
  const ignoring = { ignoresAnswer: true, maxBytes: 100 } as const;
  const accepted = { status: 200, contentType: '', body: undefined, text: '' };

  test.each([
    ['no JSON although it says so', { 'content-type': 'application/json' }, '{'],
    ['packed wrongly', { 'content-encoding': 'gzip' }, 'no gzip'],
    ['too large', {}, 'x'.repeat(1_000)],
    ['larger than it is', { 'content-length': '1000000' }, ''],
    ['as it should be', { 'content-type': 'application/json' }, '[]'],
  ])('is accepted by its status: %s', async (_what, headers, body) => {
    const server = await startHookServer((response) => {
      response.writeHead(200, headers).write(body || 'x');
      if (!('content-length' in headers)) response.end();
    });
    expect(await given().ask(server.url, ignoring)).toEqual(accepted);
  });

  test('that trickles is accepted when its time is over', async () => {
    let written = 0;
    const server = await startHookServer((response) => {
      const trickle = setInterval(() => {
        response.write('x');
        written += 1;
      }, 2);
      response.on('close', () => clearInterval(trickle));
    });
    const { ask, clock } = given();
    const asking = ask(server.url, { ...ignoring, maxBytes: 1_000_000 });
    await until(() => written > 20, 'the answer trickles');
    clock.advance({ seconds: 10 });
    expect(await asking).toEqual(accepted);
  });

  test('is still a failure by its status, or if there is none', async () => {
    const failing = await startHookServer(saysStatus(500));
    await expect(given().ask(failing.url, ignoring)).rejects.toEqual(
      refusal('hook.answered', { status: 500 }),
    );
    const silent = await startRawServer((socket) => socket.end('SSH-2.0\r\n'));
    await expect(given().ask(silent.url, ignoring)).rejects.toEqual(refusal('hook.malformed'));
  });
});

describe('time', () => {
  test('a hook that says nothing has ten seconds', async () => {
    const server = await startHookServer(() => undefined);
    const { ask, clock } = given();
    const asking = ask(server.url);
    asking.catch(() => undefined);
    await until(() => server.asked.length === 1, 'the hook is asked');
    clock.advance({ seconds: 9.9 });
    await turn();
    expect(clock.waiting()).toBe(1);
    clock.advance({ seconds: 0.1 });
    await expect(asking).rejects.toEqual(
      refusal('hook.timed_out', { phase: 'answer', limitMs: 10_000 }),
    );
    await until(() => server.connections() === 1, 'its connection was not used again');
  });

  test('an answer that trickles is given up when the time of the whole exchange is over', async () => {
    let written = 0;
    const server = await startHookServer((response) => {
      const trickle = setInterval(() => {
        response.write('x');
        written += 1;
      }, 2);
      response.on('close', () => clearInterval(trickle));
    });
    const { ask, clock } = given();
    const asking = ask(server.url, { timeoutMs: 3_000 });
    asking.catch(() => undefined);
    await until(() => written > 3, 'the answer trickles');
    clock.advance({ seconds: 3 });
    await expect(asking).rejects.toEqual(
      refusal('hook.timed_out', { phase: 'answer', limitMs: 3_000 }),
    );
  });

  test('a name that takes too long is a connection that failed', async () => {
    const { ask, clock } = given({ resolve: () => new Promise(() => undefined) });
    const asking = ask('http://slow.example/');
    asking.catch(() => undefined);
    clock.advance({ seconds: 10 });
    await expect(asking).rejects.toEqual(refusal('hook.timed_out', { phase: 'connect' }));
  });

  test('nothing is left to wake when it is over', async () => {
    const server = await startHookServer();
    const { ask, clock } = given();
    await ask(server.url);
    expect(clock.waiting()).toBe(0);
  });
});

describe('a hook that cannot be reached', () => {
  test('because nobody listens', async () => {
    const server = await startHookServer();
    await server.close();
    await expect(given().ask(server.url)).rejects.toEqual(
      refusal('hook.unreachable', { reason: 'refused' }),
    );
  });

  test('because nobody knows the name', async () => {
    await expect(given().ask('http://nobody.invalid/')).rejects.toEqual(
      refusal('hook.unreachable', { reason: 'unknown_host' }),
    );
  });

  test('because it hangs up without a word', async () => {
    const server = await startHookServer((response) => response.destroy());
    await expect(given().ask(server.url)).rejects.toEqual(
      refusal('hook.unreachable', { reason: 'broken' }),
    );
    expect(server.asked).toHaveLength(1);
  });

  test('because nobody vouches for its certificate, unless whoever asks trusts it', async () => {
    const server = await startHookServer(saysJson([]), { tls: true });
    const { ask } = given();
    await expect(ask(server.url)).rejects.toEqual(refusal('hook.unreachable', { reason: 'tls' }));
    expect(server.asked).toHaveLength(0);
    expect(await ask(server.url, { allowSelfSigned: true })).toMatchObject({ body: [] });
    await expect(ask(server.url)).rejects.toEqual(refusal('hook.unreachable', { reason: 'tls' }));
  });

  test('because it speaks no TLS', async () => {
    const server = await startHookServer();
    await expect(given().ask(server.url.replace('http:', 'https:'))).rejects.toEqual(
      refusal('hook.unreachable', { reason: 'tls' }),
    );
  });
});

describe('trying again', () => {
  /** Moves the clock whenever the client waits to try again; returns how long the waits were. */
  const waits = async (asking: Promise<unknown>, clock: FakeClock): Promise<number[]> => {
    const lengths: number[] = [];
    let over = false;
    const end = () => {
      over = true;
    };
    asking.then(end, end);
    while (!over) {
      await turn();
      const ms = clock.nextInMs() ?? exchangeMs;
      if (ms >= exchangeMs) continue;
      lengths.push(ms);
      clock.advance({ seconds: ms / 1_000 });
    }
    return lengths;
  };
  /** Answers with these statuses, then with 200. */
  const failing = (...statuses: readonly number[]) =>
    startHookServer((response, _asked, count) =>
      response.writeHead(statuses[count - 1] ?? 200).end(),
    );
  /** What the fragment of a URL wants. */
  const askAs = ({ ask }: ReturnType<typeof given>, url: string, more: Partial<HookRequest> = {}) =>
    ask(parseRetryFragment(url).url, { retry: parseRetryFragment(url).retry, ...more });

  test('#rc=3&rp=5xx: three failures and a success are four requests', async () => {
    const server = await failing(503, 500, 502);
    const world = given();
    const asking = askAs(world, `${server.url}#rc=3&rp=5xx`);
    expect(await waits(asking, world.clock)).toEqual([500, 1_000, 2_000]);
    await expect(asking).resolves.toMatchObject({ status: 200 });
    expect(server.asked).toHaveLength(4);
  });

  test('five times at most, and the last failure is told', async () => {
    const server = await failing(500, 501, 502, 503, 504, 505, 506);
    const world = given();
    const asking = askAs(world, `${server.url}#rc=9&rp=5xx`);
    expect(await waits(asking, world.clock)).toEqual([500, 1_000, 2_000, 4_000, 6_000]);
    await expect(asking).rejects.toEqual(refusal('hook.answered', { status: 505 }));
    expect(server.asked).toHaveLength(6);
  });

  test.each([
    ['', 503],
    ['#rc=3', 503],
    ['#rp=5xx', 503],
    ['#rc=3&rp=4xx,ct,rt', 503],
    ['#rc=3&rp=5xx', 404],
    ['#rc=3&rp=all', 302],
  ])('%j does not, after a %i', async (fragment, status) => {
    const server = await failing(status, status);
    const asking = askAs(given(), `${server.url}/${fragment}`);
    await expect(asking).rejects.toEqual(refusal('hook.answered', { status }));
    expect(server.asked).toHaveLength(1);
  });

  test.each([
    ['#rc=1&rp=4xx', 429],
    ['#rc=1&rp=all', 404],
    ['#rc=1&rp=ct,5xx', 500],
  ])('%j does, after a %i', async (fragment, status) => {
    const server = await failing(status);
    const world = given();
    const asking = askAs(world, `${server.url}/${fragment}`);
    await waits(asking, world.clock);
    await expect(asking).resolves.toMatchObject({ status: 200 });
    expect(server.asked).toHaveLength(2);
  });

  test('#rc=1: a server that was not there yet is reached', async () => {
    const first = await startHookServer();
    await first.close();
    const world = given();
    const asking = askAs(world, `${first.url}#rc=1`);
    await until(() => world.clock.nextInMs() === 500, 'it waits');
    const server = await startHookServer(saysJson([]), { port: first.port });
    world.clock.advance({ seconds: 0.5 });
    await expect(asking).resolves.toMatchObject({ body: [] });
    expect(server.asked).toHaveLength(1);
  });

  test('#rc=1&rp=rt: a hook that says nothing is asked twice, ten seconds each', async () => {
    const server = await startHookServer(() => undefined);
    const { clock, ...world } = given();
    const asking = askAs({ clock, ...world }, `${server.url}#rc=1&rp=rt`);
    asking.catch(() => undefined);
    await until(() => server.asked.length === 1, 'it is asked');
    clock.advance({ seconds: 10 });
    await until(() => clock.nextInMs() === 500, 'it waits');
    clock.advance({ seconds: 0.5 });
    await until(() => server.asked.length === 2, 'it is asked again');
    clock.advance({ seconds: 10 });
    await expect(asking).rejects.toEqual(refusal('hook.timed_out', { phase: 'answer' }));
    expect(server.asked).toHaveLength(2);
  });

  test('what cannot be read or may not be asked is not asked again', async () => {
    const server = await startHookServer((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('['),
    );
    const world = given({ ownPorts: [1] });
    await expect(askAs(world, `${server.url}#rc=3&rp=all`)).rejects.toEqual(
      refusal('hook.malformed'),
    );
    await expect(askAs(world, 'http://127.0.0.1:1#rc=3&rp=all')).rejects.toEqual(
      refusal('hook.target_refused'),
    );
    expect(server.asked).toHaveLength(1);
    expect(world.clock.waiting()).toBe(0);
  });
});

describe('somebody who waits no longer', () => {
  const hungUp = new Error('the caller hung up');

  test('before it is asked: nobody is', async () => {
    const server = await startHookServer();
    const asking = given().ask(server.url, { signal: AbortSignal.abort(hungUp) });
    await expect(asking).rejects.toBe(hungUp);
    expect(server.connections()).toBe(0);
  });

  test('while the hook thinks: its connection is let go', async () => {
    let gone = false;
    const server = await startHookServer((response) =>
      response.on('close', () => {
        gone = true;
      }),
    );
    const { ask, clock } = given();
    const caller = new AbortController();
    const asking = ask(server.url, { signal: caller.signal, retry: { times: 5, on: ['all'] } });
    asking.catch(() => undefined);
    await until(() => server.asked.length === 1, 'it is asked');
    caller.abort(hungUp);
    await expect(asking).rejects.toBe(hungUp);
    await until(() => gone, 'the connection is let go');
    expect(clock.waiting()).toBe(0);
  });

  test('while it waits to try again: nobody is asked again', async () => {
    const server = await startHookServer(saysStatus(503));
    const { ask, clock } = given();
    const caller = new AbortController();
    const asking = ask(server.url, { signal: caller.signal, retry: { times: 5, on: ['all'] } });
    asking.catch(() => undefined);
    await until(() => clock.nextInMs() === 500, 'it waits');
    caller.abort(hungUp);
    await expect(asking).rejects.toBe(hungUp);
    expect(clock.waiting()).toBe(0);
    expect(server.asked).toHaveLength(1);
  });

  test('while it waits for a connection: it is not asked, and the others are', async () => {
    const responses: ServerResponse[] = [];
    const server = await startHookServer((response) => void responses.push(response));
    const { ask } = given();
    const caller = new AbortController();
    const others = Array.from({ length: 32 }, (_, at) => ask(`${server.url}/${at}`));
    const asking = ask(`${server.url}/late`, { signal: caller.signal });
    asking.catch(() => undefined);
    const after = ask(`${server.url}/after`);
    await until(() => server.asked.length === 32, 'every connection is taken');
    caller.abort(hungUp);
    await expect(asking).rejects.toBe(hungUp);
    for (const response of responses.splice(0)) response.end();
    await Promise.all(others);
    await until(() => server.asked.length === 33, 'the next one has its turn');
    responses[0]?.end();
    await after;
    expect(server.asked.map(({ path }) => path)).not.toContain('/late');
    expect(server.connections()).toBe(32);
  });
});

describe('connections', () => {
  /** One rests for a turn of the event loop after its answer; who asks at once gets another. */
  const oneAfterAnother = 2;

  test('are used again', async () => {
    const server = await startHookServer(saysJson([]));
    const { ask } = given();
    for (let n = 0; n < 20; n += 1) await ask(`${server.url}/${n}`);
    expect(server.connections()).toBeLessThanOrEqual(oneAfterAnother);
  });

  test('are used again after a failure that was answered', async () => {
    const server = await startHookServer(saysStatus(500));
    const { ask } = given();
    for (let n = 0; n < 20; n += 1) await ask(server.url).catch(() => undefined);
    expect(server.connections()).toBeLessThanOrEqual(oneAfterAnother);
  });

  test('to one server are 32 at most; more have to wait', async () => {
    const server = await startHookServer((response) => void setImmediate(() => response.end()));
    const { ask } = given();
    await Promise.all(Array.from({ length: 200 }, (_, at) => ask(`${server.url}/${at}`)));
    expect(server.asked).toHaveLength(200);
    expect(server.connections()).toBeLessThanOrEqual(32);
  });

  test('to more servers than are remembered work all the same', async () => {
    const server = await startHookServer((response, { headers }) => response.end(headers.host));
    const { ask } = given({ resolve: async () => [{ address: '127.0.0.1', family: 4 }] });
    for (let n = 0; n < 300; n += 1) {
      const host = `tenant-${n % 150}.example:${server.port}`;
      expect((await ask(`http://${host}/`)).text).toBe(host);
    }
  });

  test('break when the client is closed, with what runs on them', async () => {
    const server = await startHookServer(() => undefined);
    const { ask, client, clock } = given();
    const asking = ask(server.url);
    asking.catch(() => undefined);
    await until(() => server.asked.length === 1, 'it is asked');
    await client.close();
    await expect(asking).rejects.toEqual(refusal('hook.unreachable', { reason: 'broken' }));
    expect(clock.waiting()).toBe(0);
  });
});

describe('what may not be asked is not', () => {
  test.each([
    ['ftp://hooks.example/', 'only http and https are asked'],
    ['ws://hooks.example/', 'only http and https are asked'],
    ['file:///etc/passwd', 'only http and https are asked'],
    ['/relative', 'the address cannot be read'],
    ['http://', 'the address cannot be read'],
    ['http://10.0.0.1/', 'the address is not public'],
    ['http://169.254.169.254/latest/meta-data', 'the address is not public'],
    ['http://[::1]/', 'the address is not public'],
    ['http://[::ffff:10.0.0.1]/', 'the address is not public'],
    ['http://0x0a000001/', 'the address is not public'],
    ['http://public.example@10.0.0.1/', 'the address is not public'],
  ])('%s', async (url, reason) => {
    await expect(given().ask(url)).rejects.toEqual(refusal('hook.target_refused', { reason }));
  });

  test('this machine, when it is not allowed, by address and by name', async () => {
    const server = await startHookServer();
    const { ask } = given({ allow: [] });
    const refused = refusal('hook.target_refused', { reason: 'the address is not public' });
    await expect(ask(server.url)).rejects.toEqual(refused);
    await expect(ask(server.url.replace('127.0.0.1', 'localhost'))).rejects.toEqual(refused);
    expect(server.connections()).toBe(0);
  });

  test('the exchange itself, by address and by name', async () => {
    const server = await startHookServer();
    const { ask } = given({ ownPorts: [server.port] });
    const refused = refusal('hook.target_refused', {
      reason: 'the address is part of the exchange',
    });
    await expect(ask(server.url)).rejects.toEqual(refused);
    await expect(ask(server.url.replace('127.0.0.1', 'localhost'))).rejects.toEqual(refused);
    expect(server.connections()).toBe(0);
  });

  test('a name that leads elsewhere the second time', async () => {
    const server = await startHookServer((response) =>
      response.writeHead(200, { connection: 'close' }).end(),
    );
    const answers = ['127.0.0.1', '10.0.0.1', '169.254.169.254', '127.0.0.1'];
    const { ask } = given({
      resolve: async () => [{ address: answers.shift() ?? '', family: 4 }],
    });
    const url = `http://rebinding.example:${server.port}/`;
    const refused = refusal('hook.target_refused', { reason: 'the address is not public' });
    expect(await ask(url)).toMatchObject({ status: 200 });
    await expect(ask(url)).rejects.toEqual(refused);
    await expect(ask(url)).rejects.toEqual(refused);
    expect(await ask(url)).toMatchObject({ status: 200 });
  });

  test('of the addresses of a name those that are private; the others are', async () => {
    const server = await startHookServer();
    const { ask } = given({
      resolve: async () => [
        { address: '10.0.0.1', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ],
    });
    expect(await ask(`http://both.example:${server.port}/`)).toMatchObject({ status: 200 });
  });
});

test('one line is written for an exchange, with nothing that is secret', async () => {
  const lines: object[] = [];
  const logger = { ...silentLogger, debug: (fields: object) => void lines.push(fields) };
  const server = await startHookServer(saysJson({ pin: '4711' }));
  const { ask } = given({ logger });
  const secret = { username: 'joe', password: 's3cret', payload: { pin: '4711' } };
  await ask(`${server.url}/path?token=s3cret`, secret);
  await ask('http://10.0.0.1/', secret).catch(() => undefined);
  expect(lines).toEqual([
    { host: `127.0.0.1:${server.port}`, status: 200, failed: undefined, ms: expect.any(Number) },
    { host: undefined, status: undefined, failed: 'hook.target_refused', ms: expect.any(Number) },
  ]);
});
