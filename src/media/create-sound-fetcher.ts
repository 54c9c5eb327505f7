import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { announcementUnreachable, announcementUnusable } from '../core/calls/index.ts';
import type { SoundFetcher } from '../core/interpreter/index.ts';
import { newId } from '../kernel/ids.ts';
import { type MediaProgram, runProgram } from './run-program.ts';
import { whyUnplayable, wrapWav } from './wav.ts';

/**
 * Gets a file from an address that somebody outside gave.
 * @throws {Error} with a reason that may be shown
 */
export type SafeFetch = (
  url: string,
  limits: { readonly mostBytes: number; readonly limitMs: number },
) => Promise<Buffer>;

/** Bytes of an announcement: five minutes. */
const mostBytes = 5_000_000;
const limitMs = 10_000;

/** Bytes of a file that is converted, and of what becomes of it: an hour. */
const mostForeignBytes = 20_000_000;
const mostSeconds = 3_600;

const nameOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Fetches sounds, checks or converts them and keeps them where the engine can read them. */
export function createSoundFetcher(options: {
  readonly folder: string;
  readonly fetch: SafeFetch;
  readonly ffmpeg: MediaProgram;
}): SoundFetcher {
  const { folder, ffmpeg } = options;
  const get = async (url: string, most: number): Promise<Buffer> => {
    try {
      return await options.fetch(url, { mostBytes: most, limitMs });
    } catch (error) {
      throw announcementUnreachable((error as Error).message);
    }
  };
  const keep = async (path: string, bytes: Buffer): Promise<string> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const draft = `${path}.${newId()}`;
    await writeFile(draft, bytes);
    await rename(draft, path);
    return path;
  };
  /** No address in the file is followed: ffmpeg reads from its input alone. */
  const convert = (bytes: Buffer, seekSeconds: number): Promise<Buffer> =>
    runProgram(
      ffmpeg,
      [
        ...['-loglevel', 'error', '-protocol_whitelist', 'pipe', '-i', 'pipe:0'],
        ...(seekSeconds > 0 ? ['-ss', seekSeconds.toFixed(3)] : []),
        ...['-t', String(mostSeconds), '-vn', '-ac', '1', '-ar', '8000'],
        ...['-sample_fmt', 's16', '-f', 's16le', 'pipe:1'],
      ],
      { input: bytes, limitMs },
    );
  return {
    async fetch(url) {
      const bytes = await get(url, mostBytes);
      const reason = whyUnplayable(bytes);
      if (reason) throw announcementUnusable(reason);
      return keep(join(folder, `${nameOf(bytes)}.wav`), bytes);
    },
    async fetchAny(url, seekSeconds) {
      const bytes = await get(url, mostForeignBytes);
      const path = join(folder, `${nameOf(bytes)}-${seekSeconds.toFixed(3)}.wav`);
      if (existsSync(path)) return path;
      const sound = await convert(bytes, seekSeconds).catch(() => Buffer.alloc(0));
      if (sound.length === 0)
        throw announcementUnusable('there is no sound in it that can be read');
      return keep(path, wrapWav(sound, 8_000));
    },
  };
}
