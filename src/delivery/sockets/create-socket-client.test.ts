import { describe, expect, onTestFinished, test } from 'vitest';
import type { WebSocket } from 'ws';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { startRawServer } from '../../../test/support/raw-server.ts';
import { refuses, startSocketServer } from '../../../test/support/socket-server.ts';
import { until } from '../../../test/support/until.ts';
import type { Socket, SocketRequest } from '../../core/sockets/index.ts';
import { type Logger, silentLogger } from '../../kernel/logger.ts';
import type { Resolve } from '../guarded-target.ts';
import { createTargetGuard } from '../target-guard.ts';
import { createSocketClient } from './create-socket-client.ts';

/** A client that may reach this machine, on a clock that stands still. */
function given(
  options: {
    readonly allow?: readonly string[];
    readonly ownPorts?: readonly number[];
    readonly resolve?: Resolve;
    readonly logger?: Logger;
  } = {},
) {
  const clock = createFakeClock();
  const client = createSocketClient({
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
  const open = (url: string, more: Partial<SocketRequest> = {}) => client.open({ url, ...more });
  return { clock, client, open };
}

const refusal = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

/** Everything that a socket tells. */
function heardOn(socket: Socket) {
  const messages: (string | Buffer)[] = [];
  const ends: { readonly code: number; readonly reason: string }[] = [];
  socket.onMessage((message) => messages.push(message));
  socket.onClose((code, reason) => ends.push({ code, reason }));
  return { messages, ends };
}

/** Repeats what it is sent. */
const echo = (socket: WebSocket) =>
  socket.on('message', (bytes, isBinary) => socket.send(bytes, { binary: isBinary }));

describe('a socket that is opened', () => {
  test('carries text and bytes both ways', async () => {
    const server = await startSocketServer(echo);
    const socket = await given().open(`${server.url}/app?x=1#rc=2`);
    const { messages } = heardOn(socket);
    expect(socket.send('{"type":"ack","täxt":"ü"}')).toBe(true);
    expect(socket.send(Buffer.from([0, 1, 255]))).toBe(true);
    await until(() => messages.length === 2, 'both come back');
    expect(messages).toEqual(['{"type":"ack","täxt":"ü"}', Buffer.from([0, 1, 255])]);
    expect(server.handshakes[0]?.path).toBe('/app?x=1');
  });

  test('says who it is, what it speaks, and the headers of the caller', async () => {
    const server = await startSocketServer();
    await given().open(server.url.replace('//', '//who:ever@'), {
      subprotocol: 'ws.jambonz.org',
      username: 'joe',
      password: 'se:cret',
      headers: { 'user-agent': 'jambonz' },
    });
    expect(server.handshakes[0]).toMatchObject({
      authorization: `Basic ${Buffer.from('joe:se:cret').toString('base64')}`,
      'sec-websocket-protocol': 'ws.jambonz.org',
      'user-agent': 'jambonz',
    });
    expect(server.handshakes[0]).not.toHaveProperty('sec-websocket-extensions');
  });

  test('hears what was said at once, before anybody listened', async () => {
    const server = await startSocketServer((socket) => {
      for (let n = 0; n < 100; n += 1) socket.send(`word ${n}`);
    });
    const socket = await given().open(server.url);
    await until(() => server.handshakes.length === 1, 'it is open');
    await new Promise((resolve) => setImmediate(resolve));
    const { messages } = heardOn(socket);
    await until(() => messages.length === 100, 'every word is heard');
    expect(messages).toEqual(Array.from({ length: 100 }, (_, n) => `word ${n}`));
  });

  test('over TLS is trusted only if somebody vouches for it, or the caller does', async () => {
    const server = await startSocketServer(echo, { tls: true });
    const { open } = given();
    await expect(open(server.url)).rejects.toEqual(
      refusal('socket.unreachable', { reason: 'tls' }),
    );
    const socket = await open(server.url, { allowSelfSigned: true });
    const { messages } = heardOn(socket);
    socket.send('hello');
    await until(() => messages.length === 1, 'it answers');
  });
});

describe('the end of a socket', () => {
  test('by the other side is told with its code and words, once', async () => {
    const server = await startSocketServer((socket) => socket.close(4_001, 'go away'));
    const socket = await given().open(server.url);
    const { ends } = heardOn(socket);
    await until(() => ends.length === 1, 'it ends');
    expect(ends).toEqual([{ code: 4_001, reason: 'go away' }]);
    expect(socket.send('x')).toBe(false);
    await expect(socket.drained()).rejects.toEqual(refusal('socket.closed'));
  });

  test('is told to whoever listens later', async () => {
    const server = await startSocketServer((socket) => socket.close(1_000));
    const socket = await given().open(server.url);
    const { ends } = heardOn(socket);
    await until(() => ends.length === 1, 'it ends');
    const later: number[] = [];
    socket.onClose((code) => later.push(code));
    expect(later).toEqual([1_000]);
  });

  test('by us is said to the other side, and nothing is heard after that', async () => {
    const said: unknown[] = [];
    const server = await startSocketServer((socket) => {
      socket.on('message', () => {
        for (let n = 0; n < 10; n += 1) socket.send('more');
      });
      socket.on('close', (code, reason) => said.push(code, reason.toString()));
    });
    const socket = await given().open(server.url);
    const { ends, messages } = heardOn(socket);
    socket.send('hello');
    socket.close(1_001, 'ü'.repeat(100));
    socket.close();
    await until(() => ends.length === 1, 'it ends');
    await until(() => said.length === 2, 'the other side knows');
    expect(said).toEqual([1_001, 'ü'.repeat(61)]);
    expect(ends[0]?.code).toBe(1_001);
    expect(messages).toEqual([]);
  });

  test('without a goodbye is 1006', async () => {
    const server = await startSocketServer((socket) => socket.terminate());
    const { ends } = heardOn(await given().open(server.url));
    await until(() => ends.length === 1, 'it ends');
    expect(ends[0]?.code).toBe(1_006);
  });

  test('comes when a message is larger than allowed', async () => {
    const server = await startSocketServer((socket) => {
      socket.send('x'.repeat(24_576));
      socket.send('x'.repeat(24_577));
    });
    const { ends, messages } = heardOn(await given().open(server.url));
    await until(() => ends.length === 1, 'it ends');
    expect(messages).toHaveLength(1);
    expect(ends[0]?.code).toBe(1_009);
  });

  test('comes when a message is larger than allowed in pieces', async () => {
    const server = await startSocketServer((socket) => {
      for (let n = 0; n < 100; n += 1) socket.send('x'.repeat(1_000), { fin: false });
    });
    const { ends } = heardOn(await given().open(server.url));
    await until(() => ends.length === 1, 'it ends');
    expect(ends[0]?.code).toBe(1_009);
  });

  test('comes when text is no text', async () => {
    const server = await startSocketServer((socket) =>
      socket.send(Buffer.from([0xff, 0xfe]), { binary: false }),
    );
    const { ends } = heardOn(await given().open(server.url));
    await until(() => ends.length === 1, 'it ends');
    expect(ends[0]?.code).toBe(1_007);
  });

  test('comes when the server goes away', async () => {
    const said: number[] = [];
    const server = await startSocketServer((socket) =>
      socket.on('close', (code) => said.push(code)),
    );
    const { client, open, clock } = given();
    heardOn(await open(server.url));
    client.close();
    await until(() => said.length === 1, 'the other side knows');
    expect(said).toEqual([1_001]);
    await until(() => clock.waiting() === 0, 'nobody is pinged any more');
  });
});

describe('silence', () => {
  test('is broken by pings, and whoever answers stays', async () => {
    const server = await startSocketServer((socket) => {
      // Its pong goes first.
      socket.on('ping', () => socket.send('pinged'));
    });
    const { open, clock } = given();
    const { ends, messages } = heardOn(await open(server.url, { pingEveryMs: 10_000 }));
    for (let n = 1; n <= 3; n += 1) {
      clock.advance({ seconds: 10 });
      await until(() => messages.length === n, 'a ping was answered');
    }
    expect(ends).toEqual([]);
  });

  test('of a peer that is gone ends the socket', async () => {
    let opened = 0;
    const server = await startSocketServer((socket) => {
      socket.pause();
      opened += 1;
    });
    const { open, clock } = given();
    const { ends } = heardOn(await open(server.url, { pingEveryMs: 10_000 }));
    await until(() => opened === 1, 'it is open');
    clock.advance({ seconds: 10 });
    expect(ends).toEqual([]);
    clock.advance({ seconds: 10 });
    await until(() => ends.length === 1, 'it ends');
    expect(ends).toEqual([{ code: 1_006, reason: 'it went silent' }]);
  });
});

describe('somebody who does not read', () => {
  const packet = Buffer.alloc(65_536);

  test('is noticed, and more is sent when it has read', async () => {
    const peers: WebSocket[] = [];
    let readBytes = 0;
    const server = await startSocketServer((socket) => {
      socket.on('message', (bytes: Buffer) => {
        readBytes += bytes.length;
      });
      socket.pause();
      peers.push(socket);
    });
    const socket = await given().open(server.url);
    await until(() => peers.length === 1, 'it is open');
    let sentBytes = 0;
    while (socket.send(packet)) sentBytes += packet.length;
    sentBytes += packet.length;
    let isDrained = false;
    const drained = socket.drained().then(() => {
      isDrained = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isDrained).toBe(false);
    peers[0]?.resume();
    await drained;
    await until(() => readBytes === sentBytes, 'everything has arrived');
    expect(socket.send('more')).toBe(true);
  });

  test('is cut off when megabytes wait', async () => {
    const server = await startSocketServer((socket) => socket.pause());
    const socket = await given().open(server.url);
    const { ends } = heardOn(socket);
    let sentBytes = 0;
    while (sentBytes < 100_000_000 && ends.length === 0) {
      for (let n = 0; n < 16; n += 1) socket.send(packet);
      sentBytes += 16 * packet.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(ends).toEqual([{ code: 1_006, reason: 'it does not read what it is sent' }]);
    expect(sentBytes).toBeLessThan(100_000_000);
  });
});

describe('a socket that cannot be opened', () => {
  test.each([400, 401, 403, 404, 500, 503, 200])('because of status %i', async (status) => {
    const server = await startSocketServer(undefined, { refuse: refuses(status) });
    await expect(given().open(server.url)).rejects.toEqual(refusal('socket.answered', { status }));
  });

  test('because nobody listens', async () => {
    const server = await startSocketServer();
    await server.close();
    await expect(given().open(server.url)).rejects.toEqual(
      refusal('socket.unreachable', { reason: 'refused' }),
    );
  });

  test('because nobody knows the name', async () => {
    await expect(given().open('ws://nobody.invalid/')).rejects.toEqual(
      refusal('socket.unreachable', { reason: 'unknown_host' }),
    );
  });

  test('because the other side hangs up', async () => {
    const server = await startRawServer((socket) => socket.destroy());
    await expect(given().open(server.url.replace('http', 'ws'))).rejects.toEqual(
      refusal('socket.unreachable', { reason: 'broken' }),
    );
  });

  test.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.9\r\n'],
    ['another protocol', 'HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n'],
    [
      'a wrong key',
      'HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n',
    ],
  ])('because the answer is %s', async (_what, bytes) => {
    const server = await startRawServer((socket) => socket.end(bytes));
    await expect(given().open(server.url.replace('http', 'ws'))).rejects.toEqual(
      refusal('socket.malformed'),
    );
  });

  test('because it speaks something else', async () => {
    const server = await startSocketServer(undefined, { subprotocol: 'chat' });
    await expect(given().open(server.url, { subprotocol: 'ws.jambonz.org' })).rejects.toEqual(
      refusal('socket.malformed'),
    );
  });

  test('because it does not answer in time', async () => {
    const server = await startSocketServer(undefined, { refuse: () => true });
    const { open, clock } = given();
    const opening = open(server.url);
    opening.catch(() => undefined);
    await until(() => server.handshakes.length === 1, 'it is asked');
    clock.advance({ seconds: 1.5 });
    await expect(opening).rejects.toEqual(
      refusal('socket.timed_out', { phase: 'answer', limitMs: 1_500 }),
    );
    expect(clock.waiting()).toBe(0);
  });

  test('because its name takes too long', async () => {
    const { open, clock } = given({ resolve: () => new Promise(() => undefined) });
    const opening = open('ws://slow.example/');
    opening.catch(() => undefined);
    clock.advance({ seconds: 1.5 });
    await expect(opening).rejects.toEqual(refusal('socket.timed_out', { phase: 'connect' }));
  });

  test('because nobody waits for it any more', async () => {
    const hungUp = new Error('the caller hung up');
    const server = await startSocketServer(undefined, { refuse: () => true });
    const { open, clock } = given();
    const caller = new AbortController();
    const opening = open(server.url, { signal: caller.signal });
    opening.catch(() => undefined);
    await until(() => server.handshakes.length === 1, 'it is asked');
    caller.abort(hungUp);
    await expect(opening).rejects.toBe(hungUp);
    expect(clock.waiting()).toBe(0);
    await expect(open(server.url, { signal: caller.signal })).rejects.toBe(hungUp);
    expect(server.handshakes).toHaveLength(1);
  });
});

test('opening is tried again as it is wanted', async () => {
  let refused = 0;
  const server = await startSocketServer(echo, {
    refuse(stream, request) {
      refused += 1;
      return refused <= 2 && refuses(503)(stream, request);
    },
  });
  const { open, clock } = given();
  const opening = open(server.url, { retry: { times: 5, on: ['5xx'] } });
  await until(() => clock.nextInMs() === 500, 'it waits');
  clock.advance({ seconds: 0.5 });
  await until(() => clock.nextInMs() === 1_000, 'it waits longer');
  clock.advance({ seconds: 1 });
  expect((await opening).send('hello')).toBe(true);
  expect(server.handshakes).toHaveLength(3);
});

describe('a socket that leads elsewhere', () => {
  const leadsTo = (location: string) => refuses(302, `Location: ${location}\r\n`);
  const secret = { username: 'joe', password: 'secret', headers: { Cookie: 'a=b', 'x-own': '1' } };

  test('is followed twice, with credentials as long as it is the same server', async () => {
    const server = await startSocketServer(echo, {
      refuse(stream, request) {
        if (request.url === '/1') return leadsTo('/2')(stream, request);
        return request.url === '/2' && leadsTo('3')(stream, request);
      },
    });
    const socket = await given().open(`${server.url}/1`, secret);
    expect(socket.send('hello')).toBe(true);
    expect(server.handshakes.map(({ path }) => path)).toEqual(['/1', '/2', '/3']);
    for (const { authorization } of server.handshakes) expect(authorization).toMatch(/^Basic/);
  });

  test('is not followed a third time', async () => {
    const server = await startSocketServer(undefined, { refuse: leadsTo('/') });
    await expect(given().open(server.url)).rejects.toEqual(refusal('socket.malformed'));
    expect(server.handshakes).toHaveLength(3);
  });

  test('to another server gets no credentials, and is a socket although it is called a page', async () => {
    const other = await startSocketServer(echo);
    const server = await startSocketServer(undefined, {
      refuse: leadsTo(other.url.replace('ws', 'http')),
    });
    await given().open(server.url, secret);
    expect(server.handshakes[0]).toHaveProperty('authorization');
    expect(other.handshakes[0]).toMatchObject({ 'x-own': '1' });
    expect(other.handshakes[0]).not.toHaveProperty('authorization');
    expect(other.handshakes[0]).not.toHaveProperty('cookie');
  });

  test.each([
    'ws://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data',
    '//[::1]/',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
  ])('to %s is not followed', async (location) => {
    const server = await startSocketServer(undefined, { refuse: leadsTo(location) });
    await expect(given().open(server.url)).rejects.toEqual(refusal('socket.target_refused'));
  });

  test('to the exchange itself is not followed, by address or by name', async () => {
    const own = await startSocketServer();
    for (const host of ['127.0.0.1', 'localhost']) {
      const server = await startSocketServer(undefined, {
        refuse: leadsTo(`ws://${host}:${own.port}/`),
      });
      await expect(given({ ownPorts: [own.port] }).open(server.url)).rejects.toEqual(
        refusal('socket.target_refused', { reason: 'the address is part of the exchange' }),
      );
    }
    expect(own.connections()).toBe(0);
  });

  test('shares the time of one handshake with where it leads', async () => {
    let isAsked = false;
    const server = await startSocketServer(undefined, {
      refuse(stream, request) {
        if (request.url === '/') return leadsTo('/slow')(stream, request);
        isAsked = true;
        return true;
      },
    });
    const { open, clock } = given();
    const opening = open(server.url);
    opening.catch(() => undefined);
    await until(() => isAsked, 'it was led on');
    expect(clock.nextInMs()).toBe(1_500);
    clock.advance({ seconds: 1.5 });
    await expect(opening).rejects.toEqual(refusal('socket.timed_out'));
  });
});

describe('what may not be reached is not', () => {
  test.each([
    ['http://hooks.example/', 'only ws and wss are opened'],
    ['/relative', 'the address cannot be read'],
    ['ws://10.0.0.1/', 'the address is not public'],
    ['wss://[::ffff:10.0.0.1]/', 'the address is not public'],
    ['ws://2130706433:1/', 'the address is part of the exchange'],
  ])('%s', async (url, reason) => {
    await expect(given({ ownPorts: [1] }).open(url)).rejects.toEqual(
      refusal('socket.target_refused', { reason }),
    );
  });

  test('a name that leads elsewhere the second time', async () => {
    const server = await startSocketServer();
    const answers = ['127.0.0.1', '192.168.0.1'];
    const { open } = given({
      resolve: async () => [{ address: answers.shift() ?? '', family: 4 }],
    });
    const url = `ws://rebinding.example:${server.port}/`;
    await open(url);
    await expect(open(url)).rejects.toEqual(
      refusal('socket.target_refused', { reason: 'the address is not public' }),
    );
    expect(server.connections()).toBe(1);
  });
});

test('lines are written when it opens, ends or does neither, with nothing that is secret', async () => {
  const lines: object[] = [];
  const logger = { ...silentLogger, debug: (fields: object) => void lines.push(fields) };
  const server = await startSocketServer((socket) => socket.close(1_000, 'secret'));
  const { open } = given({ logger });
  const { ends } = heardOn(await open(`${server.url}/secret?token=secret`, { password: 'secret' }));
  await until(() => ends.length === 1, 'it ends');
  await open('ws://secret:secret@10.0.0.1/').catch(() => undefined);
  const host = `127.0.0.1:${server.port}`;
  const ms = expect.any(Number) as number;
  expect(lines).toEqual([
    { host, ms },
    { host, ms, code: 1_000 },
    { host: '10.0.0.1', ms, failed: 'socket.target_refused' },
  ]);
});
