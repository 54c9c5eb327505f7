import type { Place } from '../../kernel/actor.ts';
import type { Sid } from '../../kernel/ids.ts';
import type { Account } from '../accounts/index.ts';
import type { Application } from '../applications/index.ts';
import type { Endpoint } from '../endpoints/index.ts';
import type { PhoneNumber } from '../numbers/index.ts';
import type { Gateway, OpenTrunk } from '../trunks/index.ts';
import type { User } from '../users/index.ts';

/** A device, with its secret as whoever has set it may see it again. */
export interface ListedEndpoint extends Endpoint {
  readonly maskedSecret: string;
}

/** A number or pattern, with the second ids of what it belongs to and leads to. */
export interface ListedNumber extends Omit<PhoneNumber, 'e164'> {
  readonly number: string;
  readonly trunkSid: Sid | undefined;
  readonly applicationSid: Sid | undefined;
}

/** A trunk with its secrets, as whoever has set them may see them again. */
export interface ListedTrunk extends OpenTrunk {
  readonly applicationSid: Sid | undefined;
}

export interface ListedGateway extends Gateway {
  readonly trunkSid: Sid;
}

/** What somebody who owns several accounts looks over in all of them at once. */
export interface EstateItems {
  readonly account: Account;
  readonly application: Application;
  readonly endpoint: ListedEndpoint;
  readonly number: ListedNumber;
  readonly trunk: ListedTrunk;
  readonly gateway: ListedGateway;
  readonly user: User;
}

export type EstateKind = keyof EstateItems;

/** Whose something is. */
export interface Owner extends Place {
  /** Absent for what an operator has kept for itself. */
  readonly accountSid: Sid | undefined;
  readonly operatorSid: Sid;
  readonly operatorName: string;
}

export interface Owned<Item> {
  readonly item: Item;
  readonly owner: Owner;
}

/** Which part of a list is wanted. */
export interface EstateQuery {
  /** A part of the name or number, in any letter case. */
  readonly text?: string | undefined;
  readonly page?: { readonly number: number; readonly size: number } | undefined;
}

/** A part of a list, and how long the whole is. */
export interface EstateList<Item> {
  readonly items: readonly Owned<Item>[];
  readonly total: number;
}
