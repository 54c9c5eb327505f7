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
  /** May manage accounts. */
  readonly operator: boolean;
  /** What the credential may do, in the dialect's words; `all` for passwords. */
  readonly scopes: 'all' | readonly string[];
  readonly credentialId: CredentialId | undefined;
  readonly dialect: DialectName;
}

/** Whether what belongs to a user is within an actor's reach. */
export const mayActFor = (actor: Actor, userId: UserId | undefined): boolean =>
  actor.admin || (userId !== undefined && actor.userId === userId);
