import { describe, expect, test } from 'vitest';
import { aCall, aLeg, secondsInto } from '../../../../test/support/legs.ts';
import type { CallView, Leg } from '../../../core/calls/index.ts';
import { newProgram } from '../../../core/programs/index.ts';
import { presentActiveCall, presentActiveChannels } from './active-call.ts';

const call = aCall();

const legOf = (number: string, role: Leg['role'], change: Partial<Leg> = {}): Leg =>
  aLeg(call, { number, role, dialled: '202', ...change });

const up = { state: 'answered', answeredAt: secondsInto(call, 5) } as const;
const ringing = { state: 'ringing' } as const;

/** A program that dials. */
const dialling = (dialled: string): Pick<Leg, 'program'> => ({
  program: newProgram({ dialect: 'routing', reference: 'x' }, [
    {
      do: 'dial',
      targets: [{ kind: 'dialled', dialled }],
      order: 'parallel',
      ringTimeoutSeconds: 60,
    },
  ]),
});

const view = (...legs: readonly Leg[]): CallView => ({ call, legs, ownLegId: legs[0]?.id });

/** Who talks with whom, by both actions. */
function told(...legs: readonly Leg[]): readonly [string, string, boolean] {
  const shown = presentActiveCall(view(...legs), 'UTC');
  const [channels] = presentActiveChannels(view(...legs), 'UTC');
  expect(channels).toMatchObject({
    src_num: shown.src_num,
    dst_num: shown.dst_num,
    answer: shown.answer,
  });
  return [shown.src_num, shown.dst_num, shown.answer !== ''];
}

describe('a call', () => {
  test('that was only dialled has the number that was dialled', () => {
    expect(told(legOf('201', 'caller', dialling('202')))).toEqual(['201', '202', false]);
  });

  test('that rings has who calls and who is called', () => {
    expect(told(legOf('201', 'caller'), legOf('202', 'callee', ringing))).toEqual([
      '201',
      '202',
      false,
    ]);
  });

  test('that is talked in has the one who answered, not another phone that rang', () => {
    const [caller, first, second] = [
      legOf('201', 'caller', up),
      legOf('202', 'callee', ringing),
      legOf('+491713920012', 'callee', up),
    ];
    expect(told(caller, first, second)).toEqual(['201', '491713920012', true]);
  });
});

describe('after a blind transfer', () => {
  const partner = legOf('202', 'callee', { ...up, ...dialling('203') });
  const third = (state: Partial<Leg>) =>
    legOf('203', 'callee', { ...state, dialled: '203', parentLegId: partner.id });

  test('by the caller, the one who is left and whom it dials are told, before anything rings there', () => {
    expect(told(partner)).toEqual(['202', '203', false]);
  });

  test('the own leg that is still being let go is not told instead', () => {
    const leaving = legOf('201', 'caller', { ...up, ...dialling('202') });
    expect(told(leaving, partner)).toEqual(['202', '203', false]);
    expect(told(leaving, partner, third(ringing))).toEqual(['202', '203', false]);
  });

  test('the third party rings, then talks, with the one who is left', () => {
    expect(told(partner, third(ringing))).toEqual(['202', '203', false]);
    expect(told(partner, third(up))).toEqual(['202', '203', true]);
  });

  test('by the callee, the caller stays who calls', () => {
    const caller = legOf('201', 'caller', { ...up, ...dialling('203') });
    const target = legOf('203', 'callee', { ...up, parentLegId: caller.id });
    expect(told(caller)).toEqual(['201', '203', false]);
    expect(told(caller, target)).toEqual(['201', '203', true]);
  });

  test('and another one, the last who dials is told', () => {
    const next = legOf('203', 'callee', {
      ...up,
      ...dialling('204'),
      parentLegId: partner.id,
    });
    expect(told(partner, next)).toEqual(['203', '204', false]);
  });
});
