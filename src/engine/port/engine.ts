import type {
  Contact,
  EngineEndpoint,
  EngineTrunk,
  GatewayAddress,
  TrunkStatus,
} from './endpoints.ts';
import type { EngineFact } from './engine-fact.ts';
import type { HangupCause } from './hangup-cause.ts';
import type {
  EndpointName,
  EngineAudioId,
  EngineBridgeId,
  EngineLegId,
  EngineRecordingId,
  PlaybackId,
  TrunkName,
} from './ids.ts';
import type { LegAudio, LegAudioOptions } from './leg-audio.ts';
import type { EngineSnapshot, EngineStatus, MediaWorkState } from './snapshot.ts';

/** Where messages for a SIP address are sent: somebody has looked whether they may be. */
export interface SipRoute {
  readonly address: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp';
}

/** Whom a new leg reaches. */
export type LegTarget =
  /** One registered device of an endpoint, by the URI that it registered. */
  | { readonly kind: 'contact'; readonly endpoint: EndpointName; readonly uri: string }
  /** A number behind a provider, as it is sent there. */
  | {
      readonly kind: 'trunk';
      readonly trunk: TrunkName;
      readonly number: string;
      readonly gateway: GatewayAddress;
    }
  /** The other side of a call between two accounts: it arrives as a leg of its own with this token. */
  | { readonly kind: 'internal'; readonly token: string }
  /** An address somewhere else, called without a trunk. The engine resolves no name of it. */
  | {
      readonly kind: 'sip';
      readonly uri: string;
      readonly route: SipRoute;
      /** What the far side may ask for. */
      readonly login?: { readonly username: string; readonly password: string };
      /** Host part of `From`; the engine's own address if absent. */
      readonly fromHost?: string;
    }
  /** Something the engine itself does at the far end, such as sending back what it hears. */
  | { readonly kind: 'service'; readonly service: 'echo' };

export interface NewEngineLeg {
  readonly id: EngineLegId;
  readonly target: LegTarget;
  /** Whom the far side sees. Texts from outside: the engine escapes them. */
  readonly caller: {
    readonly number?: string;
    readonly name?: string;
    readonly hidden?: boolean;
  };
  /** Seconds that the far side may ring, 1 to 600; then the leg ends with `no_answer`. */
  readonly ringTimeoutSeconds: number;
  /** The leg that this one is made for. Commands of both keep their order; codecs are shared. */
  readonly partner?: EngineLegId;
  /** SIP headers to add. Names are ours; values are checked by the caller for line breaks. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type MediaTarget =
  | { readonly leg: EngineLegId }
  | { readonly bridge: EngineBridgeId; readonly lane?: EngineLegId };

export type Media =
  /** A local WAV file: mono, 16-bit PCM, 8,000 Hz. Absolute path. */
  | { readonly kind: 'file'; readonly path: string }
  /** A tone of the account's country, which never ends by itself. */
  | {
      readonly kind: 'tone';
      readonly tone: 'ring' | 'busy' | 'dial' | 'congestion' | 'record';
      readonly country: string;
    }
  | { readonly kind: 'silence'; readonly seconds: number }
  /** A short tone that says: now. About 0.4 s. */
  | { readonly kind: 'beep' };

/** Which way, as the leg's own party sees it: `in` is what it says, `out` is what it hears. */
export type AudioDirection = 'in' | 'out' | 'both';

/**
 * The engine as the core sees it. A command resolves when the engine has accepted it; what became of it
 * is reported as a fact. Every command has a time limit and rejects with an error of `engine-errors.ts`,
 * never hangs, and names itself in the error. A command on a leg that is gone rejects with
 * `engine.leg_gone`.
 */
export interface Engine {
  /**
   * Makes a leg and rings its far side. Rejects with `engine.unreachable` if nothing can be rung.
   * @param options.notBefore - the far side is not called before this resolves
   */
  dialLeg(leg: NewEngineLeg, options?: { readonly notBefore?: Promise<void> }): Promise<void>;
  /**
   * The headers of an arrived leg's INVITE, names in lower case, the first value of each; at most 40. Hostile
   * texts, bounded to 512 characters.
   */
  inviteHeaders(leg: EngineLegId): Promise<Readonly<Record<string, string>>>;
  /** Tells an arrived leg that the far side rings (SIP 180). */
  ring(leg: EngineLegId): Promise<void>;
  /** Opens the sound towards an unanswered leg (SIP 183). */
  progress(leg: EngineLegId): Promise<void>;
  answer(leg: EngineLegId): Promise<void>;
  /**
   * Ends a leg. A leg that is gone already is no error: what was asked for is true.
   * @param options.sipStatus - what a caller who was not answered is told, 400 to 699, instead of the cause's;
   *   the nearest that the engine can say
   */
  hangUp(
    leg: EngineLegId,
    cause: HangupCause,
    options?: { readonly sipStatus?: number },
  ): Promise<void>;
  /** Sends keys (`0-9 A-D * #`) to the far side of a leg, as RFC 4733 events. */
  sendDtmf(leg: EngineLegId, digits: string, timing: DtmfTiming): Promise<void>;
  mute(leg: EngineLegId, direction: AudioDirection): Promise<void>;
  unmute(leg: EngineLegId, direction: AudioDirection): Promise<void>;
  /** Plays music to a leg instead of everything else, in a bridge too. */
  startMusic(leg: EngineLegId): Promise<void>;
  stopMusic(leg: EngineLegId): Promise<void>;
  /** Sends silence to a leg that is in no bridge, so that its phone does not take the line for dead. */
  startSilence(leg: EngineLegId): Promise<void>;
  stopSilence(leg: EngineLegId): Promise<void>;
  /**
   * Lets a leg that is in a bridge with others be heard by some of them alone. It hears everybody. Who is
   * named before and is not named now hears it no more.
   * @param listeners - one that is gone is passed over; `undefined`: from now on everybody hears it again
   */
  coach(leg: EngineLegId, listeners: readonly EngineLegId[] | undefined): Promise<void>;
  /** Whether the facts `leg.talking` are told of a leg. Not while something is played to the leg alone. */
  detectTalking(leg: EngineLegId, on: boolean): Promise<void>;

