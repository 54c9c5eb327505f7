export { createRecordings, recordingNotFound } from './create-recordings.ts';
export type { Files } from './files.ts';
export type { Recording } from './recording.ts';
export type { RecordingStore } from './recording-store.ts';
export type { Recordings } from './service.ts';
