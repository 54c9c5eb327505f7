import { describe, expect, test } from 'vitest';
import { canMove, type LegState } from './leg.ts';

const states: readonly LegState[] = [
  'init',
  'calling',
  'progress',
  'ringing',
  'answered',
  'hangup',
];

/** Where a leg may go from each state, as drawn in leg.ts. */
const table: Readonly<Record<LegState, readonly LegState[]>> = {
  init: ['calling', 'progress', 'ringing', 'answered', 'hangup'],
  calling: ['progress', 'ringing', 'answered', 'hangup'],
  progress: ['ringing', 'answered', 'hangup'],
  ringing: ['progress', 'answered', 'hangup'],
  answered: ['hangup'],
  hangup: [],
};

describe('the life of a leg', () => {
  describe.each(states)('from %s', (from) => {
    test.each(states)('to %s only as drawn', (to) => {
      expect(canMove(from, to)).toBe(table[from].includes(to));
    });
  });
});
