import type { AccountId, ApplicationId, Sid } from '../../kernel/ids.ts';
import type { Application, ApplicationChange, NewApplication } from './application.ts';

/** Passwords of hooks and variables are sealed by the store. */
export interface ApplicationStore {
  find(accountId: AccountId, id: ApplicationId): Promise<Application | undefined>;
  findBySid(accountId: AccountId, sid: Sid): Promise<Application | undefined>;
  all(accountId: AccountId): Promise<readonly Application[]>;
  insert(accountId: AccountId, application: NewApplication): Promise<Application>;
  change(
    accountId: AccountId,
    id: ApplicationId,
    change: ApplicationChange,
  ): Promise<Application | undefined>;
  /** @returns whether it was there, or what still leads to it */
  remove(accountId: AccountId, id: ApplicationId): Promise<boolean | 'numbers' | 'trunks'>;
}
