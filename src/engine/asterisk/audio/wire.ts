import WebSocket from 'ws';
import type { EngineAccess } from '../options.ts';
import { createOutlet, type WireEvent } from './outlet.ts';

/** One way of sound between the engine and this server. */
export interface Wire {
  onSound(listener: (pcm: Buffer) => void): void;
  speak(pcm: Buffer): void;
  hush(): void;
  /** @see LegAudio.spoken */
  spoken(): Promise<boolean>;
  onEnd(listener: () => void): void;
  close(): void;
}

/** Milliseconds in which a wire must be open. */
const openLimitMs = 3_000;

function readEvent(text: string): WireEvent {
  try {
    return JSON.parse(text) as WireEvent;
  } catch {
    return {};
  }
}

/**
 * Connects to a wire that the engine has made. Resolves when the engine says that sound may flow.
 * @throws {Error} when it does not in time
 */
export function openWire(access: EngineAccess, connectionId: string): Promise<Wire> {
  const url = `ws://127.0.0.1:${access.httpPort}/media/${encodeURIComponent(connectionId)}`;
  const socket = new WebSocket(url, 'media', {
    perMessageDeflate: false,
    handshakeTimeout: openLimitMs,
  });
  let hears: ((pcm: Buffer) => void) | undefined;
  let held: Buffer[] = [];
  let tellEnd: (() => void) | undefined;
  let isOver = false;
  const outlet = createOutlet((message) => {
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send(Buffer.isBuffer(message) ? message : JSON.stringify(message));
  });
  const wire: Wire = {
    onSound(listener) {
      hears = listener;
      for (const pcm of held.splice(0)) listener(pcm);
    },
    speak: outlet.speak,
    hush: outlet.hush,
    spoken: () => (isOver ? Promise.resolve(false) : outlet.spoken()),
    onEnd(listener) {
      tellEnd = listener;
      if (isOver) listener();
    },
    close: () => socket.close(),
  };
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      socket.terminate();
      reject(new Error('the engine says nothing on a wire'));
    }, openLimitMs);
    socket.on('message', (bytes: Buffer, isBinary) => {
      if (isBinary) {
        if (hears) hears(bytes);
        else held = [...held.slice(-50), bytes];
        return;
      }
      const event = readEvent(bytes.toString('utf8'));
      outlet.hear(event);
      if (event.event !== 'MEDIA_START') return;
      clearTimeout(limit);
      resolve(wire);
    });
    socket.on('error', reject);
    socket.on('close', () => {
      clearTimeout(limit);
      isOver = true;
      outlet.end();
      tellEnd?.();
      reject(new Error('a wire was closed before it was open'));
    });
  });
}
