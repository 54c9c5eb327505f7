import type { Actor } from '../../kernel/actor.ts';
import type { LegId, Sid } from '../../kernel/ids.ts';
import type {
  DialTarget,
  Instruction,
  ProgramSourceRef,
  Sound,
  StreamSteering,
  Tag,
} from '../programs/index.ts';
import type { LegView } from './leg-view.ts';

/** A leg that is to be made, and what is done with it when it is answered. */
export interface NewLeg {
  readonly target: DialTarget;
  /** Seconds that it may ring, 1 to 600. */
  readonly ringTimeoutSeconds: number;
  /** Seconds that it may last once it is answered. */
  readonly mostSeconds?: number;
  /** Whom it shows. Towards a trunk the number must be one of the account's; the first of those stands for another. */
  readonly caller: { readonly number?: string; readonly name?: string };
  /** SIP headers to add; names begin with `X-`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly source: ProgramSourceRef;
  readonly instructions: readonly Instruction[];
  readonly tag?: Tag;
}

/** Legs one by one, for the dialects that think in them. Every leg is one of the actor's account. */
export interface Legs {
  /** Those that have not ended, oldest first. Read from memory. */
  running(actor: Actor): readonly LegView[];
  /** Those that ended since an instant, newest first, at most a thousand. */
  ended(actor: Actor, since: Date): Promise<readonly LegView[]>;
  /** @throws {DomainError} `leg.not_found` */
  get(actor: Actor, sid: Sid): Promise<LegView>;
  /** One that runs or belongs to a running call. Read from memory. */
  find(id: LegId): LegView | undefined;
  /** Headers of the INVITE that a running leg came with, names in lower case. Hostile texts. */
  inviteHeaders(id: LegId): Promise<Readonly<Record<string, string>>>;
  /**
   * Rings somebody and runs a program when the leg is answered. Resolves when it is stored and rings.
   * @throws {DomainError} as `Calls.place`
   */
  place(actor: Actor, request: NewLeg): Promise<LegView>;
  /** Puts a program on a leg, in place of the one that runs. @throws `leg.not_found` */
  run(
    actor: Actor,
    sid: Sid,
    program: { readonly source: ProgramSourceRef; readonly instructions: readonly Instruction[] },
  ): void;
  /**
   * Adds to the end of the program that runs, if the same source wrote it; else puts it in its place.
   * @throws `leg.not_found`
   */
  append(
    actor: Actor,
    sid: Sid,
    program: { readonly source: ProgramSourceRef; readonly instructions: readonly Instruction[] },
  ): void;
  hangUp(actor: Actor, sid: Sid): Promise<void>;
  hold(actor: Actor, sid: Sid, on: boolean): Promise<void>;
  mute(actor: Actor, sid: Sid, on: boolean): Promise<void>;
  sendDtmf(
    actor: Actor,
    sid: Sid,
    keys: { readonly digits: string; readonly toneMs: number },
  ): Promise<void>;
  record(actor: Actor, sid: Sid, action: 'start' | 'stop' | 'pause' | 'resume'): Promise<void>;
  /** Steers the streams of a leg, if it has any. */
  steerStreams(actor: Actor, sid: Sid, how: StreamSteering): void;
  /** Sounds that this leg alone hears, over what it hears. */
  whisper(actor: Actor, sid: Sid, sounds: readonly Sound[]): Promise<void>;
  /** Changes some fields of what the program source keeps with the leg. @throws `leg.not_found` if it has ended */
  tag(actor: Actor, sid: Sid, data: Tag): Promise<void>;
  /** The same for a leg that has ended. @throws `leg.not_found` if it has not */
  tagEnded(actor: Actor, sid: Sid, data: Tag): Promise<void>;
}
