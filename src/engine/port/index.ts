export type {
  Contact,
  ContactState,
  EngineEndpoint,
  EngineGateway,
  EngineTrunk,
  GatewayAddress,
  TrunkStatus,
} from './endpoints.ts';
export type {
  AudioDirection,
  DialogRequest,
  DtmfTiming,
  Engine,
  LegTarget,
  Media,
  MediaTarget,
  NewEngineLeg,
  Referral,
  SipRoute,
} from './engine.ts';
export {
  engineRefused,
  engineUnavailable,
  legGone,
  legUnreachable,
} from './engine-errors.ts';
export type { EngineFact, LegOrigin } from './engine-fact.ts';
export type { HangupCause } from './hangup-cause.ts';
export { causeOfQ850, q850Of } from './hangup-cause.ts';
export type {
  EndpointName,
  EngineAudioId,
  EngineBridgeId,
  EngineLegId,
  EngineRecordingId,
  PlaybackId,
  TrunkName,
} from './ids.ts';
export type { AudioEar, AudioRate, LegAudio, LegAudioOptions } from './leg-audio.ts';
export type {
  EngineBridgeSnapshot,
  EngineLegSnapshot,
  EngineSnapshot,
  EngineStatus,
  MediaWorkState,
} from './snapshot.ts';
