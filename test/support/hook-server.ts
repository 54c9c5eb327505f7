import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { certificate } from './certificate.ts';

/** A request as it came. */
export interface AskedHook {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type HookAnswering = (response: ServerResponse, asked: AskedHook, count: number) => void;

/** A server of somebody else on this machine, until the test is over. */
export interface HookServer {
  readonly port: number;
  readonly url: string;
  readonly asked: readonly AskedHook[];
  /** How many connections were made to it. */
  readonly connections: () => number;
  /** Stops listening and breaks what is connected. */
  close(): Promise<void>;
}

/** @param answering - what it does with a request; `count` is 1 for the first */
export async function startHookServer(
  answering: HookAnswering = (response) => response.end(),
  options: { readonly tls?: boolean; readonly port?: number } = {},
): Promise<HookServer> {
  const asked: AskedHook[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = options.tls ? createTlsServer(certificate) : createServer();
  server.on('request', (request, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const body = Buffer.concat(chunks).toString('utf8');
      asked.push({ method, path: url, headers, body });
      answering(response, asked.at(-1) as AskedHook, asked.length);
    });
  });
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  onTestFinished(close);
  return {
    port,
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    asked,
    connections: () => connections,
    close,
  };
}

/** Answers with JSON. */
export const saysJson =
  (value: unknown, status = 200): HookAnswering =>
  (response) =>
    response
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
      .end(JSON.stringify(value));

/** Answers with a status and nothing else. */
export const saysStatus =
  (status: number): HookAnswering =>
  (response) =>
    response.writeHead(status).end();
