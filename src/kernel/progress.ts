/**
 * Tells a person about work that takes longer than a second: what, how far, how long.
 * The terminal's writer redraws a line; elsewhere plain lines are written.
 */
export interface Progress {
  /** Begins a step, such as `Fetching Asterisk`. */
  step(title: string): ProgressStep;
}

export interface ProgressStep {
  /** @param detail - what is happening now; @param share - 0 to 1, if it is known */
  update(detail: string, share?: number): void;
  /** @param result - such as `97 MB in 12 s` */
  done(result?: string): void;
  fail(reason: string): void;
}

export const silentProgress: Progress = {
  step: () => ({ update: () => {}, done: () => {}, fail: () => {} }),
};
