export type { ConvertedSound, SoundConverter } from './converter.ts';
export { createRecordings, recordingNotConverted, recordingNotFound } from './create-recordings.ts';
export type { ByteRange, Files } from './files.ts';
export type { Recording } from './recording.ts';
export type { RecordingStore } from './recording-store.ts';
export type { Recordings, SoundFormat } from './service.ts';
