import type { NewEngineLeg } from '../../engine/port/index.ts';
import { type Leg, userOf } from '../calls/index.ts';
import type { CallerId } from '../programs/index.ts';
import type { AccountDirectory, RingTarget } from '../routing/index.ts';

/** The public number that stands for a leg: its user's first, else the account's first. */
function publicNumber(leg: Leg, account: AccountDirectory): string | undefined {
  const userId = userOf(leg);
  const own = account.numbers.find((n) => n.target.kind === 'user' && n.target.userId === userId);
  return (own ?? account.numbers[0])?.e164;
}

/** Whom the called side sees: colleagues see the extension, others the public number. */
export function shownCaller(
  leg: Leg,
  target: RingTarget,
  wanted: CallerId | undefined,
  account: AccountDirectory,
): NewEngineLeg['caller'] {
  const outside = target.kind === 'trunk' || target.kind === 'remote';
  const fromInside = leg.party.kind === 'endpoint';
  const number =
    wanted?.number ?? (outside && fromInside ? publicNumber(leg, account) : leg.number);
  const name = wanted?.name ?? leg.name;
  return {
    ...(number ? { number } : {}),
    ...(name ? { name } : {}),
    ...(wanted?.hidden ? { hidden: true } : {}),
  };
}
