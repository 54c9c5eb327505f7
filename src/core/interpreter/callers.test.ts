import { describe, expect, test } from 'vitest';
import { createSurroundings } from '../../../test/support/core.ts';
import { aCall, aLeg } from '../../../test/support/legs.ts';
import type { TrunkName } from '../../engine/port/index.ts';
import { newId, type TrunkId } from '../../kernel/ids.ts';
import type { RingTarget } from '../routing/index.ts';
import { displayName } from '../users/index.ts';
import { shownCaller } from './callers.ts';

const outside: RingTarget = {
  kind: 'trunk',
  trunk: 'trunk-1' as TrunkName,
  trunkId: newId<TrunkId>(),
  number: '+493023125000',
  ways: [],
};

function world() {
  const { given, acme, alice, bob, directory } = createSurroundings();
  given.number(acme, '+4922166980200', { kind: 'none' });
  given.number(acme, '+4922166980201', { kind: 'user', userId: alice.user.id });
  const legOf = ({ user, phone }: typeof alice) =>
    aLeg(aCall({ accountId: acme.id }), {
      party: { kind: 'endpoint', endpointId: phone.id, userId: user.id },
      number: user.extension ?? '',
      name: user.firstName,
    });
  const colleague: RingTarget = {
    kind: 'contact',
    endpoint: directory.endpointName(bob.phone),
    endpointId: bob.phone.id,
    userId: bob.user.id,
    uri: 'sip:202@192.0.2.1',
    number: '202',
    name: 'Bob',
  };
  const account = directory.account(acme.id);
  if (!account) throw new Error('there is no account');
  return {
    legOf,
    colleague,
    account,
    alice: { ...alice, displayName: displayName(alice.user) },
    bob,
  };
}

describe('whom the called side sees', () => {
  test('colleagues see the extension and the name', () => {
    const { legOf, colleague, account, alice } = world();
    expect(shownCaller(legOf(alice), colleague, undefined, account)).toEqual({
      number: '201',
      name: 'Alice',
    });
  });

  test('the world outside sees the user’s own number', () => {
    const { legOf, account, alice } = world();
    expect(shownCaller(legOf(alice), outside, undefined, account)).toMatchObject({
      number: '+4922166980201',
    });
  });

  test('the world outside sees the first number of the account for somebody without one', () => {
    const { legOf, account, bob } = world();
    expect(shownCaller(legOf(bob), outside, undefined, account)).toMatchObject({
      number: '+4922166980200',
    });
  });

  test('who calls from outside keeps the own number, wherever the call goes', () => {
    const { account } = world();
    const leg = aLeg(aCall(), {
      party: { kind: 'trunk', trunkId: newId<TrunkId>() },
      number: '+442079460000',
      name: '',
    });
    expect(shownCaller(leg, outside, undefined, account)).toEqual({ number: '+442079460000' });
  });

  describe('where a device stands for the caller', () => {
    const fromOutside = () =>
      aLeg(aCall(), {
        party: { kind: 'trunk', trunkId: newId<TrunkId>() },
        number: '+491713920012',
        name: 'Mobile',
      });

    test('the world outside sees the public number of its user', () => {
      const { account, alice } = world();
      const wanted = { onBehalfOf: alice.phone.id };
      expect(shownCaller(fromOutside(), outside, wanted, account)).toEqual({
        number: '+4922166980201',
        name: alice.displayName,
      });
    });

    test('colleagues see its short number and its user', () => {
      const { account, alice, colleague } = world();
      const wanted = { onBehalfOf: alice.phone.id };
      expect(shownCaller(fromOutside(), colleague, wanted, account)).toEqual({
        number: '201',
        name: alice.displayName,
      });
    });

    test('a number that was asked for goes before that of the device', () => {
      const { account, alice } = world();
      const wanted = { onBehalfOf: alice.phone.id, number: '+4922166980200' };
      expect(shownCaller(fromOutside(), outside, wanted, account)).toMatchObject({
        number: '+4922166980200',
      });
    });

    test('nothing of the outside number is shown, even if the account has none or the device is gone', () => {
      const { account, alice, bob, colleague } = world();
      const poor = { ...account, numbers: [] };
      const wanted = { onBehalfOf: alice.phone.id };
      expect(shownCaller(fromOutside(), outside, wanted, poor).number).toBeUndefined();
      const without = { ...account, endpoints: new Map([[bob.phone.id, bob.phone]]) };
      expect(shownCaller(fromOutside(), outside, wanted, without).number).toBe('+4922166980200');
      expect(shownCaller(fromOutside(), colleague, wanted, without).number).toBe('+4922166980200');
    });
  });

  test('what was asked for goes before everything else', () => {
    const { legOf, colleague, account, alice } = world();
    const wanted = { number: '+4922166980200', name: 'Acme', hidden: true };
    expect(shownCaller(legOf(alice), colleague, wanted, account)).toEqual(wanted);
  });
});
