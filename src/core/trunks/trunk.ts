import type { AccountId, ApplicationId, Sid, TrunkId } from '../../kernel/ids.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Gateway } from './gateway.ts';

/** How a trunk sends keys. @see RFC 4733 */
export type TrunkDtmf = 'rfc4733' | 'inband' | 'info';

/** What a trunk says of itself in calls and registrations, and what becomes of numbers. */
export interface TrunkManners {
  /** The domain that it is registered in, if it is not the address of its gateway. */
  readonly realm: string | undefined;
  /** Who calls in `From`, instead of the user name. */
  readonly fromUser: string | undefined;
  readonly fromDomain: string | undefined;
  /** Stands before every number that goes out. */
  readonly techPrefix: string;
  /** Whether numbers go out with their plus. */
  readonly leadingPlus: boolean;
  /** Asked about calls that come in for a number which leads nowhere. */
  readonly applicationId: ApplicationId | undefined;
  /** Every request goes through here: a host name or address, with a port or without. */
  readonly proxy: string | undefined;
  readonly dtmf: TrunkDtmf;
}

/** A provider connection. */
export interface Trunk extends TrunkManners {
  readonly id: TrunkId;
  readonly sid: Sid;
  readonly accountId: AccountId;
  /** Counts up from 0 within the account. */
  readonly serial: number;
  readonly name: string;
  readonly kind: 'register' | 'ip';
  readonly username: string | undefined;
  /** Decrypted only for the engine, and for whoever may see it again. */
  readonly hasSecret: boolean;
  readonly gateways: readonly Gateway[];
  /** Numbers (E.164 beginnings such as `+49`) that go out here; empty: every number. */
  readonly prefixes: readonly string[];
  /** Lower is tried first among those with the longest matching prefix. */
  readonly priority: number;
  /** Emergency calls go out here. */
  readonly emergency: boolean;
  readonly enabled: boolean;
  readonly createdAt: Date;
}

export interface NewTrunk extends Partial<TrunkManners> {
  readonly name: string;
  readonly kind: 'register' | 'ip';
  /** The first gateway for calls that go out; none if absent. */
  readonly host?: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp';
  readonly username: string | undefined;
  readonly secret: string | undefined;
  /** Gateways for calls that come in. */
  readonly inboundAddresses: readonly string[];
  readonly prefixes: readonly string[];
  readonly priority: number;
  readonly emergency: boolean;
  readonly enabled: boolean;
  /** What a dialect keeps with it; sealed, for there may be secrets. */
  readonly extras?: JsonObject;
}

/** `host`, `port` and `transport` are of the first gateway that calls go to, `inboundAddresses` of all that they come from. */
export type TrunkChange = Partial<NewTrunk>;

/** A trunk as whoever has set its secrets may see it again. */
export interface OpenTrunk extends Trunk {
  readonly secret: string | undefined;
  readonly extras: JsonObject;
}

/** The gateway that stands for a trunk where only one is shown. */
export const mainGateway = ({ gateways }: Pick<Trunk, 'gateways'>): Gateway | undefined =>
  gateways.find(({ outbound }) => outbound);
