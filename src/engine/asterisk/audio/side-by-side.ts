/** Bytes of a sample. */
const sampleBytes = 2;

/** Bytes of one side that wait for the other at most: 200 ms at 48 kHz. */
const mostWaiting = 19_200;

/**
 * Two channels that come by themselves as one with left and right. Where one is late the other waits; where it is
 * too late, silence takes its place.
 */
export function besides(listener: (pcm: Buffer) => void): {
  left(pcm: Buffer): void;
  right(pcm: Buffer): void;
} {
  let waiting: readonly [Buffer, Buffer] = [Buffer.alloc(0), Buffer.alloc(0)];
  const give = (bytes: number) => {
    const [left, right] = waiting;
    const both = Buffer.alloc(bytes * 2);
    for (let at = 0; at + 1 < bytes; at += sampleBytes) {
      if (at + 1 < left.length) left.copy(both, at * 2, at, at + sampleBytes);
      if (at + 1 < right.length) right.copy(both, at * 2 + sampleBytes, at, at + sampleBytes);
    }
    waiting = [left.subarray(bytes), right.subarray(bytes)];
    listener(both);
  };
  const flow = () => {
    const [left, right] = waiting;
    const ready = Math.min(left.length, right.length);
    if (ready > 0) give(ready - (ready % sampleBytes));
    const late = Math.max(waiting[0].length, waiting[1].length);
    if (late > mostWaiting) give(late - (late % sampleBytes));
  };
  return {
    left(pcm) {
      waiting = [Buffer.concat([waiting[0], pcm]), waiting[1]];
      flow();
    },
    right(pcm) {
      waiting = [waiting[0], Buffer.concat([waiting[1], pcm])];
      flow();
    },
  };
}
