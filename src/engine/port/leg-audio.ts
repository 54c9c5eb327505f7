/**
 * What is heard of a leg: what its party says (`in`), that mixed with what it hears (`both`), or the two as left and
 * right (`apart`).
 */
export type AudioEar = 'in' | 'both' | 'apart';

/** Samples a second that the engine can give and take. */
export type AudioRate = 8_000 | 12_000 | 16_000 | 24_000 | 32_000 | 44_100 | 48_000;

export interface LegAudioOptions {
  readonly ear: AudioEar;
  readonly earRate: AudioRate;
  /** Samples a second of what is spoken to the leg; nothing is if absent. */
  readonly mouthRate?: AudioRate | undefined;
}

/**
 * The live sound of a leg, wherever it is bridged: 16-bit little-endian linear PCM. It is a connection, no state:
 * it ends with the leg, with the engine and with the server.
 */
export interface LegAudio {
  /** Hears about 20 ms at a time, from the first on. */
  onSound(listener: (pcm: Buffer) => void): void;
  /** Queues sound that the leg alone hears, over what it hears: one channel. */
  speak(pcm: Buffer): void;
  /** Drops what is queued. */
  hush(): void;
  /** Resolves when everything that was queued before has been spoken; with `false` if it was dropped. */
  spoken(): Promise<boolean>;
  /** Hears once that the sound has ended, also if it has already. */
  onEnd(listener: () => void): void;
  close(): Promise<void>;
}
