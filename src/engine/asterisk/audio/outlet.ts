/** What the engine says on a wire. @see Asterisk 22, channel driver WebSocket, JSON control messages */
export interface WireEvent {
  readonly event?: string;
  readonly optimal_frame_size?: number;
  readonly correlation_id?: string;
}

/** What waits for the engine to take more: a frame, or a mark between two. */
type Waiting = { readonly frame: Buffer } | { readonly mark: string };

/** Bytes of sound that wait for the engine at most: about half an hour at 8,000 Hz. */
const mostWaitingBytes = 32 * 1024 * 1024;

/**
 * Cuts sound into the frames that the engine wants; it says when it has enough and when it takes more. Sound that comes
 * when too much waits is lost.
 */
export function createOutlet(
  send: (message: Buffer | object) => void,
  mostBytes = mostWaitingBytes,
) {
  let frameBytes = 0;
  let rest = Buffer.alloc(0);
  let waiting: Waiting[] = [];
  /** The first of those that wait. */
  let next = 0;
  let isFull = false;
  let marks = 0;
  const marked = new Map<string, (spoken: boolean) => void>();

  const flow = () => {
    for (; !isFull && next < waiting.length; next += 1) {
      const one = waiting[next];
      if (one && 'frame' in one) send(one.frame);
      else if (one) send({ command: 'MARK_MEDIA', correlation_id: one.mark });
    }
    if (next < waiting.length) return;
    waiting = [];
    next = 0;
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
      if ((waiting.length - next) * frameBytes > mostBytes) return;
      rest = Buffer.concat([rest, pcm]);
      cut();
      flow();
    },
    hush() {
      rest = Buffer.alloc(0);
      waiting = [];
      next = 0;
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
