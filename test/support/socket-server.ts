import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { certificate } from './certificate.ts';

/** A websocket server of somebody else on this machine, until the test is over. */
export interface SocketServer {
  readonly port: number;
  readonly url: string;
  /** The headers of every handshake, in order. */
  readonly handshakes: readonly (IncomingHttpHeaders & { readonly path: string })[];
  readonly connections: () => number;
  close(): Promise<void>;
}

/** What it does with a handshake instead of opening. */
export type Refusing = (stream: Duplex, request: IncomingMessage) => boolean;

/** @param onSocket - what it does with an open socket */
export async function startSocketServer(
  onSocket: (socket: WebSocket) => void = () => undefined,
  options: {
    readonly tls?: boolean;
    readonly port?: number;
    readonly subprotocol?: string;
    readonly refuse?: Refusing;
  } = {},
): Promise<SocketServer> {
  const handshakes: (IncomingHttpHeaders & { readonly path: string })[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = options.tls ? createTlsServer(certificate) : createServer();
  const accepted = new WebSocketServer({
    noServer: true,
    handleProtocols: (wanted) => {
      const chosen = options.subprotocol ?? [...wanted][0];
      return chosen ?? false;
    },
  });
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => undefined);
    handshakes.push({ ...request.headers, path: request.url ?? '' });
    if (options.refuse?.(stream, request)) return;
    accepted.handleUpgrade(request, stream, head, (socket) => {
      socket.on('error', () => undefined);
      onSocket(socket);
    });
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
    url: `${options.tls ? 'wss' : 'ws'}://127.0.0.1:${port}`,
    handshakes,
    connections: () => connections,
    close,
  };
}

/** Refuses a handshake with a status. */
export const refuses =
  (status: number, headers = ''): Refusing =>
  (stream) => {
    stream.end(`HTTP/1.1 ${status} No\r\n${headers}Content-Length: 0\r\n\r\n`);
    return true;
  };
