export type { Call } from './call.ts';
export {
  accountSuspended,
  announcementUnreachable,
  announcementUnusable,
  callerIdNotOwned,
  callNotFound,
  callStateConflict,
  endpointUnregistered,
  exchangeDraining,
  invalidDigits,
  invalidNumber,
  leadsNowhere,
  legNotFound,
  limitReached,
  storageFull,
} from './call-errors.ts';
export type { CallHistoryStore, CallJournal, JournalEntry } from './call-journal.ts';
export { emptyEntry } from './call-journal.ts';
export type { Cdr } from './cdr.ts';
export type {
  HistoryConnections,
  HistoryDirection,
  HistoryEntry,
  HistoryPage,
  HistoryQuery,
  HistoryStatus,
  NewHistoryEntry,
} from './history.ts';
export type { Consultation, Holder, Leg, LegState, Party, RunningRecording } from './leg.ts';
export { canMove, hasEnded, isHeld, isMuted, isUp, userOf } from './leg.ts';
export { type LegView, viewOfCdr, viewOfLeg } from './leg-view.ts';
export type { Legs, NewLeg } from './legs-service.ts';
export { createLiveCalls, type LiveCalls } from './live-calls.ts';
export type { CallOrigin, Calls, CallTransfer, CallView, NewCall } from './service.ts';
export { secondsBetween, summariseCall } from './summarise-call.ts';
