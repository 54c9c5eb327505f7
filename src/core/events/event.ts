import type { DialectName } from '../../kernel/actor.ts';
import type {
  AccountId,
  AlertId,
  CallId,
  ConferenceId,
  CredentialId,
  LegId,
  QueueId,
  UserId,
} from '../../kernel/ids.ts';
import type { Json } from '../../kernel/json.ts';
import type { InstructionResult, ProgramSourceRef } from '../programs/index.ts';

/** What every event carries. */
interface EventBase {
  readonly accountId: AccountId;
  readonly at: Date;
}

interface LegEventBase extends EventBase {
  readonly callId: CallId;
  readonly legId: LegId;
  /** The user at the leg, if it is one of the account's. */
  readonly userId: UserId | undefined;
  readonly number: string;
  readonly name: string;
  /** Whose doing the leg was. */
  readonly source: ProgramSourceRef | undefined;
}

/** Somebody outside who is told what happens, by the dialect that it speaks. */
export interface Watcher {
  readonly dialect: ProgramSourceRef['dialect'];
  /** For whose leg it watches, if it does so for one. */
  readonly legId: LegId | undefined;
  /** In the dialect's own words. They may hold what is secret: nobody else is shown them. */
  readonly words: Json;
}

interface ConferenceEventBase extends EventBase {
  readonly conferenceId: ConferenceId;
  readonly conferenceName: string;
  /** How many take part now; who waits for the start is not counted. */
  readonly participants: number;
  /** Seconds since it started; 0 before. */
  readonly durationSeconds: number;
  readonly watchers: readonly Watcher[];
}

interface ConferenceLegEventBase extends LegEventBase, ConferenceEventBase {}

interface QueueEventBase extends LegEventBase {
  readonly queueId: QueueId;
  readonly queueName: string;
  /** How many wait now. */
  readonly length: number;
}

interface ProgramEventBase extends LegEventBase {
  /** In the source's own words. They may hold what is secret: nobody else is shown them. */
  readonly question: Json;
}

/** Everything the core tells the world. A new member fails the build of every dialect that ignores it. */
export type CoreEvent =
  | (EventBase & {
      readonly type: 'call.started';
      readonly callId: CallId;
      readonly from: string;
      readonly to: string;
    })
  | (EventBase & {
      readonly type: 'call.ended';
      readonly callId: CallId;
      readonly mergedInto: CallId | undefined;
    })
  | (LegEventBase & {
      readonly type: 'leg.created';
      readonly direction: 'inbound' | 'outbound';
      readonly role: 'caller' | 'callee';
      readonly dialled: string;
      readonly parentLegId: LegId | undefined;
    })
  | (LegEventBase & { readonly type: 'leg.progress' })
  | (LegEventBase & { readonly type: 'leg.ringing' })
  | (LegEventBase & { readonly type: 'leg.answered' })
  | (LegEventBase & { readonly type: 'leg.joined'; readonly withLegIds: readonly LegId[] })
  | (LegEventBase & { readonly type: 'leg.held'; readonly by: string })
  | (LegEventBase & { readonly type: 'leg.resumed'; readonly by: string })
  | (LegEventBase & { readonly type: 'leg.muted'; readonly by: string })
  | (LegEventBase & { readonly type: 'leg.unmuted'; readonly by: string })
  | (LegEventBase & { readonly type: 'leg.dtmf'; readonly digit: string })
  | (LegEventBase & { readonly type: 'leg.moved'; readonly fromCallId: CallId })
  | (LegEventBase & {
      readonly type: 'leg.ended';
      readonly cause: string;
      readonly sipStatus: number | undefined;
      readonly durationSeconds: number;
    })
  | (LegEventBase & { readonly type: 'recording.started'; readonly recordingId: string })
  | (LegEventBase & {
      readonly type: 'recording.stored';
      readonly recordingId: string;
      readonly durationSeconds: number;
    })
  | (LegEventBase & { readonly type: 'recording.failed'; readonly recordingId: string })
  /**
   * What a leg did is over before its time: the leg is gone, or does something else. Its program source is told
   * what it would have been asked next.
   */
  | (ProgramEventBase & {
      readonly type: 'program.cut_short';
      readonly source: ProgramSourceRef;
      readonly result: InstructionResult;
    })
  /** The leg is the one that started it. */
  | (ConferenceLegEventBase & { readonly type: 'conference.started' })
  /** The leg is the one that left last. */
  | (ConferenceLegEventBase & { readonly type: 'conference.ended' })
  /** It waits for a moderator. */
  | (ConferenceLegEventBase & { readonly type: 'conference.waiting' })
  | (ConferenceLegEventBase & {
      readonly type: 'conference.joined';
      readonly memberTag: string | undefined;
    })
  | (ConferenceLegEventBase & {
      readonly type: 'conference.left';
      readonly reason: 'hangup' | 'left' | 'kicked' | 'ended' | 'replaced' | 'failed';
      /** Seconds since it joined. */
      readonly joinedSeconds: number;
    })
  | (ConferenceLegEventBase & { readonly type: 'conference.talking'; readonly talking: boolean })
  | (QueueEventBase & {
      readonly type: 'queue.joined';
      /** From 0. */
      readonly position: number;
      readonly priority: number;
    })
  | (QueueEventBase & {
      readonly type: 'queue.left';
      /**
       * `bridged`: somebody took it; `hangup`: it gave up; `left`: of its own will, or taken out;
       * `dequeued`: another program runs on it; `moved`: into another queue.
       */
      readonly reason: 'bridged' | 'hangup' | 'left' | 'dequeued' | 'moved' | 'failed';
      readonly waitedSeconds: number;
      /** Who took it. */
      readonly takenBy: LegId | undefined;
    })
  | (EventBase & {
      readonly type: 'endpoint.registered' | 'endpoint.unregistered';
      readonly endpointId: string;
      readonly username: string;
      readonly userId: UserId | undefined;
    })
  | (EventBase & {
      readonly type: 'trunk.changed';
      readonly trunkId: string;
      readonly state: string;
    })
  /** Something that the account's people should look at. */
  | (EventBase & {
      readonly type: 'alert.raised';
      readonly alertId: AlertId;
      readonly alertKind: string;
      readonly message: string;
      readonly target: string | undefined;
    })
  /** An account that is removed takes its events along, so the default account tells of it. */
  | (EventBase & {
      readonly type: 'object.created' | 'object.changed' | 'object.removed';
      readonly kind:
        | 'account'
        | 'application'
        | 'user'
        | 'token'
        | 'login'
        | 'endpoint'
        | 'number'
        | 'trunk'
        | 'conference'
        | 'queue'
        | 'recording';
      readonly id: string;
    })
  /** Somebody was shown the secret of a thing. */
  | (EventBase & {
      readonly type: 'secret.shown';
      readonly kind: 'endpoint';
      readonly id: string;
      /** Whose secret it is. */
      readonly userId: UserId | undefined;
      /** Who saw it; nobody where a program or the operator did. */
      readonly byUserId: UserId | undefined;
      readonly credentialId: CredentialId | undefined;
      readonly dialect: DialectName;
    });

/** An event with its place in the log; places grow in the order of commits. */
export interface StoredEvent {
  readonly position: number;
  readonly event: CoreEvent;
}
