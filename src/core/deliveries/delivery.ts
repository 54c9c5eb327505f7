import type { DialectName } from '../../kernel/actor.ts';
import type { AccountId, DeliveryId } from '../../kernel/ids.ts';
import type { CoreEvent } from '../events/index.ts';
import type { HookRequest } from '../hooks/index.ts';

/** What is sent: a hook whose answer does not matter, as long as it is accepted. */
export type DeliveryRequest = Pick<
  HookRequest,
  | 'url'
  | 'method'
  | 'username'
  | 'password'
  | 'payload'
  | 'encoding'
  | 'userAgent'
  | 'headers'
  | 'accepts'
  | 'allowSelfSigned'
> & {
  /** Whether the dialect proves who sends it, anew at every attempt. @see DeliverySource.signing */
  readonly signed?: boolean | undefined;
};

/** Something that somebody outside must hear of, at least once. */
export interface NewDelivery {
  readonly accountId: AccountId;
  readonly dialect: DialectName;
  /** 1 to 200 characters. What has the same key arrives in the order in which it was put in: the id of a leg. */
  readonly key: string;
  /** What it is about, for people: `call.status`. */
  readonly subject: string;
  readonly request: DeliveryRequest;
}

/** How an attempt failed. */
export interface DeliveryFailure {
  /** The code of the refusal: `hook.answered`. */
  readonly code: string;
  /** The status, if one was answered. */
  readonly status: number | undefined;
}

/** A delivery that has not arrived. One that has is forgotten. */
export interface Delivery {
  readonly id: DeliveryId;
  readonly accountId: AccountId;
  readonly dialect: DialectName;
  readonly key: string;
  readonly subject: string;
  /** Where to, without path and query, which may be secret. */
  readonly host: string;
  /** `failed`: given up, until somebody wants it tried again. */
  readonly state: 'waiting' | 'failed';
  readonly attempts: number;
  readonly lastFailure: DeliveryFailure | undefined;
  readonly lastAttemptAt: Date | undefined;
  readonly createdAt: Date;
}

/** Words events as deliveries: what a dialect does who has hooks. */
export interface DeliverySource {
  /** Also the name under which it is remembered how far it has read. */
  readonly dialect: DialectName;
  /** Whether it may have something to say about an event; if it never has, reading costs nothing. */
  concerns(event: CoreEvent): boolean;
  /** What somebody wants to hear of an event; nothing if nobody does. Asked again if it could not be stored. */
  word(event: CoreEvent): readonly NewDelivery[] | Promise<readonly NewDelivery[]>;
  /** What proves who sends, for the hooks of an account; asked at every attempt. */
  signing?(accountId: AccountId): Promise<HookRequest['sign']>;
  /** Hears of every attempt that failed. @param delivery - as it was before that */
  failed?(delivery: Delivery, failure: DeliveryFailure, isGivenUp: boolean): void;
}
