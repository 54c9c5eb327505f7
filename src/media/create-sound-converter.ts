import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import {
  type ConvertedSound,
  recordingNotConverted,
  type SoundConverter,
} from '../core/recordings/index.ts';
import { newId } from '../kernel/ids.ts';
import { type MediaProgram, runProgram } from './run-program.ts';

/** Milliseconds that converting may take: an hour of sound takes some seconds. */
const limitMs = 120_000;

/** Milliseconds that a converted sound is kept after it was made. */
const keptMs = 24 * 3_600_000;

/**
 * Reads from its input alone and says nothing of itself, so that the same sound gives the same bytes. 16,000 Hz is
 * the lowest rate that every player of MP3 knows. @see ISO/IEC 13818-3
 */
const toMp3Arguments = (path: string): readonly string[] => [
  ...['-loglevel', 'error', '-protocol_whitelist', 'pipe,file', '-f', 'wav', '-i', 'pipe:0'],
  ...['-map_metadata', '-1', '-vn', '-ac', '1', '-ar', '16000'],
  ...['-c:a', 'libmp3lame', '-b:a', '32k', '-fflags', '+bitexact', '-flags:a', '+bitexact'],
  ...['-f', 'mp3', '-y', path],
];

/** What was made longer ago than it is kept. */
async function forgetOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const made = await stat(path).catch(() => undefined);
    if (made && made.mtimeMs < Date.now() - keptMs) await rm(path, { force: true });
  }
}

/** Converts with ffmpeg, each sound once a day. @param options.folder - holds nothing else */
export function createSoundConverter(options: {
  readonly folder: string;
  readonly ffmpeg: MediaProgram;
}): SoundConverter {
  const { folder, ffmpeg } = options;
  const running = new Map<string, Promise<void>>();

  const make = async (path: string, wav: () => Promise<Readable>): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await forgetOld(folder);
    const draft = `${path}.${newId()}`;
    try {
      await runProgram(ffmpeg, toMp3Arguments(draft), { input: await wav(), limitMs });
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  };
  const made = async (path: string): Promise<ConvertedSound | undefined> => {
    const found = await stat(path).catch(() => undefined);
    return (
      found && {
        sizeBytes: found.size,
        open: (range) =>
          createReadStream(path, range ? { start: range.start, end: range.end } : {}),
      }
    );
  };
  return {
    async toMp3(name, wav) {
      const path = join(folder, `${name}.mp3`);
      const known = await made(path);
      if (known) return known;
      const making = running.get(path) ?? make(path, wav);
      running.set(path, making);
      try {
        await making;
      } catch (error) {
        throw recordingNotConverted(error);
      } finally {
        running.delete(path);
      }
      const fresh = await made(path);
      if (!fresh) throw recordingNotConverted(undefined);
      return fresh;
    },
  };
}
