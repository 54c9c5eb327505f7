import type { AccountId, Sid, TrunkId } from '../../kernel/ids.ts';

/** A provider connection. */
export interface Trunk {
  readonly id: TrunkId;
  readonly sid: Sid;
  readonly accountId: AccountId;
  /** Counts up from 0 within the account. */
  readonly serial: number;
  readonly name: string;
  readonly kind: 'register' | 'ip';
  readonly host: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp';
  readonly username: string | undefined;
  /** Decrypted only for the engine. */
  readonly hasSecret: boolean;
  readonly inboundAddresses: readonly string[];
  /** Numbers (E.164 beginnings such as `+49`) that go out here; empty: every number. */
  readonly prefixes: readonly string[];
  /** Lower is tried first among those with the longest matching prefix. */
  readonly priority: number;
  /** Emergency calls go out here. */
  readonly emergency: boolean;
  readonly enabled: boolean;
  readonly createdAt: Date;
}

export interface NewTrunk {
  readonly name: string;
  readonly kind: 'register' | 'ip';
  readonly host: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp';
  readonly username: string | undefined;
  readonly secret: string | undefined;
  readonly inboundAddresses: readonly string[];
  readonly prefixes: readonly string[];
  readonly priority: number;
  readonly emergency: boolean;
  readonly enabled: boolean;
}

export type TrunkChange = Partial<NewTrunk>;
