import type { HookHeaders, HookRetry } from '../hooks/index.ts';

/** A websocket that is wanted to an address that somebody outside gave. */
export interface SocketRequest {
  /** Absolute, ws or wss. Credentials in it count unless `username` is given; its fragment is not sent. */
  readonly url: string;
  /** The other side must choose it too. */
  readonly subprotocol?: string | undefined;
  /** Sent as Basic credentials if both are there; not to another origin that the first one leads to. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly headers?: HookHeaders | undefined;
  /** Milliseconds until it must be open, redirects included. 1,500 if nothing is said. */
  readonly handshakeTimeoutMs?: number | undefined;
  /** Bytes of a message from the other side; a larger one ends the socket. 24,576 if nothing is said. */
  readonly maxFrameBytes?: number | undefined;
  /** Milliseconds between two pings; whoever is silent from one to the next is gone. 25,000 if nothing is said. */
  readonly pingEveryMs?: number | undefined;
  readonly retry?: HookRetry | undefined;
  /** Lets a server of somebody who asked for it prove itself with a certificate that nobody signed. */
  readonly allowSelfSigned?: boolean | undefined;
  /** Whoever waited does so no longer. It has no say once the socket is open. */
  readonly signal?: AbortSignal | undefined;
}

/** An open websocket. Losing it loses nothing but itself. */
export interface Socket {
  /**
   * Sends a message, text or binary.
   * @returns whether more may be sent at once. If not, wait for `drained` or leave out what can be; whoever
   * sends on all the same is cut off when megabytes wait. Nothing is sent on a socket that has ended.
   */
  send(message: string | Uint8Array): boolean;
  /** Resolves when more may be sent. @throws {DomainError} `socket.closed` */
  drained(): Promise<void>;
  /** Hears of every message from the first on. Text is a string, binary a buffer. */
  onMessage(listener: (message: string | Buffer) => void): void;
  /**
   * Hears once that the socket has ended, also if it has already. 1006 means without a goodbye; 1002, 1007 and
   * 1009 that the other side sent what may not be sent. @see RFC 6455, section 7.4.1
   */
  onClose(listener: (code: number, reason: string) => void): void;
  /** Says goodbye and ends; messages that still come are not heard. @param code - 1000 if nothing is said */
  close(code?: number, reason?: string): void;
}

/** Opens websockets to addresses that somebody outside gave. Only what may be reached is. */
export interface SocketClient {
  /**
   * Resolves with an open socket. It is led elsewhere twice at most, and every step must be allowed.
   * @throws {DomainError} `socket.target_refused`, `socket.unreachable`, `socket.timed_out`, `socket.answered`,
   * `socket.malformed`: of the last attempt
   * @throws the reason of `signal`, if that ended it
   */
  open(request: SocketRequest): Promise<Socket>;
}
