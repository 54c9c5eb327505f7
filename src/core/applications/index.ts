export type {
  Application,
  ApplicationChange,
  NewApplication,
  SpeechDefaults,
  SpeechVendor,
} from './application.ts';
export { usualSpeech } from './application.ts';
export { applicationNotFound } from './application-errors.ts';
export type { ApplicationStore } from './application-store.ts';
export { type ApplicationPorts, createApplications } from './create-applications.ts';
export type { Applications } from './service.ts';
