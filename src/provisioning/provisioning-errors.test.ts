import { describe, expect, test } from 'vitest';
import { aptFailed } from './provisioning-errors.ts';

const told = (output: string) =>
  aptFailed('update', output, ['asterisk'], ['POLYVOX_ASTERISK']).message;

describe('what apt said is explained', () => {
  test.each([
    ['E: The repository is not signed. NO_PUBKEY 0E98404D386FA1D9', 'keyring up to date'],
    ['E: Release file is expired (invalid since 3d 1h)', 'mirror lags behind'],
    ['W: Failed to fetch Temporary failure resolving “mirror.example”', 'is there a network'],
    ['E: Unable to correct problems', 'apt said why'],
  ])('%s', (output, hint) => {
    expect(told(output)).toContain(hint);
    expect(told(output)).toContain(output);
  });

  test('with its last lines only, and the way around', () => {
    const words = told(Array.from({ length: 50 }, (_, at) => `line ${at}`).join('\n'));
    expect(words).not.toContain('line 43');
    expect(words).toContain('line 44');
    expect(words).toContain('Install asterisk yourself');
  });
});
