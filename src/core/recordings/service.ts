import type { Readable } from 'node:stream';
import type { Actor } from '../../kernel/actor.ts';
import type { CallId, RecordingId } from '../../kernel/ids.ts';
import type { ByteRange } from './files.ts';
import type { Recording } from './recording.ts';

export type SoundFormat = 'wav' | 'mp3';

/** Finished recordings, for whoever may hear them. */
export interface Recordings {
  /** @throws {DomainError} `recording.not_found` */
  get(actor: Actor, id: RecordingId): Promise<Recording>;
  /** Removes a recording for good. @throws {DomainError} `recording.not_found` */
  remove(actor: Actor, id: RecordingId): Promise<void>;
  /** The stored recordings of some calls, oldest first. */
  ofCalls(actor: Actor, callIds: readonly CallId[]): Promise<readonly Recording[]>;
  /**
   * The sound, as it was recorded or converted.
   * @throws {DomainError} `recording.not_found`; `recording.not_converted` (unavailable)
   */
  open(
    actor: Actor,
    id: RecordingId,
    wish?: { readonly format?: SoundFormat; readonly range?: ByteRange },
  ): Promise<{
    readonly recording: Recording;
    readonly sizeBytes: number;
    readonly stream: Readable;
  }>;
}
