import type { Readable } from 'node:stream';
import type { Actor } from '../../kernel/actor.ts';
import type { CallId, RecordingId } from '../../kernel/ids.ts';
import type { Recording } from './recording.ts';

/** Finished recordings, for whoever may hear them. */
export interface Recordings {
  /** @throws {DomainError} `recording.not_found` */
  get(actor: Actor, id: RecordingId): Promise<Recording>;
  /** The stored recordings of some calls, oldest first. */
  ofCalls(actor: Actor, callIds: readonly CallId[]): Promise<readonly Recording[]>;
  /** The WAV. @throws {DomainError} `recording.not_found` */
  open(
    actor: Actor,
    id: RecordingId,
    range?: { readonly start: number; readonly end: number },
  ): Promise<{
    readonly recording: Recording;
    readonly sizeBytes: number;
    readonly stream: Readable;
  }>;
}
