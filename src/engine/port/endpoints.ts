import type { EndpointName, TrunkName } from './ids.ts';

/** A device account as the engine needs it. It never sees the password itself. */
export interface EngineEndpoint {
  readonly name: EndpointName;
  /** The user part that the device sends, such as `201`. */
  readonly username: string;
  /** The digest realm: the SIP domain of the account. */
  readonly realm: string;
  /** `MD5(username:realm:password)` in lower-case hexadecimal. @see RFC 7616 section 3.4.2 */
  readonly ha1: string;
  readonly displayName: string;
  /** How many devices may register at once. */
  readonly maxContacts: number;
  /** Dial-tone language of announcements made by the engine itself, such as `en`. */
  readonly language: string;
}

/** A provider connection. */
export interface EngineTrunk {
  readonly name: TrunkName;
  /** Where calls go; registrations go to the first. */
  readonly gateways: readonly EngineGateway[];
  /** `register`: we register and the provider calls the contact; `ip`: known by its addresses. */
  readonly kind: 'register' | 'ip';
  readonly username?: string;
  readonly secret?: string;
  /** Addresses and networks (CIDR) from which its calls come. */
  readonly inboundAddresses: readonly string[];
  /** The domain of the registration; the first gateway if absent. */
  readonly realm?: string;
  /** Who calls in `From`; the user name if absent. */
  readonly fromUser?: string;
  readonly fromDomain?: string;
  /** Every request goes through here: a host with a port or without. */
  readonly proxy?: string;
  readonly dtmf: 'rfc4733' | 'inband' | 'info';
}

/** Where a provider takes calls. */
export interface GatewayAddress {
  readonly host: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp';
}

export interface EngineGateway extends GatewayAddress {
  /** Asked by OPTIONS whether it is there. */
  readonly pings: boolean;
}

export type ContactState = 'reachable' | 'unreachable' | 'unknown' | 'unqualified';

/** One registered device. Texts come from the device and are hostile. */
export interface Contact {
  readonly endpoint: EndpointName;
  readonly uri: string;
  readonly state: ContactState;
  readonly userAgent: string;
  /** Instant at which the registration runs out. */
  readonly expiresAt: Date | undefined;
  /** `address:port` from which it registered. */
  readonly viaAddress: string;
  /** The Call-ID of its REGISTER. */
  readonly registrationCallId: string;
  /** Round trip of the last OPTIONS in microseconds. */
  readonly roundTripMicroseconds: number | undefined;
  /** The engine's own name of the contact. */
  readonly engineId: string;
  readonly qualifyFrequencySeconds: number;
  readonly qualifyTimeoutSeconds: number;
}

export interface TrunkStatus {
  readonly trunk: TrunkName;
  readonly state:
    | 'registered'
    | 'rejected'
    | 'unregistered'
    | 'reachable'
    | 'unreachable'
    | 'unknown';
  /** Gateways that do not answer, as `host:port`. */
  readonly unreachable?: readonly string[];
}
