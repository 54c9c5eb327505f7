import { announcementUnusable } from '../core/calls/index.ts';
import type { SoundDecoder } from '../core/interpreter/index.ts';
import { type MediaProgram, runProgram } from './run-program.ts';

const limitMs = 5_000;

/** Seconds of sound that are read, at most. */
const mostSeconds = 600;

const rawInput = (rate: number): readonly string[] => [
  '-f',
  's16le',
  '-ar',
  String(rate),
  '-ac',
  '1',
];

/** Makes linear PCM of sounds that somebody outside sent. ffmpeg reads from its input alone. */
export const createSoundDecoder = ({
  ffmpeg,
}: {
  readonly ffmpeg: MediaProgram;
}): SoundDecoder => ({
  async decode(bytes, rawRate, rate) {
    if (rawRate === rate) return bytes.subarray(0, bytes.length - (bytes.length % 2));
    const sound = await runProgram(
      ffmpeg,
      [
        ...['-loglevel', 'error', '-protocol_whitelist', 'pipe'],
        ...(rawRate === undefined ? [] : rawInput(rawRate)),
        ...['-i', 'pipe:0', '-t', String(mostSeconds), '-vn', '-ac', '1', '-ar', String(rate)],
        ...['-sample_fmt', 's16', '-f', 's16le', 'pipe:1'],
      ],
      { input: bytes, limitMs },
    ).catch(() => Buffer.alloc(0));
    if (sound.length === 0) throw announcementUnusable('there is no sound in it that can be read');
    return sound;
  },
});
