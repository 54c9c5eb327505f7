import type { Contact, TrunkStatus } from './endpoints.ts';
import type { HangupCause } from './hangup-cause.ts';
import type {
  EndpointName,
  EngineBridgeId,
  EngineLegId,
  EngineRecordingId,
  PlaybackId,
  TrunkName,
} from './ids.ts';

/** Where an arrived leg comes from. The engine has authenticated it. */
export type LegOrigin =
  | { readonly kind: 'endpoint'; readonly endpoint: EndpointName }
  | { readonly kind: 'trunk'; readonly trunk: TrunkName }
  /** The other side of `LegTarget` `internal`. */
  | { readonly kind: 'internal'; readonly token: string };

/**
 * Everything the engine can report. Facts alone change live state. Texts that a phone or provider sent
 * (names, numbers, user agents) are hostile and bounded to 256 characters.
 */
export type EngineFact =
  | {
      readonly type: 'leg.arrived';
      readonly leg: EngineLegId;
      readonly at: Date;
      readonly origin: LegOrigin;
      readonly callerNumber: string;
      readonly callerName: string;
      /** What was dialled: the user part of the request URI. */
      readonly dialled: string;
    }
  | { readonly type: 'leg.progress'; readonly leg: EngineLegId; readonly at: Date }
  | { readonly type: 'leg.ringing'; readonly leg: EngineLegId; readonly at: Date }
  | { readonly type: 'leg.answered'; readonly leg: EngineLegId; readonly at: Date }
  | {
      readonly type: 'leg.ended';
      readonly leg: EngineLegId;
      readonly at: Date;
      readonly cause: HangupCause;
      /** Q.850 number as the engine reported it; 0 if it is not known. */
      readonly q850: number;
      /** SIP status with which the far side refused, if it did. */
      readonly sipStatus: number | undefined;
    }
  | {
      readonly type: 'leg.dtmf';
      readonly leg: EngineLegId;
      readonly at: Date;
      readonly digit: string;
      readonly durationMs: number;
    }
  /** Somebody begins or ceases to talk; for legs of which it was asked for. */
  | {
      readonly type: 'leg.talking';
      readonly leg: EngineLegId;
      readonly at: Date;
      readonly talking: boolean;
    }
  /** The phone itself holds (re-INVITE with `sendonly`) or resumes. @see RFC 3264 section 8.4 */
  | { readonly type: 'leg.phone_held'; readonly leg: EngineLegId; readonly at: Date }
  | { readonly type: 'leg.phone_resumed'; readonly leg: EngineLegId; readonly at: Date }
  /** A phone asks (REFER) that its partner be transferred. @see RFC 3515, RFC 3891 */
  | {
      readonly type: 'leg.transfer_asked';
      readonly leg: EngineLegId;
      readonly at: Date;
      readonly target:
        | { readonly kind: 'blind'; readonly dialled: string }
        | { readonly kind: 'attended'; readonly otherLeg: EngineLegId };
    }
  /** What became of asking a party to call somebody else. */
  | {
      readonly type: 'leg.referred';
      readonly leg: EngineLegId;
      readonly at: Date;
      readonly ok: boolean;
      /** SIP status with which it ended; `undefined` if nobody said. */
      readonly sipStatus: number | undefined;
    }
  | {
      readonly type: 'playback.finished';
      readonly playback: PlaybackId;
      readonly at: Date;
      readonly ok: boolean;
    }
  | {
      readonly type: 'recording.finished';
      readonly recording: EngineRecordingId;
      readonly at: Date;
      readonly ok: boolean;
      /** Absolute path of the WAV file. */
      readonly path: string;
      readonly durationSeconds: number;
    }
  | { readonly type: 'bridge.gone'; readonly bridge: EngineBridgeId; readonly at: Date }
  | {
      readonly type: 'contact.changed';
      readonly endpoint: EndpointName;
      readonly at: Date;
      /** All devices of the endpoint that are registered now. */
      readonly contacts: readonly Contact[];
    }
  | { readonly type: 'trunk.changed'; readonly at: Date; readonly status: TrunkStatus }
  /** Devices and trunks may have registered or gone without a word: ask who is registered. */
  | { readonly type: 'registrations.unsure'; readonly at: Date }
  /** A login was refused. */
  | {
      readonly type: 'login.refused';
      readonly at: Date;
      readonly username: string;
      readonly address: string;
    }
  /**
   * Events flow (again), and every question is answered. What happened meanwhile is unknown: take a snapshot,
   * and ask who is registered. Facts about legs may come before.
   */
  | {
      readonly type: 'engine.connected';
      readonly at: Date;
      readonly version: string;
      readonly restarted: boolean;
    }
  | { readonly type: 'engine.lost'; readonly at: Date };
