/** Samples a second of everything that is measured here. */
export const sampleRate = 8_000;

/** A steady tone. @param amplitude - 0 to 1 */
export function tone(hz: number, seconds: number, amplitude = 0.4): Float32Array {
  const samples = new Float32Array(Math.round(seconds * sampleRate));
  for (let at = 0; at < samples.length; at += 1)
    samples[at] = amplitude * Math.sin((2 * Math.PI * hz * at) / sampleRate);
  return samples;
}

/** Root mean square of samples: 0 for silence, 0.7 for a full tone. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

/**
 * How much of the sound is one tone: its share of the energy, 0 to 1.
 * @see G. Goertzel, An Algorithm for the Evaluation of Finite Trigonometric Series (1958)
 */
export function toneShare(samples: Float32Array, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / sampleRate);
  let before = 0;
  let now = 0;
  let energy = 0;
  for (const sample of samples) {
    const next = sample + coefficient * now - before;
    before = now;
    now = next;
    energy += sample * sample;
  }
  if (energy === 0) return 0;
  const power = now * now + before * before - coefficient * now * before;
  return Math.min(1, (2 * power) / (samples.length * energy));
}

/** Below this everything counts as silence. */
const silenceLevel = 0.003;

/** Whether a tone is what is heard, or a clear part of it. */
export const hasTone = (samples: Float32Array, hz: number, leastShare = 0.3): boolean =>
  loudness(samples) > silenceLevel && toneShare(samples, hz) >= leastShare;

export const isSilent = (samples: Float32Array): boolean => loudness(samples) <= silenceLevel;

/** The samples of 16-bit PCM. */
export function fromPcm(bytes: Buffer): Float32Array {
  const samples = new Float32Array(Math.floor(bytes.length / 2));
  for (let at = 0; at < samples.length; at += 1) samples[at] = bytes.readInt16LE(at * 2) / 32_768;
  return samples;
}
