/** Keys that somebody pressed lately. */
export interface Typed {
  readonly keys: string;
  /** When the last one came, in ms since 1970. */
  readonly at: number;
}

/** Milliseconds after which a further key belongs to what was typed before no more. */
const forgottenAfterMs = 3_000;

/** The most keys that are remembered. */
const mostKeys = 16;

/**
 * What one more key makes of those before, and the sequence that it completes. Of several the longest counts; its
 * keys count for no other one.
 */
export function watchKeys(
  patterns: readonly string[],
  before: Typed | undefined,
  digit: string,
  at: number,
): { readonly typed: Typed; readonly hit: string | undefined } {
  const isFresh = before !== undefined && at - before.at <= forgottenAfterMs;
  const keys = `${isFresh ? before.keys : ''}${digit}`.slice(-mostKeys);
  const hit = patterns
    .filter((pattern) => pattern !== '' && keys.endsWith(pattern))
    .reduce<string | undefined>(
      (best, one) => (one.length > (best?.length ?? 0) ? one : best),
      undefined,
    );
  return { typed: { keys: hit ? '' : keys, at }, hit };
}
