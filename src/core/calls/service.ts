import type { Actor } from '../../kernel/actor.ts';
import type { CallId, EndpointId, LegId, UserId } from '../../kernel/ids.ts';
import type { Call } from './call.ts';
import type { CallHistoryStore } from './call-journal.ts';
import type { Leg } from './leg.ts';

/** A running call as one actor sees it. */
export interface CallView {
  readonly call: Call;
  /** Those that have not ended, in the order in which they began. */
  readonly legs: readonly Leg[];
  /** The actor's own leg; for a program or an administrator who takes no part, the leg that began the call. */
  readonly ownLegId: LegId | undefined;
}

/** Whom to ring first. */
export type CallOrigin =
  | { readonly kind: 'endpoint'; readonly endpointId: EndpointId }
  /** Every device of a user; the first that answers. */
  | { readonly kind: 'user'; readonly userId: UserId }
  /** A number, called as if from a device. */
  | { readonly kind: 'dialled'; readonly dialled: string; readonly endpointId: EndpointId };

export interface NewCall {
  readonly from: CallOrigin;
  /** Extension, feature code or number, as dialled. */
  readonly to: string;
  /** Number shown to the called side; must be one of the account's. */
  readonly callerId: string | undefined;
  /**
   * The device whose number is shown where no `callerId` is given; else that of the origin. A number that is
   * called as if from a device is never shown: the number of the device is.
   */
  readonly shownAs?: EndpointId;
}

/**
 * Running calls and what can be done with them. Commands resolve when the engine has accepted them;
 * what became of them is an event. A call that is not the actor's to see is `call.not_found`.
 */
export interface Calls {
  /**
   * Rings the origin; when it answers, what was asked for is dialled. Resolves when the first leg is
   * stored and the engine rings it.
   * @throws {DomainError} `call.invalid_number` (invalid), `call.limit_reached` (limited),
   *   `endpoint.not_found`, `caller_id.not_owned` (forbidden), `endpoint.unregistered` (conflict),
   *   `engine.unavailable`
   */
  place(actor: Actor, request: NewCall): Promise<CallView>;
  /** Every running call that the actor may see, oldest first. Read from memory. */
  running(actor: Actor): readonly CallView[];
  /** @throws {DomainError} `call.not_found` */
  get(actor: Actor, id: CallId): CallView;
  /** Music for everybody in the call, or talk again. @throws `call.state_conflict` before it is answered */
  hold(actor: Actor, id: CallId, on: boolean): Promise<void>;
  /** The microphone of the actor's own leg. */
  mute(actor: Actor, id: CallId, on: boolean): Promise<void>;
  /** Starting twice changes nothing, as does stopping what does not run. */
  record(
    actor: Actor,
    id: CallId,
    options: { readonly on: boolean; readonly announcement: boolean },
  ): Promise<void>;
  /**
   * Hands the partner on. Nothing is changed where it is refused.
   * @throws {DomainError} `call.invalid_number`, `call.leads_nowhere` (invalid), `caller_id.not_owned`
   *   (forbidden), `call.state_conflict`
   */
  transfer(actor: Actor, id: CallId, transfer: CallTransfer): Promise<void>;
  /** Keys sent to the others. @throws `call.invalid_digits` */
  sendDtmf(actor: Actor, id: CallId, digits: string): Promise<void>;
  /**
   * Plays a sound file to everybody in the call: WAV, mono, 16-bit PCM, 8,000 Hz.
   * @throws {DomainError} `announcement.unusable` (invalid) with what is wrong with it;
   *   `announcement.unreachable` (invalid) when the file cannot be fetched
   */
  announce(actor: Actor, id: CallId, url: string): Promise<void>;
  hangUp(actor: Actor, id: CallId): Promise<void>;
  readonly history: CallHistoryStore;
}

export interface CallTransfer {
  readonly attended: boolean;
  readonly to: string;
  readonly callerId: string | undefined;
}
