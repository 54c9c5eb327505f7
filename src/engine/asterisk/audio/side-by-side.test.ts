import { describe, expect, test } from 'vitest';
import { besides } from './side-by-side.ts';

const pcm = (...samples: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(samples.length * 2);
  for (const [at, sample] of samples.entries()) bytes.writeInt16LE(sample, at * 2);
  return bytes;
};
const samplesIn = (bytes: Buffer): number[] =>
  Array.from({ length: bytes.length / 2 }, (_, at) => bytes.readInt16LE(at * 2));

describe('two sounds side by side', () => {
  test('wait for each other, and are left and right', () => {
    const heard: number[] = [];
    const { left, right } = besides((both) => heard.push(...samplesIn(both)));
    left(pcm(1, 2, 3));
    expect(heard).toEqual([]);
    right(pcm(-1, -2));
    expect(heard).toEqual([1, -1, 2, -2]);
    right(pcm(-3));
    expect(heard).toEqual([1, -1, 2, -2, 3, -3]);
  });

  test('go on with silence where one does not come', () => {
    const heard: number[] = [];
    const { left } = besides((both) => heard.push(...samplesIn(both)));
    left(pcm(...Array.from({ length: 9_601 }, () => 7)));
    expect(heard.slice(0, 4)).toEqual([7, 0, 7, 0]);
    expect(heard).toHaveLength(2 * 9_601);
  });
});
