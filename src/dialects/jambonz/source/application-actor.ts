import type { Actor } from '../../../kernel/actor.ts';
import type { AccountId } from '../../../kernel/ids.ts';

/** An application acts for the account that its call belongs to. */
export const applicationActor = (accountId: AccountId): Actor => ({
  accountId,
  userId: undefined,
  admin: true,
  operator: false,
  scopes: 'all',
  credentialId: undefined,
  dialect: 'jambonz',
});
