import type {
  AudioDirection,
  DialogRequest,
  DtmfTiming,
  EndpointName,
  Engine,
  EngineAudioId,
  EngineBridgeId,
  EngineEndpoint,
  EngineLegId,
  EngineRecordingId,
  EngineTrunk,
  HangupCause,
  LegAudioOptions,
  Media,
  MediaTarget,
  NewEngineLeg,
  PlaybackId,
  Referral,
  TrunkName,
} from '../port/index.ts';

/** Every member by itself, so that one can be picked out by its name. */
type Each<Name extends string, Fields> = Name extends string
  ? { readonly name: Name } & Fields
  : never;

/** What the engine was asked for, as plain data. Questions (`snapshot`, `contacts` …) are none. */
export type FakeCommand =
  | Each<'dialLeg', { readonly leg: EngineLegId } & Omit<NewEngineLeg, 'id'>>
  | Each<
      'ring' | 'progress' | 'answer' | 'startMusic' | 'stopMusic' | 'startSilence' | 'stopSilence',
      { readonly leg: EngineLegId }
    >
  | Each<
      'coach',
      { readonly leg: EngineLegId; readonly listeners: readonly EngineLegId[] | undefined }
    >
  | Each<'detectTalking', { readonly leg: EngineLegId; readonly on: boolean }>
  | Each<
      'hangUp',
      {
        readonly leg: EngineLegId;
        readonly cause: HangupCause;
        readonly sipStatus?: number;
      }
    >
  | Each<
      'sendDtmf',
      { readonly leg: EngineLegId; readonly digits: string; readonly timing: DtmfTiming }
    >
  | Each<'mute' | 'unmute', { readonly leg: EngineLegId; readonly direction: AudioDirection }>
  | Each<'createBridge', { readonly bridge: EngineBridgeId; readonly dtmf: boolean }>
  | Each<'destroyBridge', { readonly bridge: EngineBridgeId }>
  | Each<'join', { readonly bridge: EngineBridgeId; readonly legs: readonly EngineLegId[] }>
  | Each<'leave', { readonly bridge: EngineBridgeId; readonly leg: EngineLegId }>
  | Each<
      'play',
      {
        readonly playback: PlaybackId;
        readonly target: MediaTarget;
        readonly media: readonly Media[];
      }
    >
  | Each<'stopPlayback', { readonly playback: PlaybackId }>
  | Each<
      'record',
      {
        readonly recording: EngineRecordingId;
        readonly leg: EngineLegId;
        readonly direction: AudioDirection;
      }
    >
  | Each<'recordBridge', { readonly recording: EngineRecordingId; readonly bridge: EngineBridgeId }>
  | Each<
      'pauseRecording' | 'resumeRecording' | 'stopRecording',
      { readonly recording: EngineRecordingId }
    >
  | Each<
      'openAudio',
      {
        readonly audio: EngineAudioId;
        readonly leg: EngineLegId;
        readonly options: LegAudioOptions;
      }
    >
  | Each<'closeAudio', { readonly audio: EngineAudioId }>
  | Each<'refer', { readonly leg: EngineLegId; readonly to: Referral }>
  | Each<'stopReferring', { readonly leg: EngineLegId }>
  | Each<'sendRequest', { readonly leg: EngineLegId; readonly request: DialogRequest }>
  | Each<'sendMessage', Parameters<Engine['sendMessage']>[0]>
  | Each<
      'reportTransfer',
      { readonly leg: EngineLegId; readonly outcome: Parameters<Engine['reportTransfer']>[1] }
    >
  | Each<
      'replaceEndpoints',
      { readonly endpoints: readonly EngineEndpoint[]; readonly trunks: readonly EngineTrunk[] }
    >
  | Each<'putEndpoint', { readonly endpoint: EngineEndpoint }>
  | Each<'removeEndpoint', { readonly endpoint: EndpointName }>
  | Each<'putTrunk', { readonly trunk: EngineTrunk }>
  | Each<'removeTrunk', { readonly trunk: TrunkName }>;

export type FakeCommandName = FakeCommand['name'];

/** The command of one name. */
export type FakeCommandOf<Name extends FakeCommandName> = Extract<FakeCommand, { name: Name }>;
