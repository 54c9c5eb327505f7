import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSurroundings } from '../../../test/support/core.ts';
import type { E164 } from '../../kernel/phone-number.ts';
import { chooseTrunks, emergencyTrunks } from './choose-trunk.ts';
import type { Trunk } from './trunk.ts';

function trunks(...changes: readonly Partial<Trunk>[]): readonly Trunk[] {
  const { given, acme } = createSurroundings();
  return changes.map((change) => given.trunk(acme, change));
}

const berlin = '+493023125000' as E164;
const names = (chosen: readonly Trunk[]) => chosen.map(({ name }) => name);

describe('the providers that carry a number', () => {
  test('the longest beginning that fits comes first', () => {
    const all = trunks(
      { name: 'everything' },
      { name: 'Germany', prefixes: ['+49'] },
      { name: 'Berlin', prefixes: ['+4930', '+4940'] },
    );
    expect(names(chooseTrunks(all, berlin))).toEqual(['Berlin', 'Germany', 'everything']);
  });

  test('among equals the priority decides, then the age', () => {
    const all = trunks(
      { name: 'old', priority: 10 },
      { name: 'young', priority: 10 },
      { name: 'preferred', priority: 1 },
    );
    expect(names(chooseTrunks(all, berlin))).toEqual(['preferred', 'old', 'young']);
  });

  test('those for other numbers and those that are switched off are left out', () => {
    const all = trunks(
      { name: 'France', prefixes: ['+33'] },
      { name: 'off', enabled: false },
      { name: 'on' },
    );
    expect(names(chooseTrunks(all, berlin))).toEqual(['on']);
  });

  test('the choice does not depend on the order in which they are listed', () => {
    const all = trunks(
      { prefixes: ['+49'], priority: 5 },
      { prefixes: ['+49', '+4930'], priority: 9 },
      { priority: 1 },
      { prefixes: ['+44'] },
      { enabled: false },
    );
    fc.assert(
      fc.property(fc.shuffledSubarray([...all], { minLength: all.length }), (shuffled) => {
        expect(chooseTrunks(shuffled, berlin)).toEqual(chooseTrunks(all, berlin));
      }),
    );
  });
});

describe('the providers for emergency calls', () => {
  test('are those that are marked and switched on, whatever their prefixes', () => {
    const all = trunks(
      { name: 'usual' },
      { name: 'second', emergency: true, priority: 20, prefixes: ['+33'] },
      { name: 'first', emergency: true, priority: 1 },
      { name: 'off', emergency: true, enabled: false },
    );
    expect(names(emergencyTrunks(all))).toEqual(['first', 'second']);
  });
});
