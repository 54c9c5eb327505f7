import type { Actor } from '../../kernel/actor.ts';
import type { ConferenceId, LegId } from '../../kernel/ids.ts';
import type { Json } from '../../kernel/json.ts';
import type { Leg } from '../calls/index.ts';
import type { Meanwhile, Sound } from '../programs/index.ts';
import type { Conference, ConferenceSettings, Participant } from './conference.ts';

export interface ParticipantView {
  readonly participant: Participant;
  readonly leg: Leg;
  readonly muted: boolean;
  readonly held: boolean;
  readonly talking: boolean;
}

export interface ConferenceView {
  readonly conference: Conference;
  readonly participants: readonly ParticipantView[];
}

export interface NewConference {
  /** 1 to 128 characters, no colon or slash. */
  readonly name: string;
  readonly settings: ConferenceSettings;
  readonly notes?: Json;
  /** The maker's own words, with which it is told what happens in the conference. */
  readonly watch?: Json;
}

export interface ConferenceChange {
  readonly settings?: ConferenceSettings;
  readonly notes?: Json;
  /** `null`: its maker is told no longer. */
  readonly watch?: Json;
}

/** Whom a change is for. */
export type Whom = LegId | 'everybody' | 'others than moderators';

/**
 * The conferences of an account, running or made ahead. Commands resolve when what was asked for is written
 * down and the engine has accepted it. What belongs to others is `conference.not_found`.
 */
export interface Conferences {
  /** Oldest first; those made ahead too. Read from memory. */
  list(actor: Actor): readonly ConferenceView[];
  /** @throws {DomainError} `conference.not_found` */
  get(actor: Actor, id: ConferenceId): ConferenceView;
  named(actor: Actor, name: string): ConferenceView | undefined;
  /** The conference that a leg is in. */
  withLeg(actor: Actor, legId: LegId): ConferenceView | undefined;
  /**
   * Makes one that stays, with nobody in it, until it is ended.
   * @throws {DomainError} `conference.invalid`, `conference.taken`
   */
  create(actor: Actor, wanted: NewConference): Promise<ConferenceView>;
  /** Settings that are not named stay. */
  change(actor: Actor, id: ConferenceId, change: ConferenceChange): Promise<ConferenceView>;
  /** Everybody goes on with what follows in their programs, or is hung up; it is gone for good. */
  end(
    actor: Actor,
    id: ConferenceId,
    options?: { readonly hangUp?: boolean | undefined },
  ): Promise<void>;
  mute(actor: Actor, id: ConferenceId, whom: Whom, on: boolean): Promise<void>;
  /** Who is held neither hears nor is heard. @param meanwhile - what is heard; music if nothing is said */
  hold(
    actor: Actor,
    id: ConferenceId,
    whom: Whom,
    on: boolean,
    meanwhile?: Meanwhile,
  ): Promise<void>;
  /** @param tag - `undefined` takes it away */
  tag(actor: Actor, id: ConferenceId, legId: LegId, tag: string | undefined): Promise<void>;
  /** From now on heard by those with a tag alone. @param tag - `undefined`: by everybody */
  coach(actor: Actor, id: ConferenceId, legId: LegId, tag: string | undefined): Promise<void>;
  /** Takes somebody out: on with its program, or hung up. */
  kick(
    actor: Actor,
    id: ConferenceId,
    legId: LegId,
    options?: { readonly hangUp?: boolean | undefined },
  ): Promise<void>;
  /** Plays to everybody inside. @throws {DomainError} `conference.not_running` */
  play(actor: Actor, id: ConferenceId, sounds: readonly Sound[]): Promise<void>;
}
