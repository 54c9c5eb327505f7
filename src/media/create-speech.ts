import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Speech } from '../core/interpreter/index.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { newId } from '../kernel/ids.ts';
import { type MediaProgram, runProgram } from './run-program.ts';
import { wrapWav } from './wav.ts';

export const speechUnavailable = (cause: unknown) =>
  new DomainError('unavailable', 'speech.unavailable', 'The voice cannot speak now', { cause });

/** Languages that the built-in voice speaks; all others are spoken in English. */
const voices: Readonly<Record<string, string>> = {
  de: 'de',
  en: 'en-gb',
  fr: 'fr',
  es: 'es',
  it: 'it',
  nl: 'nl',
};

/** Milliseconds that speaking or converting may take, and characters that are spoken. */
const limitMs = 10_000;
const longestText = 4_000;

/** Words a minute. */
const speed = '150';

/**
 * The built-in voice: espeak-ng speaks, ffmpeg makes it 8,000 Hz. What was spoken once is kept under a
 * name made of its text, so that announcements cost nothing the second time.
 */
export function createSpeech(options: {
  readonly folder: string;
  readonly espeak: MediaProgram;
  readonly ffmpeg: MediaProgram;
}): Speech {
  const { folder, espeak, ffmpeg } = options;
  const running = new Map<string, Promise<string>>();

  const make = async (text: string, voice: string, path: string): Promise<string> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const spoken = await runProgram(espeak, ['-v', voice, '-s', speed, '--stdin', '--stdout'], {
      input: text,
      limitMs,
    });
    const converted = await runProgram(
      ffmpeg,
      [
        '-loglevel',
        'error',
        '-i',
        'pipe:0',
        '-ac',
        '1',
        '-ar',
        '8000',
        '-sample_fmt',
        's16',
        '-f',
        's16le',
        'pipe:1',
      ],
      { input: spoken, limitMs },
    );
    const draft = `${path}.${newId()}`;
    await writeFile(draft, wrapWav(converted, 8_000));
    await rename(draft, path);
    return path;
  };
  return {
    async speak(text, language) {
      const voice = voices[language.slice(0, 2)] ?? 'en-gb';
      const words = text.slice(0, longestText);
      const name = createHash('sha256').update(`${voice} ${speed} ${words}`).digest('hex');
      const path = join(folder, `${name}.wav`);
      if (existsSync(path)) return path;
      const started = running.get(path) ?? make(words, voice, path);
      running.set(path, started);
      try {
        return await started;
      } catch (error) {
        throw speechUnavailable(error);
      } finally {
        running.delete(path);
      }
    },
  };
}
