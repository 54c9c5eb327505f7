import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from './eventually.ts';

/** A request that reached a hook. */
export interface SeenHook {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

type Reply = (seen: SeenHook) => unknown;

/** The web server of an application: answers hooks with what a test tells it to. */
export interface ApplicationServer {
  readonly url: string;
  /** What it was asked so far, in order. */
  readonly seen: readonly SeenHook[];
  /** From now on a path is answered with this JSON; `undefined`: 204. */
  on(path: string, reply: object | undefined): void;
  /** The first request to a path that fits. */
  asked(path: string, fits?: (seen: SeenHook) => boolean): Promise<SeenHook>;
  /** Nobody listens there, and what is connected breaks. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

/** @see contracts/jambonz.json, webhooks.transport: signature */
export function isSigned({ headers, text }: SeenHook, secret: string): boolean {
  const [, at = '', sent = ''] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers['jambonz-signature'] ?? '') ?? [];
  return sent === createHmac('sha256', secret).update(`${at}.${text}`).digest('hex');
}

const readBody = (text: string): Record<string, unknown> =>
  text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);

export async function startApplicationServer(): Promise<ApplicationServer> {
  const seen: SeenHook[] = [];
  const replies = new Map<string, Reply>();
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const path = new URL(request.url ?? '/', 'http://hook').pathname;
      const hook: SeenHook = {
        path,
        method: request.method ?? '',
        headers: request.headers as Record<string, string | undefined>,
        body: readBody(text),
        text,
      };
      seen.push(hook);
      const answer = replies.get(path)?.(hook);
      if (answer === undefined) return void response.writeHead(204).end();
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    on: (path, reply) => void replies.set(path, () => reply),
    asked: (path, fits = () => true) =>
      eventually(() => seen.find((hook) => hook.path === path && fits(hook)), {
        because: () =>
          `${path} was not asked so; there were ${JSON.stringify(seen.map((hook) => [hook.path, hook.body.call_status, hook.body.reason]))}`,
      }),
    goAway: close,
    comeBack: () => listen(port),
    stop: close,
  };
}
