import { createServer, type Server } from 'node:http';
import { writeWav } from '../../src/media/index.ts';
import { tone } from '../../src/phones/index.ts';

/** A web server on this machine with sounds for announcements. */
export interface SoundServer {
  readonly url: string;
  stop(): Promise<void>;
}

const files: Readonly<Record<string, () => Buffer>> = {
  /** Two seconds of 700 Hz in the form that the exchange plays. */
  '/good.wav': () => writeWav(tone(700, 2), 8_000),
  '/wideband.wav': () => writeWav(tone(700, 1), 16_000),
  '/text.wav': () => Buffer.from('this is no sound at all'),
  '/huge.wav': () => Buffer.alloc(6_000_000),
};

/** A tone of so many Hz, so many seconds long: `/tone-900-2.wav`. */
function toneAt(path: string): Buffer | undefined {
  const [, hz, seconds] = /^\/tone-(\d{2,4})-(\d{1,2})\.wav$/.exec(path) ?? [];
  return hz && seconds ? writeWav(tone(Number(hz), Number(seconds)), 8_000) : undefined;
}

export async function startSoundServer(): Promise<SoundServer> {
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '';
    const file = files[path]?.() ?? toneAt(path);
    if (file) response.writeHead(200, { 'content-type': 'audio/wav' }).end(file);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
