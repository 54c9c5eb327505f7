import WebSocket from 'ws';
import type { Socket } from '../../core/sockets/index.ts';
import { socketClosed } from '../../core/sockets/index.ts';
import type { Clock } from '../../kernel/clock.ts';

/** Bytes that may wait to be sent: more than these are said to be many, more than those end the socket. */
const manyBytes = 262_144;
const tooManyBytes = 4_194_304;

/** Messages that are kept for a listener that is not there yet; then no more are read. */
const mostHeld = 16;

/** Bytes of the reason of a goodbye. @see RFC 6455, section 5.5 */
const mostReasonBytes = 123;

/** How a socket ends whose other side sent what may not be sent. @see RFC 6455, section 7.4.1 */
const endOfFailure = (code: string): number => {
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') return 1009;
  if (code === 'WS_ERR_INVALID_UTF8') return 1007;
  return code.startsWith('WS_ERR_') ? 1002 : 1006;
};

const cut = (reason: string): string => {
  let short = reason;
  while (Buffer.byteLength(short) > mostReasonBytes) short = short.slice(0, -1);
  return short;
};

/** Tells one listener, from the first word on: what comes before it is there is kept for it. */
function createInbox(connection: WebSocket) {
  let listener: ((message: string | Buffer) => void) | undefined;
  let held: (string | Buffer)[] = [];
  return {
    put(message: string | Buffer): void {
      if (listener) return listener(message);
      held.push(message);
      if (held.length >= mostHeld) connection.pause();
    },
    listen(hears: (message: string | Buffer) => void): void {
      listener = hears;
      const waiting = held;
      held = [];
      for (const message of waiting) hears(message);
      connection.resume();
    },
  };
}

/** What waits to be sent. */
function createOutbox(connection: WebSocket, onFlooded: () => void) {
  let waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  const isOpen = () => connection.readyState === WebSocket.OPEN;
  const mayMore = () => isOpen() && connection.bufferedAmount < manyBytes;
  return {
    send(message: string | Uint8Array): boolean {
      if (!isOpen()) return false;
      connection.send(message, () => {
        if (waiting.length === 0 || connection.bufferedAmount > manyBytes / 2) return;
        for (const { resolve } of waiting.splice(0)) resolve();
      });
      if (connection.bufferedAmount > tooManyBytes) onFlooded();
      return mayMore();
    },
    drained: () =>
      new Promise<void>((resolve, reject) => {
        if (mayMore()) resolve();
        else if (isOpen()) waiting.push({ resolve, reject });
        else reject(socketClosed());
      }),
    end() {
      const given = waiting;
      waiting = [];
      for (const { reject } of given) reject(socketClosed());
    },
  };
}

/** An open connection as a socket: pinged, bounded, and over once. */
export function openSocket(
  connection: WebSocket,
  options: {
    readonly clock: Clock;
    readonly pingEveryMs: number;
    readonly onEnd: (code: number) => void;
  },
): Socket {
  const { clock, pingEveryMs } = options;
  let ended: { readonly code: number; readonly reason: string } | undefined;
  let tellEnd: ((code: number, reason: string) => void) | undefined;
  let failure: { readonly code: number; readonly reason: string } | undefined;
  let isHeard = true;
  let isSaidGoodbye = false;

  const breakOff = (reason: string) => {
    failure ??= { code: 1006, reason };
    connection.terminate();
  };
  const inbox = createInbox(connection);
  const outbox = createOutbox(connection, () => breakOff('it does not read what it is sent'));
  const hear = () => {
    isHeard = true;
  };
  const ping = () => {
    // What is not read cannot be heard.
    if (!isHeard && !connection.isPaused) return breakOff('it went silent');
    isHeard = false;
    connection.ping();
    forgetPing = clock.wakeAt(new Date(clock.now().getTime() + pingEveryMs), ping);
  };
  let forgetPing = clock.wakeAt(new Date(clock.now().getTime() + pingEveryMs), ping);

  connection.on('ping', hear);
  connection.on('pong', hear);
  connection.on('message', (bytes: Buffer, isBinary) => {
    hear();
    if (!isSaidGoodbye) inbox.put(isBinary ? bytes : bytes.toString('utf8'));
  });
  connection.on('error', (error: NodeJS.ErrnoException) => {
    failure ??= { code: endOfFailure(error.code ?? ''), reason: error.message };
  });
  connection.on('close', (code, reason) => {
    forgetPing();
    ended = failure ?? { code, reason: reason.toString('utf8') };
    outbox.end();
    options.onEnd(ended.code);
    tellEnd?.(ended.code, ended.reason);
  });
  connection.resume();
  return {
    send: (message) => outbox.send(message),
    drained: () => outbox.drained(),
    onMessage: (listener) => inbox.listen(listener),
    onClose(listener) {
      tellEnd = listener;
      if (ended) listener(ended.code, ended.reason);
    },
    close(code = 1000, reason = '') {
      if (isSaidGoodbye) return;
      isSaidGoodbye = true;
      connection.resume();
      connection.close(code, cut(reason));
    },
  };
}
