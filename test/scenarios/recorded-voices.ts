import { readWav } from '../../src/media/index.ts';
import { fromPcm, toneShare } from '../../src/phones/index.ts';

/** Seconds that are looked at together: few, so that a gap on a busy machine spoils little of a recording. */
const windowSeconds = 0.2;
const stepSeconds = 0.05;

/**
 * Looks for the moment of a recording at which all voices are heard best.
 * @returns the share of each tone in the sound then
 * @throws {Error} with the reason if it is no WAV
 */
export function recordedVoices(bytes: Buffer, tones: readonly number[]): readonly number[] {
  const wav = readWav(bytes);
  if (typeof wav === 'string') throw new Error(wav);
  const samples = fromPcm(bytes.subarray(wav.dataOffset, wav.dataOffset + wav.dataBytes));
  const window = Math.round(windowSeconds * wav.sampleRate);
  const step = Math.round(stepSeconds * wav.sampleRate);
  let best = tones.map(() => 0);
  for (let at = 0; at + window <= samples.length; at += step) {
    const shares = tones.map((hz) => toneShare(samples.subarray(at, at + window), hz));
    if (Math.min(...shares) > Math.min(...best)) best = shares;
  }
  return best;
}
