import type { AccountId, Sid } from '../../kernel/ids.ts';

/** What can be limited. `voice_call_session`: calls at once; the others are kept for who reads them. */
export const limitCategories = [
  'api_rate',
  'voice_call_session',
  'device',
  'voice_call_minutes',
  'voice_call_session_license',
  'voice_call_minutes_license',
] as const;
export type LimitCategory = (typeof limitCategories)[number];

/** How much of something an account, or all accounts of an operator together, may have. */
export interface Limit {
  readonly sid: Sid;
  readonly accountId: AccountId;
  readonly category: LimitCategory;
  readonly quantity: number;
}

/** Calls at once while no limit is set: of an account, and of all accounts of an operator. */
export const usualCalls = { customer: 100, operator: 10_000 } as const;
