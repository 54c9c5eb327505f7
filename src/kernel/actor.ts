import type { AccountId, CredentialId, UserId } from './ids.ts';

/** Which notation somebody speaks. */
export type DialectName = 'sipgate' | 'jambonz' | 'xivo' | 'qloud' | 'mikopbx' | 'native';

/** On whose behalf something is done. Every query and command of the core is scoped by one. */
export interface Actor {
  readonly accountId: AccountId;
  /** The person, unless a program or the account itself acts. */
  readonly userId: UserId | undefined;
  /** May act for every user of the account. */
  readonly admin: boolean;
  /** May manage the whole installation. */
  readonly operator: boolean;
  /** The account of the operator whose accounts it may manage, if it is an operator's credential. */
  readonly operatorId?: AccountId;
  /** What the credential may do, in the dialect's words; `all` for passwords. */
  readonly scopes: 'all' | readonly string[];
  readonly credentialId: CredentialId | undefined;
  readonly dialect: DialectName;
}

/** Whether what belongs to a user is within an actor's reach. */
export const mayActFor = (actor: Actor, userId: UserId | undefined): boolean =>
  actor.admin || (userId !== undefined && actor.userId === userId);

/** Whose things somebody may look over. */
export type Reach =
  | { readonly kind: 'installation' }
  /** The accounts of an operator, and what it has kept for itself. */
  | { readonly kind: 'operator'; readonly operatorId: AccountId }
  | { readonly kind: 'account'; readonly accountId: AccountId };

export function reachOf(actor: Actor): Reach {
  if (actor.operator) return { kind: 'installation' };
  return actor.operatorId
    ? { kind: 'operator', operatorId: actor.operatorId }
    : { kind: 'account', accountId: actor.accountId };
}

/** Where something lies: in an account, which may be an operator's. */
export interface Place {
  readonly accountId: AccountId;
  /** Absent for accounts of operators themselves. */
  readonly operatorId: AccountId | undefined;
}

/** Whether what lies somewhere is within reach. */
export function reaches(reach: Reach, { accountId, operatorId }: Place): boolean {
  if (reach.kind === 'installation') return true;
  return reach.kind === 'operator'
    ? accountId === reach.operatorId || operatorId === reach.operatorId
    : accountId === reach.accountId;
}