  /**
   * @param options.dtmf - whether keys pressed in the bridge must be reported
   * @param options.many - whether it is for more than two: how it mixes stays the same whoever comes and goes
   * @param options.id - a name of ours, for a bridge that outlives who made it; one that is there already is
   *   no error
   */
  createBridge(options: {
    readonly dtmf: boolean;
    readonly many?: boolean;
    readonly lane?: EngineLegId;
    readonly id?: EngineBridgeId;
  }): Promise<EngineBridgeId>;
  /** Empties a bridge and gives it back. A bridge that is gone is no error. */
  destroyBridge(bridge: EngineBridgeId): Promise<void>;
  join(bridge: EngineBridgeId, legs: readonly EngineLegId[]): Promise<void>;
  /** Takes a leg out of a bridge. A leg that is not in it is no error. */
  leave(bridge: EngineBridgeId, leg: EngineLegId): Promise<void>;

  /** Plays one after the other; ends with the fact `playback.finished`. */
  play(id: PlaybackId, target: MediaTarget, media: readonly Media[]): Promise<void>;
  /** Stops a playback. One that is over is no error. */
  stopPlayback(id: PlaybackId): Promise<void>;
  /** Records one leg, wherever it is bridged, into a mono WAV; ends with `recording.finished`. */
  record(
    id: EngineRecordingId,
    leg: EngineLegId,
    options: { readonly direction: AudioDirection },
  ): Promise<void>;
  /** Records everything that is said in a bridge, until it is stopped or the bridge is gone. */
  recordBridge(id: EngineRecordingId, bridge: EngineBridgeId): Promise<void>;
  pauseRecording(id: EngineRecordingId): Promise<void>;
  resumeRecording(id: EngineRecordingId): Promise<void>;
  /** Stops a recording. One that is over is no error. */
  stopRecording(id: EngineRecordingId): Promise<void>;

  /**
   * Opens the live sound of a leg.
   * @param id - a name of ours; what was opened under it before, by a server that is gone, is closed
   */
  openAudio(id: EngineAudioId, leg: EngineLegId, options: LegAudioOptions): Promise<LegAudio>;
  /** Takes away what is left of the sound that somebody opened under a name. */
  closeAudio(id: EngineAudioId): Promise<void>;

  /**
   * Asks the party of an answered leg to call somebody else (REFER). Until the fact `leg.referred` comes the leg takes
   * no other command but `hangUp` and `stopReferring`. @see RFC 3515
   */
  refer(leg: EngineLegId, to: Referral): Promise<void>;
  /** Waits no longer for what becomes of it. A leg that is not asked is no error. */
  stopReferring(leg: EngineLegId): Promise<void>;
  /** Sends a request within the dialog of an answered leg. Resolves when it is sent; nobody tells what is answered. */
  sendRequest(leg: EngineLegId, request: DialogRequest): Promise<void>;
  /** Sends a text to one registered device, outside any call (MESSAGE). @see RFC 3428 */
  sendMessage(message: {
    readonly endpoint: EndpointName;
    readonly uri: string;
    readonly from: string;
    readonly text: string;
  }): Promise<void>;

  /** Answers a phone that asked for a transfer (`leg.transfer_asked`). @see RFC 3515 section 2.4.5 */
  reportTransfer(leg: EngineLegId, outcome: 'progress' | 'answered' | 'failed'): Promise<void>;

  /** What exists now. Taken after every (re)connection, and once a minute as an audit. */
  snapshot(): Promise<EngineSnapshot>;
  playbackState(id: PlaybackId): Promise<MediaWorkState>;
  recordingState(id: EngineRecordingId): Promise<MediaWorkState>;

  /** Makes the engine know exactly these. For the bulk, at start and after many changes. */
  replaceEndpoints(
    endpoints: readonly EngineEndpoint[],
    trunks: readonly EngineTrunk[],
  ): Promise<void>;
  /** One new or changed endpoint, at once. */
  putEndpoint(endpoint: EngineEndpoint): Promise<void>;
  removeEndpoint(endpoint: EndpointName): Promise<void>;
  putTrunk(trunk: EngineTrunk): Promise<void>;
  removeTrunk(trunk: TrunkName): Promise<void>;
  /** Every device that is registered now. */
  contacts(): Promise<readonly Contact[]>;
  trunkStatuses(): Promise<readonly TrunkStatus[]>;

  status(): EngineStatus;
  /** Facts in the order in which they happened. Returns a function that ends the subscription. */
  onFact(listener: (fact: EngineFact) => void): () => void;
}

/** Whom a party is asked to call. */
export interface Referral {
  /** A SIP address. */
  readonly to: string;
  /** Who is said to have asked; the leg's own side if absent. */
  readonly by?: string | undefined;
}

/** A request within a dialog: a text, or that something happened. */
export type DialogRequest =
  /** One line. */
  | { readonly method: 'MESSAGE'; readonly contentType: string; readonly content: string }
  | { readonly method: 'NOTIFY'; readonly headers: Readonly<Record<string, string>> };

export interface DtmfTiming {
  /** Milliseconds that a tone lasts, 40 to 5,000. */
  readonly toneMs: number;
  /** Milliseconds between two tones, 20 to 5,000. */
  readonly gapMs: number;
}
