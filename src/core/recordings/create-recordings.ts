import { mayActFor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { SoundConverter } from './converter.ts';
import type { Files } from './files.ts';
import type { RecordingStore } from './recording-store.ts';
import type { Recordings } from './service.ts';

export const recordingNotFound = (id: string) =>
  new DomainError('not_found', 'recording.not_found', `There is no recording ${id}`, {
    details: { id },
  });

export const recordingNotConverted = (cause: unknown) =>
  new DomainError('unavailable', 'recording.not_converted', 'The sound cannot be converted now', {
    cause,
  });

export interface RecordingPorts {
  readonly store: RecordingStore;
  readonly files: Files;
  readonly converter: SoundConverter;
}

/** Finished recordings, for whoever may hear them: their owner and administrators. */
export function createRecordings({ store, files, converter }: RecordingPorts): Recordings {
  const get: Recordings['get'] = async (actor, id) => {
    const recording = await store.find(actor.accountId, id);
    if (!recording || !mayActFor(actor, recording.ownerUserId)) throw recordingNotFound(id);
    return recording;
  };
  return {
    get,
    async remove(actor, id) {
      await get(actor, id);
      const file = await store.remove(actor.accountId, id);
      if (file === undefined) throw recordingNotFound(id);
      if (file) await files.remove(file);
    },
    async ofCalls(actor, callIds) {
      const found = await store.ofCalls(actor.accountId, callIds);
      return found.filter((recording) => mayActFor(actor, recording.ownerUserId));
    },
    async open(actor, id, { format = 'wav', range } = {}) {
      const recording = await get(actor, id);
      const { file } = recording;
      const sizeBytes = file && (await files.size(file));
      if (!file || sizeBytes === undefined || sizeBytes === '') throw recordingNotFound(id);
      if (format === 'wav') return { recording, sizeBytes, stream: await files.open(file, range) };
      const mp3 = await converter.toMp3(id, () => files.open(file));
      return { recording, sizeBytes: mp3.sizeBytes, stream: mp3.open(range) };
    },
  };
}
