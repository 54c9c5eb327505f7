export type { EngineEndpoint, EngineTrunk } from '../../engine/port/index.ts';
export { type AnnouncementName, announcement } from './announcements.ts';
export { createDirectory, type LiveDirectory } from './create-directory.ts';
export type { AccountDirectory, Directory, DirectoryStore } from './directory.ts';
export { isEmergencyNumber } from './emergency-numbers.ts';
export { endpointNameIn, trunkNameOf } from './engine-names.ts';
export { firstAttempt } from './first-attempt.ts';
export {
  endpointTargets,
  inboundNumber,
  numbersIn,
  type RoutingView,
  resolveDestination,
  resolveInbound,
  userTargets,
} from './resolve-destination.ts';
export type { RingTarget, Route, TrunkWay } from './route.ts';
