import type {
  EngineAudioId,
  EngineBridgeId,
  EngineLegId,
  EngineRecordingId,
  HangupCause,
  LegTarget,
  NewEngineLeg,
} from '../../engine/port/index.ts';
import type {
  AccountId,
  CallId,
  EndpointId,
  LegId,
  RecordingId,
  Sid,
  TrunkId,
  UserId,
} from '../../kernel/ids.ts';
import type {
  CallerId,
  ProgramSourceRef,
  StoredProgram,
  StreamWish,
  Tag,
} from '../programs/index.ts';

/**
 * The life of a leg.
 *
 *   init ──▶ calling ──▶ progress ──▶ ringing ──▶ answered ──▶ hangup
 *              │            ▲  │         │ ▲                      ▲
 *              └────────────┴──┴─────────┴─┴──────────────────────┘   (any state may end or answer)
 *
 * @see docs/architecture.md, the life of a call
 */
export type LegState = 'init' | 'calling' | 'progress' | 'ringing' | 'answered' | 'hangup';

const order: Record<LegState, number> = {
  init: 0,
  calling: 1,
  progress: 2,
  ringing: 3,
  answered: 4,
  hangup: 5,
};

/** Whether a leg may go from one state to another: forward, or between early sound and ringing. */
export const canMove = (from: LegState, to: LegState): boolean =>
  from !== 'hangup' && (order[to] > order[from] || (from === 'ringing' && to === 'progress'));

/** Who is at the far side of a leg. */
export type Party =
  | {
      readonly kind: 'endpoint';
      readonly endpointId: EndpointId;
      readonly userId: UserId | undefined;
    }
  | { readonly kind: 'trunk'; readonly trunkId: TrunkId }
  /** A party of another account: only its number and name are known here. */
  | { readonly kind: 'remote' }
  | { readonly kind: 'service'; readonly service: string };

/** Who keeps a leg held or muted. */
export type Holder = 'phone' | 'api' | 'conference' | 'program';

/** Waiting to hand a call on: a consultation that ends when the leg hangs up or the other side does. */
export interface Consultation {
  /** Who waits with music. */
  readonly waitingLegId: LegId;
  /** Who is asked: everything that rings for it, then the one that answered alone. */
  readonly targetLegIds: readonly LegId[];
  /** What was dialled for it, and which of the attempts that it leads to is being made; counts from 0. */
  readonly dialled: string;
  readonly attempt: number;
  /** Whom the third party sees. */
  readonly callerId: CallerId | undefined;
  /** Where the leg and its waiting partner talked before. */
  readonly formerBridge: EngineBridgeId;
  readonly bridge: EngineBridgeId | undefined;
}

/** What is left to try if the far side of a leg is not reached, and how it was asked for. */
export interface LegWays {
  readonly asked: Omit<NewEngineLeg, 'id' | 'target'>;
  readonly left: readonly { readonly trunkId: TrunkId; readonly target: LegTarget }[];
}

export interface RunningRecording {
  readonly recordingId: RecordingId;
  readonly engineId: EngineRecordingId;
}

/** The sound of a leg on its way to somebody outside, while its program does something else. */
export interface RunningStream {
  readonly audioId: EngineAudioId;
  readonly source: ProgramSourceRef;
  readonly wish: StreamWish;
}

/** One SIP dialog between the exchange and one party. */
export interface Leg {
  readonly id: LegId;
  readonly sid: Sid;
  readonly engineId: EngineLegId;
  readonly callId: CallId;
  readonly accountId: AccountId;
  /** `inbound`: it arrived; `outbound`: we made it. */
  readonly direction: 'inbound' | 'outbound';
  /** `caller`: the call is its doing (a click-to-dial's first leg too); `callee`: it is called. */
  readonly role: 'caller' | 'callee';
  readonly party: Party;
  /** Number of the party: E.164, or an extension. Empty if hidden. */
  readonly number: string;
  /** Name of the party as it may be shown; cleaned. */
  readonly name: string;
  /** What the leg's party dialled, or was asked to reach; for a callee the number it was called by. */
  readonly dialled: string;
  readonly state: LegState;
  readonly startedAt: Date;
  readonly ringingAt: Date | undefined;
  readonly answeredAt: Date | undefined;
  readonly endedAt: Date | undefined;
  readonly cause: HangupCause | undefined;
  readonly sipStatus: number | undefined;
  /** Which leg's program made this one. */
  readonly parentLegId: LegId | undefined;
  /** First leg of the causal tree; never changes. */
  readonly rootLegId: LegId;
  readonly heldBy: readonly Holder[];
  readonly mutedBy: readonly Holder[];
  readonly bridge: EngineBridgeId | undefined;
  readonly program: StoredProgram | undefined;
  /** Whose doing it is and who is told of it, whatever program runs on it now. */
  readonly source: ProgramSourceRef | undefined;
  /** What its source keeps with it. */
  readonly tag: Tag | undefined;
  readonly consultation: Consultation | undefined;
  readonly recordings: readonly RunningRecording[];
  readonly streams?: readonly RunningStream[];
  /** Joins the two sides of a call between accounts. */
  readonly internalToken: string | undefined;
  /** When it first heard somebody else. */
  readonly talkedAt?: Date;
  /** Other gateways that lead to the same party; the leg stays the same. */
  readonly ways?: LegWays;
  /** Seconds that it may last once it is answered; no limit if absent. */
  readonly mostSeconds?: number;
}

export const isHeld = (leg: Leg): boolean => leg.heldBy.length > 0;
export const isMuted = (leg: Leg): boolean => leg.mutedBy.length > 0;
export const isUp = (leg: Leg): boolean => leg.state === 'answered';
export const hasEnded = (leg: Leg): boolean => leg.state === 'hangup';

/** The user at a leg, if it is one of the account's. */
export const userOf = (leg: Leg): UserId | undefined =>
  leg.party.kind === 'endpoint' ? leg.party.userId : undefined;
