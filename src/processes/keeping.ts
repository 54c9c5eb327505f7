/** What the keeper does after a look around. */
export type KeeperStep = 'wait' | 'end everything' | 'go';

/**
 * What follows from what the keeper sees.
 * @param seen.unattendedMs - milliseconds since a server was last there
 * @param seen.endAfterMs - milliseconds after which what was left running ends
 */
export function nextKeeperStep(seen: {
  readonly serverIsThere: boolean;
  readonly somethingRuns: boolean;
  readonly unattendedMs: number;
  readonly endAfterMs: number;
}): KeeperStep {
  if (seen.serverIsThere) return 'wait';
  if (!seen.somethingRuns) return 'go';
  return seen.unattendedMs >= seen.endAfterMs ? 'end everything' : 'wait';
}
