import { describe, expect, test } from 'vitest';
import type { Driver } from './driver.ts';
import { createEvidence } from './evidence.ts';
import { contradictions, matrix } from './matrix.ts';

const none = 'not in its contract';
const driver = (dialect: string, lacks: Driver['lacks']): Driver => ({
  dialect,
  lacks,
  shows: [],
  connect: async () => ({}),
});
const nothingBut = driver('nothing', {
  ...{ start: none, observe: none, hold: none, mute: none, record: none },
  ...{ dtmf: none, transfer: none, hangUp: none },
});
const well = async () => undefined;
const badly = () => Promise.reject(new Error('not heard'));

describe('the matrix of dialects and operations', () => {
  test('has a mark for what was proven, and a dash for what a dialect does not have', async () => {
    const evidence = createEvidence();
    await evidence.proves('nothing', 'history', well);
    expect(matrix([nothingBut], evidence).split('\n').slice(0, 2)).toEqual([
      '         start  observe  hold  mute  record  dtmf  transfer  hang up  history',
      'nothing  –      –        –     –     –       –     –         –        ✓',
    ]);
    expect(contradictions([nothingBut], evidence)).toEqual([]);
  });

  test('does not believe what a driver says and no story has shown', () => {
    expect(contradictions([nothingBut], createEvidence())).toEqual(['nothing: history']);
  });

  test('does not believe a driver that does what its dialect is said not to have', async () => {
    const evidence = createEvidence();
    await evidence.proves('nothing', 'history', well);
    await evidence.proves('nothing', 'hangUp', well);
    expect(contradictions([nothingBut], evidence)).toEqual(['nothing: hang up']);
  });

  test('remembers what failed once, also when it went well before and after', async () => {
    const evidence = createEvidence();
    await evidence.proves('nothing', 'history', well);
    await expect(evidence.proves('nothing', 'history', badly)).rejects.toThrow('not heard');
    await evidence.proves('nothing', 'history', well);
    expect(matrix([nothingBut], evidence)).toContain('✗\n');
    expect(contradictions([nothingBut], evidence)).toEqual(['nothing: history']);
  });
});
