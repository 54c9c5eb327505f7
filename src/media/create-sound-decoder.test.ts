import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SoundDecoder } from '../core/interpreter/index.ts';
import { silentProgress } from '../kernel/progress.ts';
import { hasTone, tone } from '../phones/index.ts';
import { ensurePrograms } from '../provisioning/index.ts';
import { createSoundDecoder } from './create-sound-decoder.ts';
import { writeWav } from './wav.ts';

let decoder: SoundDecoder;

beforeAll(async () => {
  const { ffmpeg } = await ensurePrograms(['ffmpeg'], {
    folder: fileURLToPath(new URL('../../.engine', import.meta.url)),
    progress: silentProgress,
    env: process.env,
  });
  decoder = createSoundDecoder({ ffmpeg });
});

const samples = (pcm: Buffer): Float32Array =>
  Float32Array.from({ length: pcm.length / 2 }, (_, at) => pcm.readInt16LE(at * 2) / 32_768);

/** A second of 700 Hz at 8,000 Hz, without its header. */
const raw = () => writeWav(tone(700, 1), 8_000).subarray(44);

describe('sound that somebody sent', () => {
  test('as it is wanted is taken as it is', async () => {
    expect(await decoder.decode(Buffer.from([1, 2, 3]), 8_000, 8_000)).toEqual(Buffer.from([1, 2]));
  });

  test('is brought to another rate', async () => {
    const heard = samples(await decoder.decode(raw(), 8_000, 16_000));
    expect(Math.abs(heard.length - 16_000)).toBeLessThan(400);
    expect(
      hasTone(
        heard.filter((_, at) => at % 2 === 0),
        700,
        0.9,
      ),
    ).toBe(true);
  });

  test('says itself what it is if it is a file', async () => {
    const heard = samples(await decoder.decode(writeWav(tone(700, 1), 8_000), undefined, 8_000));
    expect(hasTone(heard, 700, 0.9)).toBe(true);
  });

  test('that is none is refused', async () => {
    await expect(decoder.decode(Buffer.from('no sound'), undefined, 8_000)).rejects.toMatchObject({
      code: 'announcement.unusable',
    });
  });
});
