import type { Clock } from '../kernel/clock.ts';

/** Waits. @throws the reason of the signal, as soon as it is given */
export function pause(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      forget();
      reject(signal?.reason as Error);
    };
    const forget = clock.wakeAt(new Date(clock.now().getTime() + ms), () => {
      signal?.removeEventListener('abort', stop);
      resolve();
    });
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
