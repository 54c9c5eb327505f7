import { expect, test } from 'vitest';
import { warnAboutDisk } from './disk-space.ts';

test('an operator is warned below one gigabyte, and not before', () => {
  expect(warnAboutDisk(1_000_000_000)).toEqual([]);
  expect(warnAboutDisk(999_999_999)).toEqual([
    'less than 1 GB is free (999 MB): recordings are refused',
  ]);
  expect(warnAboutDisk(0)).toEqual(['less than 1 GB is free (0 MB): recordings are refused']);
});
