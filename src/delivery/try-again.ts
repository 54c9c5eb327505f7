import {
  type HookRetry,
  mostRetries,
  noRetry,
  retryDelayMs,
  retryReasonOf,
} from '../core/hooks/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { pause } from './pause.ts';

/** What waits between attempts need. */
export interface WaitPorts {
  readonly clock: Clock;
  /** From 0 to 1, for the length of waits. */
  readonly random: () => number;
}

/**
 * Does something until it succeeds, fails in a way that is not named, or has been tried often enough.
 * @throws what the last attempt threw, or the reason of the signal
 */
export async function tryAgain<Result>(
  { clock, random }: WaitPorts,
  wish: { readonly retry?: HookRetry | undefined; readonly signal?: AbortSignal | undefined },
  attempt: () => Promise<Result>,
): Promise<Result> {
  const { signal, retry = noRetry } = wish;
  for (let retried = 0; ; retried += 1) {
    signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      const reason = retryReasonOf(error);
      const isNamed = retry.on.some((on) => on === 'all' || on === reason);
      const isLast = retried >= Math.min(retry.times, mostRetries);
      if (signal?.aborted || !reason || !isNamed || isLast) throw error;
    }
    await pause(clock, retryDelayMs(retried, random()), signal);
  }
}
