import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWav } from './wav.ts';

const sampleRate = 8_000;

/** The notes of the loop in Hz: C5, E5, G5, C6, G5, E5 twice, each half a second. */
const notes = [523.25, 659.26, 783.99, 1046.5, 783.99, 659.26, 523.25, 659.26];
const noteSeconds = 0.5;

/** A calm arpeggio with soft beginnings and ends, so that nobody thinks the line is dead. */
function synthesise(): Float32Array {
  const noteSamples = sampleRate * noteSeconds;
  const samples = new Float32Array(notes.length * noteSamples);
  for (const [index, hz] of notes.entries()) {
    for (let at = 0; at < noteSamples; at += 1) {
      const seconds = at / sampleRate;
      const swell = Math.min(1, seconds / 0.02, (noteSeconds - seconds) / 0.05);
      const fade = Math.exp(-seconds * 2.5);
      samples[index * noteSamples + at] = 0.3 * swell * fade * Math.sin(2 * Math.PI * hz * seconds);
    }
  }
  return samples;
}

/** Puts the music that held callers hear into a folder, unless it is there. */
export async function ensureHoldMusic(folder: string): Promise<void> {
  const path = join(folder, 'hold.wav');
  if (existsSync(path)) return;
  await mkdir(folder, { recursive: true });
  await writeFile(`${path}.new`, writeWav(synthesise(), sampleRate));
  await rename(`${path}.new`, path);
}
