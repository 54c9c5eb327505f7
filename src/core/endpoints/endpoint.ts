import type { Contact, EndpointName } from '../../engine/port/index.ts';
import type { AccountId, EndpointId, Sid, UserId } from '../../kernel/ids.ts';

/** A SIP device or softphone account that can register. */
export interface Endpoint {
  readonly id: EndpointId;
  readonly sid: Sid;
  readonly accountId: AccountId;
  readonly userId: UserId | undefined;
  /** Counts up from 0 within the account; dialects derive short ids (`e0`) from it. */
  readonly serial: number;
  /** The user part of its address, such as `201`; unique within the account. */
  readonly username: string;
  readonly alias: string;
  /** `MD5(username:realm:password)`; all that the engine gets. */
  readonly ha1: string;
  /** How many devices may register at once, 1 to 10. */
  readonly maxContacts: number;
  /** Nobody can register on one that is not. */
  readonly enabled: boolean;
  readonly mayCall: MayCall;
  readonly createdAt: Date;
}

/** Whom a device may call by name, besides numbers. */
export interface MayCall {
  readonly applications: boolean;
  readonly queues: boolean;
  readonly users: boolean;
}

export interface NewEndpoint {
  readonly userId: UserId | undefined;
  readonly username: string;
  readonly alias: string;
  /** Plain: hashed for the engine, encrypted for whoever may see it again. */
  readonly secret: string;
  readonly maxContacts: number;
  /** True if nothing is said, like each of the others. */
  readonly enabled?: boolean;
  readonly mayCall?: Partial<MayCall>;
}

export type EndpointChange = Partial<NewEndpoint>;

/** A secret as whoever has set it may see it again: its first character, then an X for each further one. */
export const maskedSecret = (secret: string): string =>
  secret.slice(0, 1) + 'X'.repeat(Math.max(0, secret.length - 1));

/** An endpoint and what is registered on it now. */
export interface LiveEndpoint {
  readonly endpoint: Endpoint;
  readonly name: EndpointName;
  readonly contacts: readonly Contact[];
}

/** Whether it can be rung now. */
export const isOnline = (live: LiveEndpoint): boolean =>
  live.contacts.some((contact) => contact.state !== 'unreachable');
