import { describe, expect, test } from 'vitest';
import type { AnswerSign, DetectSettings } from './answer-sign.ts';
import { createAnswerDetector, detectRate } from './create-answer-detector.ts';

const settings: DetectSettings = {
  longestGreetingMs: 2_700,
  waitingMs: 800,
  noSpeechMs: 5_000,
  decisionMs: 15_000,
  greetingOverMs: 2_000,
  toneMs: 20_000,
};

type Sound = (at: number) => number;
const sine =
  (hz: number, volume = 8_000): Sound =>
  (at) =>
    volume * Math.sin((2 * Math.PI * hz * at) / detectRate);
const silence: Sound = () => 0;
/** Something like a voice: no pure tone, with a rhythm. */
const voice: Sound = (at) =>
  (sine(310)(at) + sine(730)(at) + sine(1_190)(at)) * (1 + 0.6 * sine(4, 1)(at)) * 0.3;

const pcm = (sound: Sound, ms: number): Buffer => {
  const bytes = Buffer.alloc(((detectRate * ms) / 1_000) * 2);
  for (let at = 0; at < bytes.length / 2; at += 1)
    bytes.writeInt16LE(Math.round(sound(at)), at * 2);
  return bytes;
};

/** What is told of sounds one after the other. */
function signsOf(...sounds: readonly (readonly [Sound, number])[]): AnswerSign[] {
  const signs: AnswerSign[] = [];
  const detector = createAnswerDetector(settings, (sign) => signs.push(sign));
  const all = Buffer.concat(sounds.map(([sound, ms]) => pcm(sound, ms)));
  // In pieces that do not fit the detector's own.
  for (let at = 0; at < all.length; at += 322) detector.hear(all.subarray(at, at + 322));
  return signs;
}

const namesOf = (signs: readonly AnswerSign[]): readonly string[] => signs.map(({ sign }) => sign);

describe('how somebody answers', () => {
  test.each<[string, readonly (readonly [Sound, number])[], readonly string[]]>([
    [
      'a short greeting and then silence is a human',
      [
        [silence, 400],
        [voice, 700],
        [silence, 900],
      ],
      ['human', 'over'],
    ],
    [
      'two words with a pause are one greeting',
      [
        [voice, 500],
        [silence, 400],
        [voice, 500],
        [silence, 900],
      ],
      ['human', 'over'],
    ],
    ['a long greeting is a machine', [[voice, 3_000]], ['machine']],
    [
      'a machine that says a lot in pieces is one',
      [
        [voice, 1_000],
        [silence, 300],
        [voice, 1_000],
        [silence, 300],
        [voice, 1_000],
      ],
      ['machine'],
    ],
    ['nobody who speaks', [[silence, 5_100]], ['no_speech', 'over']],
    [
      'a click is no speech',
      [
        [silence, 300],
        [voice, 60],
        [silence, 5_000],
      ],
      ['no_speech', 'over'],
    ],
    [
      'what cannot be told in time',
      [
        [silence, 4_500],
        ...Array.from(
          { length: 25 },
          () =>
            [
              [voice, 100],
              [silence, 400],
            ] as const,
        ).flat(),
      ],
      ['undecided', 'over'],
    ],
    ['noise that is quiet is silence', [[sine(300, 200), 5_100]], ['no_speech', 'over']],
  ])('%s', (_what, sounds, expected) => {
    expect(namesOf(signsOf(...sounds))).toEqual(expected);
  });

  test('a machine that has said its greeting is silent, and its tone is told with its frequency', () => {
    const signs = signsOf([voice, 3_500], [silence, 2_200], [sine(1_000), 400]);
    expect(namesOf(signs)).toEqual(['machine', 'machine_silent', 'tone', 'over']);
    const tone = signs.find(({ sign }) => sign === 'tone') as {
      frequencyHz: number;
      varianceHz: number;
    };
    expect(tone.frequencyHz).toBeCloseTo(1_000, 0);
    expect(tone.varianceHz).toBeLessThan(1);
  });

  test('a tone right after the greeting needs no silence before it', () => {
    expect(namesOf(signsOf([voice, 3_500], [silence, 300], [sine(440), 300]))).toEqual([
      'machine',
      'tone',
      'over',
    ]);
  });

  test('a machine without a tone is told to have none', () => {
    expect(namesOf(signsOf([voice, 3_000], [silence, 20_200]))).toEqual([
      'machine',
      'machine_silent',
      'no_tone',
      'over',
    ]);
  });
});
