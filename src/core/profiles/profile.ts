import { randomInt } from 'node:crypto';
import type { AccountId, ApplicationId, Sid } from '../../kernel/ids.ts';
import type { Json } from '../../kernel/json.ts';
import type { HookAddress, NewHookAddress } from '../hooks/index.ts';

/** What an account's programs and hooks need to know of it. */
export interface Profile {
  readonly accountId: AccountId;
  /** Signs what is sent to hooks of the account. */
  readonly webhookSecret: string;
  /** Asked whether a device may register. */
  readonly registrationHook: HookAddress | undefined;
  /** Told who enters and leaves queues. */
  readonly queueHook: HookAddress | undefined;
  /** Asked when a device of the account calls. */
  readonly deviceApplication: { readonly id: ApplicationId; readonly sid: Sid } | undefined;
  readonly keepsCdrs: boolean;
  readonly recordAllCalls: boolean;
  readonly recordFormat: 'mp3' | 'wav';
  /** Where recordings are also to be put, with its secrets. */
  readonly bucket: Readonly<Record<string, Json>> | undefined;
  /** What a dialect keeps with the account and nothing here acts on. */
  readonly extras: Readonly<Record<string, Json>>;
}

/** Fields that are there change, those that are `undefined` are emptied. Extras are merged. */
export interface ProfileChange {
  readonly registrationHook?: NewHookAddress | undefined;
  readonly queueHook?: NewHookAddress | undefined;
  readonly deviceApplicationId?: ApplicationId | undefined;
  readonly keepsCdrs?: boolean;
  readonly recordAllCalls?: boolean;
  readonly recordFormat?: 'mp3' | 'wav';
  readonly bucket?: Readonly<Record<string, Json>> | undefined;
  readonly extras?: Readonly<Record<string, Json>>;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A new secret, of 130 random bits. @see contracts/jambonz.json, WebhookSecret */
export const newWebhookSecret = (): string =>
  `wh_secret_${Array.from({ length: 22 }, () => alphabet[randomInt(alphabet.length)]).join('')}`;
