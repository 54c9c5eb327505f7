import { describe, expect, test } from 'vitest';
import { toDialled } from './ids.ts';

describe('a number of a client', () => {
  test.each([
    ['491713920012', '+491713920012'],
    ['49 171 / 392-0012', '+491713920012'],
    ['+491713920012', '+491713920012'],
    ['01713920012', '01713920012'],
    ['0049171392001', '0049171392001'],
    ['66980201', '66980201'],
    ['202', '202'],
    ['*43', '*43'],
    ['1234567890123456', '1234567890123456'],
  ])('%s is dialled as %s', (sent, dialled) => {
    expect(toDialled(sent)).toBe(dialled);
  });
});
