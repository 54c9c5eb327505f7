export { shownCaller } from './callers.ts';
export { keepWays, outboundLeg, sipWay, toEngineLeg } from './child-legs.ts';
export {
  applyCoaching,
  endConference,
  playInRoom,
  type RoomPorts,
  recordRoom,
  tellTalking,
} from './conference-room.ts';
export type { AbortReason, Input } from './input.ts';
export { standardTiming } from './instructions/dtmf.ts';
export { createInterpreter, type Interpreter } from './interpreter.ts';
export {
  applyHolder,
  forgetRecording,
  type RecordingRequest,
  setHeld,
  setMuted,
  startRecording,
  stopRecordings,
} from './leg-effects.ts';
export { about, legCreated } from './leg-events.ts';
export { makeBridge } from './make-bridge.ts';
export type {
  InterpreterPorts,
  Registrations,
  SipTargets,
  SoundDecoder,
  SoundFetcher,
} from './ports.ts';
export { planDial, routingView } from './resolve-targets.ts';
export { sipTargetRefused, sipTargetUnreachable } from './sip-target-errors.ts';
export { toMediaFor } from './sounds.ts';
export type { Speech } from './speech.ts';
export { offer, putQueue, queueFor, tellQueued, tellUnqueued } from './waiting-line.ts';
