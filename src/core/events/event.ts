import type { DialectName } from '../../kernel/actor.ts';
import type { AccountId, CallId, CredentialId, LegId, UserId } from '../../kernel/ids.ts';

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
  /** An account that is removed takes its events along, so the default account tells of it. */
  | (EventBase & {
      readonly type: 'object.created' | 'object.changed' | 'object.removed';
      readonly kind: 'account' | 'user' | 'token' | 'login' | 'endpoint' | 'number' | 'trunk';
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
