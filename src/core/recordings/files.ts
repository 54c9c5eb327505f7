import type { Readable } from 'node:stream';

/** Bytes of a file, both ends included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Where large bytes lie: a local folder, or S3 in a cluster. Keys are ours, never names from outside. */
export interface Files {
  /** Moves a local file in: complete or not at all, durable when it resolves. */
  take(key: string, localPath: string): Promise<{ readonly sizeBytes: number }>;
  open(key: string, range?: ByteRange): Promise<Readable>;
  size(key: string): Promise<number | undefined>;
  remove(key: string): Promise<void>;
  /** Bytes that are free; recordings stop below 1 GB. */
  freeBytes(): Promise<number>;
}
