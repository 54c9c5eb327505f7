import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AriHttp, createAriHttp } from './ari-http.ts';

const leg = { channelId: 'a/b c' };

let ari: AriHttp;
let answer = { status: 204, body: '' };
let asked: { line: string; body: string }[] = [];

const read = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};

const server = createServer((request, response) => {
  void read(request).then((body) => {
    asked.push({ line: `${request.method} ${request.url}`, body });
    response.writeHead(answer.status).end(answer.body);
  });
});

beforeEach(async () => {
  asked = [];
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  ari = createAriHttp({ httpPort: port, amiPort: 0, secret: 'secret' });
});

afterEach(async () => {
  await ari.close();
  await new Promise((resolve) => server.close(resolve));
});

describe('a command to the engine', () => {
  test('is a method, a path with encoded parts, and a query without what is undefined', async () => {
    answer = { status: 204, body: '' };
    await ari.send('POST /channels/{channelId}/dial', {
      command: 'dial leg',
      path: leg,
      query: { timeout: 30, caller: undefined },
    });
    await ari.send('POST /bridges/{bridgeId}/addChannel', {
      command: 'join',
      path: { bridgeId: 'one' },
      query: { channel: ['a', 'b'] },
    });
    expect(asked).toEqual([
      { line: 'POST /ari/channels/a%2Fb%20c/dial?timeout=30', body: '' },
      { line: 'POST /ari/bridges/one/addChannel?channel=a%2Cb', body: '' },
    ]);
  });

  test('carries lists whose parts hold commas in its body', async () => {
    answer = { status: 201, body: '{"id":"p","state":"queued"}' };
    const playback = await ari.send('POST /channels/{channelId}/play/{playbackId}', {
      command: 'play',
      path: { channelId: 'c', playbackId: 'p' },
      body: { media: ['tone:350,440'] },
    });
    expect(playback?.state).toBe('queued');
    expect(asked).toEqual([
      { line: 'POST /ari/channels/c/play/p', body: '{"media":["tone:350,440"]}' },
    ]);
  });

  test('succeeds where the refusal says that it is as was asked for', async () => {
    answer = { status: 404, body: '{"message":"Channel not found"}' };
    await expect(
      ari.send('DELETE /channels/{channelId}', {
        command: 'hang up',
        path: leg,
        alreadyDone: [404],
      }),
    ).resolves.toBeUndefined();
  });

  test('tells a leg that is gone from other refusals, and both from an engine out of reach', async () => {
    const ask = () =>
      ari.send('POST /channels/{channelId}/answer', { command: 'answer', path: leg });
    answer = { status: 404, body: '{"message":"Channel not found"}' };
    await expect(ask()).rejects.toMatchObject({ code: 'engine.leg_gone' });
    answer = { status: 412, body: '{"message":"Channel in invalid state"}' };
    await expect(ask()).rejects.toMatchObject({ code: 'engine.refused' });
    await ari.close();
    await expect(ask()).rejects.toMatchObject({ code: 'engine.unavailable' });
  });

  test('does not compile with a parameter, a value or a status that the engine does not know', () => {
    const neverSent = [
      // @ts-expect-error -- There is no such operation.
      () => ari.send('POST /channels/{channelId}/park', { command: '', path: leg }),
      // @ts-expect-error -- The path lacks its channel.
      () => ari.send('POST /channels/{channelId}/answer', { command: '' }),
      () =>
        ari.send('POST /channels/{channelId}/dial', {
          command: '',
          path: leg,
          // @ts-expect-error -- The parameter is called `timeout`.
          query: { timeOut: 30 },
        }),
      () =>
        ari.send('POST /channels/{channelId}/mute', {
          command: '',
          path: leg,
          // @ts-expect-error -- The directions are both, in, out.
          query: { direction: 'left' },
        }),
      // @ts-expect-error -- The query lacks what to play.
      () => ari.send('POST /channels/{channelId}/play', { command: '', path: leg }),
      () =>
        ari.send('DELETE /channels/{channelId}', {
          command: '',
          path: leg,
          // @ts-expect-error -- It answers 400 or 404.
          alreadyDone: [409],
        }),
    ];
    expect(asked).toEqual([]);
    expect(neverSent).toHaveLength(6);
  });
});
