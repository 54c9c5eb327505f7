import type { AccountId, AlertId, Sid } from '../../kernel/ids.ts';

/** What went wrong, or what an application wanted said. @see contracts/jambonz.json, alerts */
export const alertKinds = [
  'webhook-failure',
  'webhook-connection-failure',
  'webhook-url-notfound',
  'webhook-auth-failure',
  'invalid-app-payload',
  'no-tts',
  'no-stt',
  'no-llm',
  'tts-failure',
  'stt-failure',
  'llm-failure',
  'no-carrier',
  'account-call-limit',
  'account-device-limit',
  'account-api-limit',
  'service-provider-call-limit',
  'service-provider-device-limit',
  'service-provider-api-limit',
  'account is inactive or suspended',
  'play-url-notfound',
  'tts-streaming-connection-failure',
  'alert-from-application',
  'error-updating-call',
] as const;

export type AlertKind = (typeof alertKinds)[number];

/** Something that an account's people should look at. */
export interface NewAlert {
  readonly kind: AlertKind;
  /** Up to 500 characters. */
  readonly message: string;
  readonly detail?: string | undefined;
  /** The second id of what it is about: a call, a carrier. */
  readonly target?: string | undefined;
}

export interface Alert extends NewAlert {
  readonly id: AlertId;
  readonly accountId: AccountId;
  readonly at: Date;
}

/** An alert, with the second id of its account. */
export interface ListedAlert extends Alert {
  readonly accountSid: Sid;
}

/** Which alerts are wanted; newest come first. */
export interface AlertQuery {
  readonly kind?: AlertKind | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly offset: number;
  readonly limit: number;
}

export interface AlertPage {
  readonly alerts: readonly ListedAlert[];
  /** Matches before paging. */
  readonly total: number;
}
