import type { E164 } from '../../kernel/phone-number.ts';
import type { Trunk } from './trunk.ts';

/** Length of the longest prefix of a trunk that a number begins with; -1 if none does. */
function matchLength(trunk: Trunk, number: string): number {
  if (trunk.prefixes.length === 0) return 0;
  return Math.max(-1, ...trunk.prefixes.filter((p) => number.startsWith(p)).map((p) => p.length));
}

/** The trunks for a number in the order in which they are tried: longest prefix, then priority, then age. */
export function chooseTrunks(trunks: readonly Trunk[], number: E164): readonly Trunk[] {
  return trunks
    .filter((trunk) => trunk.enabled)
    .map((trunk) => ({ trunk, length: matchLength(trunk, number) }))
    .filter(({ length }) => length >= 0)
    .sort(
      (a, b) =>
        b.length - a.length ||
        a.trunk.priority - b.trunk.priority ||
        a.trunk.serial - b.trunk.serial,
    )
    .map(({ trunk }) => trunk);
}

/** The trunks that carry emergency calls, in the order in which they are tried. */
export const emergencyTrunks = (trunks: readonly Trunk[]): readonly Trunk[] =>
  trunks
    .filter((trunk) => trunk.enabled && trunk.emergency)
    .sort((a, b) => a.priority - b.priority || a.serial - b.serial);
