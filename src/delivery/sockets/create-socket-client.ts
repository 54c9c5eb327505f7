import type WebSocket from 'ws';
import {
  type SocketClient,
  type SocketRequest,
  socketMalformed,
  socketTargetRefused,
} from '../../core/sockets/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { isDomainError } from '../../kernel/domain-error.ts';
import type { Logger } from '../../kernel/logger.ts';
import { basicCredentials } from '../basic-credentials.ts';
import { checkTarget, type Resolve, resolveBySystem, TargetRefused } from '../guarded-target.ts';
import type { TargetGuard } from '../target-guard.ts';
import { tryAgain } from '../try-again.ts';
import { type HandshakeEnd, shakeHands } from './handshake.ts';
import { openSocket } from './open-socket.ts';

/** @see contracts/jambonz.json (websocket) */
const usual = { handshakeTimeoutMs: 1_500, maxFrameBytes: 24_576, pingEveryMs: 25_000 } as const;

/** How often an answer may lead elsewhere. @see contracts/jambonz.json (websocket.max_redirects) */
const mostRedirects = 2;

const sockets = { protocols: ['ws:', 'wss:'], words: 'only ws and wss are opened' };

/** Headers that are for one origin only. */
const isPrivate = (name: string): boolean => /^(authorization|cookie)$/i.test(name);

export interface SocketPorts {
  readonly guard: TargetGuard;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How names become addresses; the system's way if nothing is said. */
  readonly resolve?: Resolve;
  /** From 0 to 1, for the length of waits. */
  readonly random?: () => number;
}

/** Where an answer leads, as a socket: web addresses stand for sockets. */
function whereTo(location: string, from: URL): string {
  if (!URL.canParse(location, from.href)) throw socketMalformed('it leads to no address');
  const { href } = new URL(location, from);
  return href.replace(/^http/, 'ws');
}

/** Builds the client; `close` says goodbye to everybody, since the server goes away. */
export function createSocketClient(ports: SocketPorts): SocketClient & { close(): void } {
  const { guard, clock, logger, resolve = resolveBySystem, random = Math.random } = ports;
  const open = new Set<WebSocket>();

  const target = (text: string): URL => {
    try {
      return checkTarget(text, guard, sockets);
    } catch (error) {
      throw error instanceof TargetRefused ? socketTargetRefused(error.message) : error;
    }
  };
  /** Follows where it is led, without what is meant for the first origin only. */
  const connect = async (request: SocketRequest): Promise<WebSocket> => {
    const limitMs = request.handshakeTimeoutMs ?? usual.handshakeTimeoutMs;
    const until = new Date(clock.now().getTime() + limitMs);
    let url = target(request.url);
    let headers = { ...request.headers, ...basicCredentials(request, url) };
    for (let turn = 0; turn <= mostRedirects; turn += 1) {
      const end: HandshakeEnd = await shakeHands({
        url: bare(url),
        headers,
        subprotocol: request.subprotocol,
        maxFrameBytes: request.maxFrameBytes ?? usual.maxFrameBytes,
        allowSelfSigned: request.allowSelfSigned ?? false,
        signal: request.signal,
        guard,
        resolve,
        clock,
        until,
        limitMs,
      });
      if (end.connection) return end.connection;
      const next = target(whereTo(end.location, url));
      if (next.origin !== url.origin)
        headers = Object.fromEntries(Object.entries(headers).filter(([name]) => !isPrivate(name)));
      url = next;
    }
    throw socketMalformed('it leads elsewhere too often');
  };
  const attempt = async (request: SocketRequest) => {
    const began = performance.now();
    const host = URL.canParse(request.url) ? new URL(request.url).host : undefined;
    const log = (fields: object, message: string) =>
      logger.debug({ host, ...fields, ms: Math.round(performance.now() - began) }, message);
    try {
      const connection = await connect(request);
      open.add(connection);
      log({}, 'a socket was opened');
      return openSocket(connection, {
        clock,
        pingEveryMs: request.pingEveryMs ?? usual.pingEveryMs,
        onEnd(code) {
          open.delete(connection);
          log({ code }, 'a socket has ended');
        },
      });
    } catch (error) {
      log({ failed: isDomainError(error) ? error.code : 'ended' }, 'a socket was not opened');
      throw error;
    }
  };
  return {
    open: (request) => tryAgain({ clock, random }, request, () => attempt(request)),
    close() {
      for (const connection of open) connection.close(1001, 'the exchange goes away');
    },
  };
}

/** Without credentials, which go into a header, and without the fragment, which is ours. */
function bare(url: URL): URL {
  const short = new URL(url);
  short.username = '';
  short.password = '';
  short.hash = '';
  return short;
}
