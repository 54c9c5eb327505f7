import WebSocket from 'ws';
import type { EngineAccess } from '../options.ts';

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

/** What the engine says on a wire. @see Asterisk 22, channel driver WebSocket, JSON control messages */
interface WireEvent {
  readonly event?: string;
  readonly optimal_frame_size?: number;
  readonly correlation_id?: string;
}

/** Milliseconds in which a wire must be open. */
const openLimitMs = 3_000;

/** What waits for the engine to take more: a frame, or a mark between two. */
type Waiting = { readonly frame: Buffer } | { readonly mark: string };

function readEvent(text: string): WireEvent {
  try {
    return JSON.parse(text) as WireEvent;
  } catch {
    return {};
  }
}

/** Cuts sound into the frames that the engine wants; it says when it has enough and when it takes more. */
function createOutlet(send: (message: Buffer | object) => void) {
  let frameBytes = 0;
  let rest = Buffer.alloc(0);
  let waiting: Waiting[] = [];
  let isFull = false;
  let marks = 0;
  const marked = new Map<string, (spoken: boolean) => void>();

  const flow = () => {
    while (!isFull) {
      const next = waiting.shift();
      if (!next) return;
      if ('frame' in next) send(next.frame);
      else send({ command: 'MARK_MEDIA', correlation_id: next.mark });
    }
  };
  const settle = (mark: string, spoken: boolean) => {
    marked.get(mark)?.(spoken);
    marked.delete(mark);
  };
  const cut = () => {
    while (frameBytes > 0 && rest.length >= frameBytes) {
      waiting.push({ frame: rest.subarray(0, frameBytes) });
      rest = rest.subarray(frameBytes);
    }
  };
  /** What is too short for a frame is made long enough. */
  const fill = () => {
    if (rest.length === 0 || frameBytes === 0) return;
    rest = Buffer.concat([rest, Buffer.alloc(frameBytes - rest.length)]);
    cut();
  };
  const dropMarks = () => {
    for (const mark of [...marked.keys()]) settle(mark, false);
  };
  return {
    speak(pcm: Buffer) {
      rest = Buffer.concat([rest, pcm]);
      cut();
      flow();
    },
    hush() {
      rest = Buffer.alloc(0);
      waiting = [];
      send({ command: 'FLUSH_MEDIA' });
      dropMarks();
    },
    spoken(): Promise<boolean> {
      fill();
      marks += 1;
      const mark = String(marks);
      const result = new Promise<boolean>((resolve) => marked.set(mark, resolve));
      waiting.push({ mark });
      flow();
      return result;
    },
    hear({ event, optimal_frame_size: bytes, correlation_id: mark }: WireEvent) {
      if (event === 'MEDIA_START' && bytes) frameBytes = bytes;
      if (event === 'MEDIA_XOFF') isFull = true;
      if (event === 'MEDIA_XON') isFull = false;
      if (event === 'MEDIA_MARK_PROCESSED' && mark !== undefined) settle(mark, true);
      flow();
    },
    end: dropMarks,
  };
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
