import type { Readable } from 'node:stream';
import type { ByteRange } from './files.ts';

/** A sound that was converted. */
export interface ConvertedSound {
  readonly sizeBytes: number;
  open(range?: ByteRange): Readable;
}

/** Makes other formats of recordings; what was made is kept for a while. */
export interface SoundConverter {
  /**
   * @param name - names the sound for good: the same name is the same sound
   * @throws {DomainError} `recording.not_converted` (unavailable)
   */
  toMp3(name: string, wav: () => Promise<Readable>): Promise<ConvertedSound>;
}
