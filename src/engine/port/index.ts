export type {
  Contact,
  ContactState,
  EngineEndpoint,
  EngineTrunk,
  TrunkStatus,
} from './endpoints.ts';
export type {
  AudioDirection,
  DtmfTiming,
  Engine,
  LegTarget,
  Media,
  MediaTarget,
  NewEngineLeg,
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
  EngineBridgeId,
  EngineLegId,
  EngineRecordingId,
  PlaybackId,
  TrunkName,
} from './ids.ts';
export type {
  EngineBridgeSnapshot,
  EngineLegSnapshot,
  EngineSnapshot,
  EngineStatus,
  MediaWorkState,
} from './snapshot.ts';
