import { describe, expect, test } from 'vitest';
import { DomainError } from '../kernel/domain-error.ts';
import { explainFailure } from './explain-failure.ts';

describe('what a person is told when a command fails', () => {
  test('is a sentence without a stack for what was foreseen', () => {
    expect(explainFailure(new DomainError('conflict', 'data.in_use', 'It is in use.'))).toBe(
      'It is in use.',
    );
  });

  test('is what the system said, with a remedy, for a full disk', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
    });
    expect(explainFailure(full)).toBe(
      'ENOSPC: no space left on device, write\nThe disk is full. Free some space and start again.',
    );
  });

  test('is the stack for a bug, so that it can be found', () => {
    expect(explainFailure(new TypeError('x is not a function'))).toContain('explain-failure.test');
    expect(explainFailure('thrown as text')).toBe('thrown as text');
  });
});
