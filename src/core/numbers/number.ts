import type { AccountId, ApplicationId, NumberId, Sid, TrunkId, UserId } from '../../kernel/ids.ts';
import type { E164 } from '../../kernel/phone-number.ts';

/** What happens to a call that arrives for a number. */
export type NumberTarget =
  | { readonly kind: 'user'; readonly userId: UserId }
  /** Dials on: an extension, a feature code or another number. */
  | { readonly kind: 'dial'; readonly dialled: string }
  /** Asks an application. */
  | { readonly kind: 'application'; readonly applicationId: ApplicationId }
  | { readonly kind: 'none' };

/** A public number of an account. Unique in the installation. */
export interface PhoneNumber {
  readonly id: NumberId;
  readonly sid: Sid;
  readonly accountId: AccountId;
  readonly e164: E164;
  readonly target: NumberTarget;
  /** The trunk that the number belongs to, if that was said. */
  readonly trunkId: TrunkId | undefined;
  readonly createdAt: Date;
}

export interface NewNumber {
  readonly e164: E164;
  readonly target: NumberTarget;
  readonly trunkId?: TrunkId | undefined;
}
