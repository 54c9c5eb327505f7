import type { Place } from '../../kernel/actor.ts';
import type { Sid } from '../../kernel/ids.ts';
import type { Account } from '../accounts/index.ts';
import type { Application } from '../applications/index.ts';
import type { Endpoint } from '../endpoints/index.ts';
import type { PhoneNumber } from '../numbers/index.ts';
import type { Trunk } from '../trunks/index.ts';
import type { User } from '../users/index.ts';

/** What somebody who owns several accounts looks over in all of them at once. */
export interface EstateItems {
  readonly account: Account;
  readonly application: Application;
  readonly endpoint: Endpoint;
  readonly number: PhoneNumber;
  readonly trunk: Trunk;
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
