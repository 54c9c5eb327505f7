/** The time, and waiting for it. Tests replace it; nothing in the core reads the machine's clock itself. */
export interface Clock {
  now(): Date;
  /** Calls `wake` once, at `at` or soon after; returns a function that forgets it. */
  wakeAt(at: Date, wake: () => void): () => void;
}

/** The longest delay a timer of Node can hold, in milliseconds. */
const longestDelayMs = 2_147_483_647;

export const systemClock: Clock = {
  now: () => new Date(),
  wakeAt(at, wake) {
    const delayMs = Math.min(Math.max(0, at.getTime() - Date.now()), longestDelayMs);
    const timer = setTimeout(wake, delayMs);
    return () => clearTimeout(timer);
  },
};
