export {
  type Conference,
  type ConferenceSettings,
  type ConferenceState,
  listenersOf,
  membersOf,
  type Participant,
  participantOf,
  whyRefused,
  withoutParticipant,
  withParticipant,
  withWatcher,
} from './conference.ts';
export {
  conferenceInvalid,
  conferenceNotFound,
  conferenceNotRunning,
  conferenceTaken,
  participantNotFound,
} from './conference-errors.ts';
export { createLiveConferences, type LiveConferences } from './live-conferences.ts';
export type {
  ConferenceChange,
  Conferences,
  ConferenceView,
  NewConference,
  ParticipantView,
  Whom,
} from './service.ts';
