import type { RingTarget } from './route.ts';

/**
 * What rings first. Whoever rings only once goes on under the same leg: through the further providers that would have
 * been tried.
 */
export function firstAttempt(attempts: readonly (readonly RingTarget[])[]): readonly RingTarget[] {
  const [first = [], ...later] = attempts;
  const [only, ...more] = first;
  if (only?.kind !== 'trunk' || more.length > 0) return first;
  const others = later.flat().flatMap((target) => (target.kind === 'trunk' ? target.ways : []));
  return [{ ...only, ways: [...only.ways, ...others] }];
}
