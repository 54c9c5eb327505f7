import { createHmac } from 'node:crypto';
import type { AccountId } from '../../../kernel/ids.ts';

/**
 * The secret that signs an account's hooks. Made of the installation's key, so that nothing has to be kept.
 * @param key - of the installation
 * @see contracts/jambonz.json, webhooks.transport: signature
 */
export const webhookSecret = (key: string, accountId: AccountId): string =>
  `wh_secret_${createHmac('sha256', key).update(`hooks of ${accountId}`).digest('base64url')}`;
