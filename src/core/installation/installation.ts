import type { AccountId, Sid } from '../../kernel/ids.ts';

/** An address at which providers and phones reach the platform: what people are told, not what the engine listens on. */
export interface SipAddress {
  readonly sid: Sid;
  readonly host: string;
  readonly port: number;
  readonly tlsPort: number | undefined;
  readonly wssPort: number | undefined;
  /** For whose accounts it is; for everybody's if absent. */
  readonly operator: { readonly id: AccountId; readonly sid: Sid } | undefined;
  readonly changedAt: Date;
}

export type NewSipAddress = Omit<SipAddress, 'sid' | 'changedAt'>;
