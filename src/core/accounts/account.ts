import type { AccountId, Sid } from '../../kernel/ids.ts';
import type { NumberingPlan } from '../../kernel/phone-number.ts';

/** A tenant: everything else belongs to one. */
export interface Account extends NumberingPlan {
  readonly id: AccountId;
  readonly sid: Sid;
  /** `operator`: not a tenant, but what an operator has kept for itself. */
  readonly kind: 'customer' | 'operator';
  /** The account of the operator that owns it; absent for operators. */
  readonly operatorId: AccountId | undefined;
  /** Counts up from 0 over the installation. Dialects derive short account numbers from it. */
  readonly serial: number;
  readonly name: string;
  /** Unique: the host part and digest realm of its devices. */
  readonly sipDomain: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly areaCode: string;
  /** IANA name, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** BCP 47, such as `de`. */
  readonly language: string;
  /** How many calls may run at once; emergency calls do not count. */
  readonly maxConcurrentCalls: number;
  /** Calls of an account that is not are refused. */
  readonly active: boolean;
  /** Its devices may use the bare host or address as domain. Exactly one account is. */
  readonly isDefault: boolean;
  /** Comes with known passwords; its endpoints never reach trunks. */
  readonly isDemo: boolean;
  readonly createdAt: Date;
}

export interface NewAccount {
  readonly name: string;
  readonly sipDomain: string;
  readonly country: string;
  readonly areaCode: string;
  readonly timeZone: string;
  readonly language: string;
  readonly maxConcurrentCalls: number;
  readonly isDefault: boolean;
  readonly isDemo: boolean;
  /** The first operator's, if nothing is said. */
  readonly operatorId?: AccountId | undefined;
  /** A random one, if nothing is said. */
  readonly sid?: Sid | undefined;
}

export type AccountChange = Partial<
  Omit<NewAccount, 'isDefault' | 'isDemo' | 'operatorId' | 'sid'>
> & { readonly active?: boolean };

/** The SIP domain of an account that has none of its own yet. */
export const placeholderDomain = (sid: Sid): string => `${sid}.invalid`;

export const hasOwnDomain = ({ sid, sipDomain }: Pick<Account, 'sid' | 'sipDomain'>): boolean =>
  sipDomain !== placeholderDomain(sid);

/** The operator that every installation has. */
export const firstOperatorId = '00000000-0000-1000-8000-000000000001' as AccountId;
