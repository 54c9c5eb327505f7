import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { eventually } from './eventually.ts';

/** Somebody outside who gets the sound of a call and speaks to it. */
export interface AudioApplication {
  readonly url: string;
  /** Messages in text, in order. The first says what call it is. */
  readonly texts: readonly Readonly<Record<string, unknown>>[];
  readonly subprotocols: readonly string[];
  readonly authorizations: readonly (string | undefined)[];
  /** Bytes of sound so far. */
  readonly soundBytes: () => number;
  /** The last samples that were heard: mono, or one of two channels. */
  heard(lastSamples: number, channel?: 0 | 1): Float32Array;
  /** Forgets what was heard so far. */
  forget(): void;
  say(message: object | Buffer): void;
  /** The first text that fits. */
  told(
    fits: (text: Readonly<Record<string, unknown>>) => boolean,
  ): Promise<Readonly<Record<string, unknown>>>;
  closed(): Promise<number>;
  stop(): Promise<void>;
}

const samplesOf = (pcm: Buffer, channels: number, channel: number): Float32Array =>
  Float32Array.from(
    { length: Math.floor(pcm.length / 2 / channels) },
    (_, at) => pcm.readInt16LE((at * channels + channel) * 2) / 32_768,
  );

export async function startAudioApplication(channels: 1 | 2 = 1): Promise<AudioApplication> {
  const texts: Record<string, unknown>[] = [];
  const subprotocols: string[] = [];
  const authorizations: (string | undefined)[] = [];
  let sound: Buffer[] = [];
  let newest: WebSocket | undefined;
  let closeCode: number | undefined;
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  server.on('connection', (socket, request) => {
    newest = socket;
    subprotocols.push(socket.protocol);
    authorizations.push(request.headers.authorization);
    socket.on('message', (bytes: Buffer, isBinary) => {
      if (isBinary) sound.push(bytes);
      else texts.push(JSON.parse(bytes.toString('utf8')) as Record<string, unknown>);
    });
    socket.on('close', (code) => {
      closeCode = code;
    });
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}/audio`,
    texts,
    subprotocols,
    authorizations,
    soundBytes: () => sound.reduce((sum, one) => sum + one.length, 0),
    heard(lastSamples, channel = 0) {
      const all = Buffer.concat(sound);
      const bytes = lastSamples * 2 * channels;
      return samplesOf(all.subarray(Math.max(0, all.length - bytes)), channels, channel);
    },
    forget() {
      sound = [];
    },
    say: (message) => newest?.send(Buffer.isBuffer(message) ? message : JSON.stringify(message)),
    told: (fits) =>
      eventually(() => texts.find(fits), {
        because: () => `it was not told so; there were ${JSON.stringify(texts.slice(0, 10))}`,
      }),
    closed: () =>
      eventually(() => closeCode, { because: () => 'the socket of the sound is still open' }),
    async stop() {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
