import type { AnswerSign, DetectSettings } from './answer-sign.ts';
import { pureTone } from './pure-tone.ts';

/** Samples a second of the sound that is listened to. */
export const detectRate = 8_000;

/** Samples that are looked at together: 20 ms for speech, 40 ms for tones. */
const blockMs = 20;
const blockSamples = (detectRate * blockMs) / 1_000;
const toneBlocks = 2;

/** How loud speech is at least: mean of what samples differ from zero by, of 32,768. */
const loudness = 256;

/** Speech that is shorter is a click. */
const shortestWordMs = 100;

/** What a machine's tone is like. */
const tone = { leastHz: 300, mostHz: 2_600, share: 0.85, leastMs: 120, mostChange: 0.04 };

/** Listens to what a leg says from its answer on, and tells how it answers. */
export interface AnswerDetector {
  /** Mono, 16-bit little-endian linear PCM, 8,000 Hz. */
  hear(pcm: Buffer): void;
}

interface Heard {
  /** Since it began. */
  ms: number;
  /** Of speech so far, without clicks. */
  spokenMs: number;
  /** Of the word that is being said. */
  wordMs: number;
  /** Since the last word. */
  silentMs: number;
}

/** What is decided already: nothing, that it is a machine, everything. */
type Phase = 'listening' | 'machine' | 'over';

function createToneEar() {
  let block: number[] = [];
  let seen: number[] = [];
  return {
    /** @returns the frequencies of a tone that has lasted long enough */
    hear(samples: readonly number[]): readonly number[] | undefined {
      block = [...block, ...samples];
      if (block.length < blockSamples * toneBlocks) return undefined;
      const found = pureTone(Float64Array.from(block), detectRate);
      block = [];
      const isTone =
        found !== undefined &&
        found.share >= tone.share &&
        found.frequencyHz >= tone.leastHz &&
        found.frequencyHz <= tone.mostHz;
      const [first] = seen;
      const isSame =
        isTone &&
        (first === undefined || Math.abs(found.frequencyHz - first) <= first * tone.mostChange);
      seen = isSame ? [...seen, found.frequencyHz] : isTone ? [found.frequencyHz] : [];
      const ms = seen.length * toneBlocks * blockMs;
      return ms >= tone.leastMs ? seen : undefined;
    },
  };
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Tells a human from a machine by how long the greeting is, as exchanges have always done, and waits for the end
 * of a machine's greeting and its tone. What is said is not understood.
 * @see Asterisk 22, application AMD, for the idea
 */
export function createAnswerDetector(
  settings: DetectSettings,
  tell: (sign: AnswerSign) => void,
): AnswerDetector {
  const heard: Heard = { ms: 0, spokenMs: 0, wordMs: 0, silentMs: 0 };
  let rest = Buffer.alloc(0);
  let phase: Phase = 'listening';
  let decidedAtMs = 0;
  let isSilent = false;
  const ear = createToneEar();

  const over = (sign: AnswerSign) => {
    phase = 'over';
    tell(sign);
    tell({ sign: 'over' });
  };
  const listen = (isLoud: boolean) => {
    heard.ms += blockMs;
    if (isLoud) {
      heard.wordMs += blockMs;
      if (heard.wordMs >= shortestWordMs) {
        heard.spokenMs += heard.wordMs === shortestWordMs ? shortestWordMs : blockMs;
        heard.silentMs = 0;
      }
    } else {
      heard.wordMs = 0;
      heard.silentMs += blockMs;
    }
  };
  const decide = () => {
    const { ms, spokenMs, silentMs } = heard;
    if (spokenMs > settings.longestGreetingMs) {
      phase = 'machine';
      decidedAtMs = ms;
      return tell({ sign: 'machine', spokenMs });
    }
    if (spokenMs > 0 && silentMs >= settings.waitingMs) return over({ sign: 'human' });
    if (spokenMs === 0 && ms >= settings.noSpeechMs) return over({ sign: 'no_speech' });
    if (ms >= settings.decisionMs) over({ sign: 'undecided' });
  };
  const awaitTone = (frequencies: readonly number[] | undefined) => {
    if (frequencies) {
      const frequencyHz = meanOf(frequencies);
      const varianceHz = meanOf(frequencies.map((one) => (one - frequencyHz) ** 2));
      return over({ sign: 'tone', frequencyHz, varianceHz });
    }
    if (!isSilent && heard.silentMs >= settings.greetingOverMs) {
      isSilent = true;
      tell({ sign: 'machine_silent' });
    }
    if (heard.ms - decidedAtMs >= settings.toneMs) over({ sign: 'no_tone' });
  };
  const hearBlock = (block: Buffer) => {
    const samples = Array.from({ length: blockSamples }, (_, at) => block.readInt16LE(at * 2));
    listen(meanOf(samples.map(Math.abs)) >= loudness);
    const frequencies = ear.hear(samples);
    if (phase === 'machine') awaitTone(frequencies);
    else decide();
  };
  return {
    hear(pcm) {
      rest = Buffer.concat([rest, pcm]);
      while (rest.length >= blockSamples * 2 && phase !== 'over') {
        hearBlock(rest.subarray(0, blockSamples * 2));
        rest = rest.subarray(blockSamples * 2);
      }
    },
  };
}
