import { readWav } from '../../media/index.ts';
import {
  fromPcm,
  hasTone,
  isSilent,
  type Phone,
  sampleRate,
  toneShare,
} from '../../phones/index.ts';

/** What was measured, and whether it is what was hoped for. */
export interface Heard {
  readonly good: boolean;
  /** Share of the sound, 0 to 1, by tone. */
  readonly share: number;
}

/** Seconds of sound that are looked at together; milliseconds for it to come, and between two looks. */
const windowSeconds = 1;
const limitMs = 5_000;
const lookEveryMs = 40;

/** Seconds in a recording in which both voices are to be found. */
const recordedWindowSeconds = 0.5;

/** A voice alone is most of the sound; music has little of any tone; two voices share it. */
const leastOfVoice = 0.5;
const mostInMusic = 0.1;
const leastOfTwo = 0.2;

/** Waits for sound, from now on, that satisfies; what was heard last counts in the end. */
async function listen(
  phone: Phone,
  hz: number,
  is: (samples: Float32Array) => boolean,
): Promise<Heard> {
  const window = Math.round(windowSeconds * sampleRate);
  const from = await phone.position();
  const deadline = Date.now() + limitMs;
  for (;;) {
    const samples = (await phone.heardSince(from)).slice(-window);
    const good = samples.length >= window && is(samples);
    if (good || Date.now() > deadline) return { good, share: toneShare(samples, hz) };
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/** Whether a phone hears the voice of the other one. */
export const hearsVoice = (phone: Phone, hz: number): Promise<Heard> =>
  listen(phone, hz, (samples) => hasTone(samples, hz, leastOfVoice));

/** Whether a phone hears sound, but not the voice of the other one. */
export const hearsMusic = (phone: Phone, thanHz: number): Promise<Heard> =>
  listen(
    phone,
    thanHz,
    (samples) => !isSilent(samples) && toneShare(samples, thanHz) < mostInMusic,
  );

/** What a recording holds. */
export interface RecordedSound {
  readonly seconds: number;
  /** Share of each tone, where both are heard best. */
  readonly shares: readonly number[];
  readonly good: boolean;
}

/**
 * Looks for voices in a WAV.
 * @returns what it holds, or a sentence that says why it is none
 */
export function measureRecording(bytes: Buffer, tones: readonly number[]): RecordedSound | string {
  const wav = readWav(bytes);
  if (typeof wav === 'string') return wav;
  const samples = fromPcm(bytes.subarray(wav.dataOffset, wav.dataOffset + wav.dataBytes));
  const window = Math.round(recordedWindowSeconds * wav.sampleRate);
  let best = tones.map(() => 0);
  for (let at = 0; at + window <= samples.length; at += window) {
    const shares = tones.map((hz) => toneShare(samples.subarray(at, at + window), hz));
    if (Math.min(...shares) > Math.min(...best)) best = shares;
  }
  return {
    seconds: samples.length / wav.sampleRate,
    shares: best,
    good: best.every((share) => share >= leastOfTwo),
  };
}
