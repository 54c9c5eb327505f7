import type { ClientRequest, ClientRequestArgs, IncomingMessage } from 'node:http';
import WebSocket from 'ws';
import {
  socketAnswered,
  socketMalformed,
  socketTargetRefused,
  socketTimedOut,
  socketUnreachable,
} from '../../core/sockets/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { isDomainError } from '../../kernel/domain-error.ts';
import { whyUnreachable } from '../connect-errors.ts';
import { guardedLookup, portOf, type Resolve, TargetRefused } from '../guarded-target.ts';
import type { TargetGuard } from '../target-guard.ts';

/** Milliseconds that the other side has to answer our goodbye. */
const goodbyeMs = 5_000;

export interface Handshake {
  readonly url: URL;
  readonly subprotocol: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxFrameBytes: number;
  readonly allowSelfSigned: boolean;
  readonly guard: TargetGuard;
  readonly resolve: Resolve;
  readonly clock: Clock;
  /** When it must be over, and how long that was from the beginning. */
  readonly until: Date;
  readonly limitMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Where a handshake led: to an open connection, or elsewhere. */
export type HandshakeEnd =
  | { readonly connection: WebSocket }
  | { readonly location: string; readonly connection?: undefined };

/** @param isConnected - then what we do not know is the doing of the other side; else it is a bug */
function translate(error: Error, isConnected: boolean): Error {
  if (isDomainError(error)) return error;
  if (error instanceof TargetRefused) return socketTargetRefused(error.message);
  const reason = whyUnreachable(error);
  if (reason) return socketUnreachable(reason, error);
  return isConnected ? socketMalformed('it opens no socket of this kind', error) : error;
}

const leadsTo = ({ statusCode = 0, headers }: IncomingMessage): string | undefined =>
  statusCode >= 300 && statusCode < 400 ? headers.location : undefined;

/**
 * One handshake, at one address that was checked. Whoever gets the open connection resumes it, with listeners
 * for its first message in place.
 * @throws {DomainError} `socket.target_refused`, `socket.unreachable`, `socket.timed_out`, `socket.answered`,
 * `socket.malformed`
 * @throws the reason of the signal
 */
export function shakeHands(wish: Handshake): Promise<HandshakeEnd> {
  const { url, clock, signal, limitMs } = wish;
  return new Promise((resolve, reject) => {
    let isConnected = false;
    let isOver = false;
    const options: WebSocket.ClientOptions &
      Pick<ClientRequestArgs, 'lookup'> & { closeTimeout: number } = {
      headers: { ...wish.headers },
      lookup: guardedLookup(wish.guard, portOf(url), wish.resolve),
      rejectUnauthorized: !wish.allowSelfSigned,
      maxPayload: wish.maxFrameBytes,
      perMessageDeflate: false,
      closeTimeout: goodbyeMs,
      finishRequest(request) {
        request.once('socket', (socket) => {
          socket.once(url.protocol === 'wss:' ? 'secureConnect' : 'connect', () => {
            isConnected = true;
          });
        });
        request.end();
      },
    };
    const connection = new WebSocket(url.href, wish.subprotocol ?? [], options);
    const end = (): boolean => {
      if (isOver) return false;
      isOver = true;
      forgetTimer();
      signal?.removeEventListener('abort', cancel);
      return true;
    };
    const fail = (error: Error) => {
      if (!end()) return;
      connection.terminate();
      reject(error);
    };
    const cancel = () => fail(signal?.reason as Error);
    const forgetTimer = clock.wakeAt(wish.until, () =>
      fail(socketTimedOut(isConnected ? 'answer' : 'connect', limitMs)),
    );
    signal?.addEventListener('abort', cancel, { once: true });
    const onError = (error: Error) => fail(translate(error, isConnected));
    connection.on('error', onError);
    connection.on('unexpected-response', (request: ClientRequest, response: IncomingMessage) => {
      const location = leadsTo(response);
      request.destroy();
      if (location === undefined) return fail(socketAnswered(response.statusCode ?? 0));
      if (end()) resolve({ location });
    });
    connection.on('open', () => {
      if (!end()) return;
      connection.pause();
      resolve({ connection });
    });
    if (signal?.aborted) cancel();
  });
}
