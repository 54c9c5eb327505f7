import type { NewEngineLeg } from '../../engine/port/index.ts';
import type { UserId } from '../../kernel/ids.ts';
import { type Leg, userOf } from '../calls/index.ts';
import type { CallerId } from '../programs/index.ts';
import type { AccountDirectory, RingTarget } from '../routing/index.ts';
import { displayName } from '../users/index.ts';

/** Who calls, as colleagues see it and as the world outside does. */
interface ShownCaller {
  readonly number: string | undefined;
  readonly publicNumber: string | undefined;
  readonly name: string;
}

/** The public number that stands for a user: the user's first, else the account's first. */
function publicNumberOf(userId: UserId | undefined, account: AccountDirectory): string | undefined {
  const own = account.numbers.find((n) => n.target.kind === 'user' && n.target.userId === userId);
  return (own ?? account.numbers[0])?.e164;
}

/** Who is at the leg. Whoever calls from outside keeps the own number. */
function atTheLeg(leg: Leg, account: AccountDirectory): ShownCaller {
  const { number, name } = leg;
  const fromInside = leg.party.kind === 'endpoint';
  return {
    number,
    publicNumber: fromInside ? publicNumberOf(userOf(leg), account) : number,
    name,
  };
}

/** A device that stands for the caller; if it was removed meanwhile, the account does. */
function standIn(id: CallerId['onBehalfOf'], account: AccountDirectory): ShownCaller | undefined {
  if (!id) return undefined;
  const device = account.endpoints.get(id);
  const user = device?.userId && account.users.get(device.userId);
  const publicNumber = publicNumberOf(device?.userId, account);
  if (!device) return { number: publicNumber, publicNumber, name: '' };
  return {
    number: user?.extension || device.username,
    publicNumber,
    name: user ? displayName(user) : device.alias,
  };
}

/** Whom the called side sees: colleagues see the extension, others the public number. */
export function shownCaller(
  leg: Leg,
  target: RingTarget,
  wanted: CallerId | undefined,
  account: AccountDirectory,
): NewEngineLeg['caller'] {
  const outside = target.kind !== 'contact' && target.kind !== 'service';
  const caller = standIn(wanted?.onBehalfOf, account) ?? atTheLeg(leg, account);
  const number = wanted?.number ?? (outside ? caller.publicNumber : caller.number);
  const name = wanted?.name ?? caller.name;
  return {
    ...(number ? { number } : {}),
    ...(name ? { name } : {}),
    ...(wanted?.hidden ? { hidden: true } : {}),
  };
}
