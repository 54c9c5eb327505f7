import WebSocket from 'ws';
import type { Logger } from '../../kernel/logger.ts';
import type { AriEvent } from './ari-events.ts';
import { appName, type EngineAccess } from './options.ts';

export interface AriSocketListener {
  onOpen(): void;
  onEvent(event: AriEvent): void;
  /** Events stop; what happens until the next `onOpen` is not told. */
  onClosed(): void;
}

export interface AriSocket {
  close(): void;
}

/** Milliseconds between two attempts, growing. */
const retryMs = { least: 100, most: 5_000 };

/** Follows the engine's events; comes back by itself after every loss until it is closed. */
export function openAriSocket(
  access: EngineAccess,
  listener: AriSocketListener,
  logger: Logger,
): AriSocket {
  let socket: WebSocket | undefined;
  let closed = false;
  let waitMs = retryMs.least;
  let timer: NodeJS.Timeout | undefined;
  const url = `ws://127.0.0.1:${access.httpPort}/ari/events?app=${appName}&subscribeAll=false`;

  const connect = () => {
    let wasOpen = false;
    socket = new WebSocket(url, {
      auth: `${appName}:${access.secret}`,
      perMessageDeflate: false,
      handshakeTimeout: 3_000,
    });
    socket.on('open', () => {
      wasOpen = true;
      waitMs = retryMs.least;
      listener.onOpen();
    });
    socket.on('message', (message: Buffer) => {
      try {
        listener.onEvent(JSON.parse(message.toString('utf8')) as AriEvent);
      } catch (error) {
        logger.error({ err: error }, 'an event of the engine could not be read');
      }
    });
    socket.on('error', (error) => logger.debug({ err: error.message }, 'the event socket failed'));
    socket.on('close', () => {
      if (wasOpen) listener.onClosed();
      if (closed) return;
      timer = setTimeout(connect, waitMs);
      waitMs = Math.min(waitMs * 2, retryMs.most);
    });
  };
  connect();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.terminate();
    },
  };
}
