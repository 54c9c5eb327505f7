import { describe, expect, test } from 'vitest';
import { writeWav } from '../../src/media/index.ts';
import { sampleRate, tone } from '../../src/phones/index.ts';
import { recordedVoices } from './recorded-voices.ts';

const caller = tone(440, 1);
const callee = tone(1000, 1);
const together = caller.map((sample, at) => (sample + (callee[at] ?? 0)) / 2);
const sharesIn = (samples: Float32Array) =>
  recordedVoices(writeWav(samples, sampleRate), [440, 1000]);

describe('the voices in a recording', () => {
  test('are both there while both talk, also when it lasts only a moment', () => {
    const moment = together.map((sample, at) => (at > 3_000 && at < 5_000 ? sample : 0));
    expect(Math.min(...sharesIn(together))).toBeGreaterThan(0.4);
    expect(Math.min(...sharesIn(moment))).toBeGreaterThan(0.4);
  });

  test('are not both there when one talks alone, or nobody', () => {
    expect(Math.min(...sharesIn(caller))).toBeLessThan(0.01);
    expect(sharesIn(new Float32Array(sampleRate))).toEqual([0, 0]);
  });

  test('are not looked for in what is no sound', () => {
    expect(() => recordedVoices(Buffer.from('text'), [440])).toThrow();
  });
});
