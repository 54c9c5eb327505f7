import { createHash, randomBytes, randomUUID } from 'node:crypto';

declare const brand: unique symbol;
/** A string that cannot be mistaken for another kind of id. */
export type Branded<Name extends string> = string & { readonly [brand]: Name };

export type AccountId = Branded<'AccountId'>;
export type UserId = Branded<'UserId'>;
export type EndpointId = Branded<'EndpointId'>;
export type ApplicationId = Branded<'ApplicationId'>;
export type NumberId = Branded<'NumberId'>;
export type TrunkId = Branded<'TrunkId'>;
export type GatewayId = Branded<'GatewayId'>;
export type CallId = Branded<'CallId'>;
export type LegId = Branded<'LegId'>;
export type RecordingId = Branded<'RecordingId'>;
export type ConferenceId = Branded<'ConferenceId'>;
export type QueueId = Branded<'QueueId'>;
export type CredentialId = Branded<'CredentialId'>;
export type AlertId = Branded<'AlertId'>;
export type DeliveryId = Branded<'DeliveryId'>;

/** A second id of a row: uuid version 4, for contracts that want one. @see contracts/jambonz.json (ids) */
export type Sid = Branded<'Sid'>;

export const newSid = (): Sid => randomUUID() as string as Sid;

/** 100 ns intervals between 1582-10-15 and 1970-01-01. @see RFC 9562 section 5.1 */
const gregorianOffset = 122_192_928_000_000_000n;

/** Who made the id: a random node number with the multicast bit set. @see RFC 9562 section 6.10 */
const node = randomBytes(6);
node[0] = (node[0] ?? 0) | 1;
const clockSequence = (randomBytes(2).readUInt16BE() & 0x3fff) | 0x8000;

let lastTimestamp = 0n;

const hex = (value: bigint | number, digits: number) => value.toString(16).padStart(digits, '0');

/**
 * A new id: uuid version 1, so that clients can read the time of creation in it.
 * Ids of one process are strictly increasing in their time stamp.
 * @see RFC 9562 section 5.1; contracts/qloud.json (ids)
 */
export function newId<Id extends string>(): Id {
  const measured = BigInt(Date.now()) * 10_000n + gregorianOffset;
  const timestamp = measured > lastTimestamp ? measured : lastTimestamp + 1n;
  lastTimestamp = timestamp;
  const low = hex(timestamp & 0xffff_ffffn, 8);
  const middle = hex((timestamp >> 32n) & 0xffffn, 4);
  const high = hex(((timestamp >> 48n) & 0x0fffn) | 0x1000n, 4);
  return `${low}-${middle}-${high}-${hex(clockSequence, 4)}-${node.toString('hex')}` as Id;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text from outside can be an id at all, so that nothing else reaches a query. */
export const isUuid = (text: string): boolean => uuidPattern.test(text);

/** A text from outside as an id, or `undefined` if it cannot be one. */
export const toId = <Id extends string>(text: string): Id | undefined => {
  const lower = text.toLowerCase();
  return isUuid(lower) ? (lower as Id) : undefined;
};

/** A secret that is shown once: 256 random bits, URL-safe. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** How random tokens are stored. */
export const tokenHash = (token: string): string =>
  createHash('sha256').update(token).digest('hex');
