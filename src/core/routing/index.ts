export { type AnnouncementName, announcement, spokenTime } from './announcements.ts';
export type { AccountDirectory, Directory, DirectoryStore } from './directory.ts';
export { isEmergencyNumber } from './emergency-numbers.ts';
export {
  endpointTargets,
  type RoutingView,
  resolveDestination,
  resolveInbound,
  userTargets,
} from './resolve-destination.ts';
export type { RingTarget, Route } from './route.ts';
