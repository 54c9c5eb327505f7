import { mayActFor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { Files } from './files.ts';
import type { RecordingStore } from './recording-store.ts';
import type { Recordings } from './service.ts';

export const recordingNotFound = (id: string) =>
  new DomainError('not_found', 'recording.not_found', `There is no recording ${id}`, {
    details: { id },
  });

export interface RecordingPorts {
  readonly store: RecordingStore;
  readonly files: Files;
}

/** Finished recordings, for whoever may hear them: their owner and administrators. */
export function createRecordings({ store, files }: RecordingPorts): Recordings {
  const get: Recordings['get'] = async (actor, id) => {
    const recording = await store.find(actor.accountId, id);
    if (!recording || !mayActFor(actor, recording.ownerUserId)) throw recordingNotFound(id);
    return recording;
  };
  return {
    get,
    async ofCalls(actor, callIds) {
      const found = await store.ofCalls(actor.accountId, callIds);
      return found.filter((recording) => mayActFor(actor, recording.ownerUserId));
    },
    async open(actor, id, range) {
      const recording = await get(actor, id);
      const sizeBytes = recording.file && (await files.size(recording.file));
      if (!recording.file || sizeBytes === undefined || sizeBytes === '')
        throw recordingNotFound(id);
      return { recording, sizeBytes, stream: await files.open(recording.file, range) };
    },
  };
}
