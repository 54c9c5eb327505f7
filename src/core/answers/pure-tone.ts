/** A tone that is heard alone. */
export interface PureTone {
  readonly frequencyHz: number;
  /** Share of the sound's power that is in the tone, 0 to 1. */
  readonly share: number;
}

/** The instants, in samples, at which a sound goes from below to above zero. */
function rises(samples: Float64Array): readonly number[] {
  const found: number[] = [];
  for (let at = 1; at < samples.length; at += 1) {
    const [before = 0, now = 0] = [samples[at - 1], samples[at]];
    if (before < 0 && now >= 0) found.push(at - 1 + before / (before - now));
  }
  return found;
}

/** The share of the power at one frequency. @see Goertzel's algorithm */
function shareAt(samples: Float64Array, frequencyHz: number, rate: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * frequencyHz) / rate);
  let [last, beforeLast, power] = [0, 0, 0];
  for (const sample of samples) {
    const now = sample + turn * last - beforeLast;
    beforeLast = last;
    last = now;
    power += sample * sample;
  }
  if (power === 0) return 0;
  const atTone = last * last + beforeLast * beforeLast - turn * last * beforeLast;
  return Math.min(1, (2 * atTone) / (samples.length * power));
}

/** The tone that a sound consists of, if it is one: its frequency out of its periods, and how pure it is. */
export function pureTone(samples: Float64Array, rate: number): PureTone | undefined {
  const all = rises(samples);
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined || all.length < 4) return undefined;
  const frequencyHz = ((all.length - 1) * rate) / (last - first);
  return { frequencyHz, share: shareAt(samples, frequencyHz, rate) };
}
