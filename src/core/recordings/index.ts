export type { Recording } from './recording.ts';
export type { RecordingStore } from './recording-store.ts';
