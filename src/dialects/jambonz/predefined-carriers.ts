import type { Sid } from '../../kernel/ids.ts';

/** A carrier that many have, with the addresses that it publishes. Names of accounts are for whoever applies it. */
export interface PredefinedCarrier {
  readonly sid: Sid;
  readonly name: string;
  readonly registers: boolean;
  readonly realm?: string;
  readonly leadingPlus: boolean;
  /** Where calls go. */
  readonly outbound: readonly string[];
  /** Networks that calls come from. */
  readonly inbound: readonly string[];
}

/**
 * Templates of carriers. Twilio gives every customer a host name of its own for calls that go out: it is added to the
 * carrier afterwards, as a gateway.
 */
export const predefinedCarriers: readonly PredefinedCarrier[] = [
  {
    sid: '7d509a18-bbff-4c5d-b21e-b99bf8f8c49a' as Sid,
    name: 'Twilio',
    registers: false,
    leadingPlus: true,
    outbound: [],
    inbound: [
      '54.172.60.0/30',
      '54.244.51.0/30',
      '54.171.127.192/30',
      '35.156.191.128/30',
      '54.65.63.192/30',
      '54.169.127.128/30',
      '54.252.254.64/30',
      '177.71.206.192/30',
    ],
  },
  {
    sid: '4f2f1a54-6b0b-4c4e-9d0a-4a8f0c3f8a11' as Sid,
    name: 'Telnyx',
    registers: false,
    leadingPlus: true,
    outbound: ['sip.telnyx.com'],
    inbound: ['192.76.120.10', '64.16.250.10'],
  },
  {
    sid: '0b1e6cde-2f37-4d8f-8c55-6f1d6a0c9b27' as Sid,
    name: 'sipgate',
    registers: true,
    realm: 'sipconnect.sipgate.de',
    leadingPlus: false,
    outbound: ['sipconnect.sipgate.de'],
    inbound: [],
  },
];
