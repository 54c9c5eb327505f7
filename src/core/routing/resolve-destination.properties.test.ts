import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSurroundings } from '../../../test/support/core.ts';
import { isEmergencyNumber } from './emergency-numbers.ts';
import { type RoutingView, resolveDestination, resolveInbound } from './resolve-destination.ts';
import type { RingTarget, Route } from './route.ts';

interface World {
  readonly isDemo?: boolean;
  readonly country?: string;
  readonly extension?: string;
}

/** An account with people, a trunk for everything, one for emergencies, and numbers that lead on. */
function view({ isDemo = false, country = 'DE', extension = '204' }: World = {}): RoutingView {
  const { given, directory, acme, alice, clock, registrations } = createSurroundings();
  given.changedAccount(acme, { isDemo, country });
  given.trunk(acme);
  given.trunk(acme, { emergency: true });
  given.person({ account: acme, firstName: 'Dora', extension });
  given.number(acme, '+4922166980201', { kind: 'user', userId: alice.user.id });
  given.number(acme, '+4922166980210', { kind: 'dial', dialled: '+4922166980211' });
  given.number(acme, '+4922166980211', { kind: 'dial', dialled: '+4922166980210' });
  given.number(acme, '+4922166980212', { kind: 'dial', dialled: '112' });
  given.number(acme, '+4922166980213', { kind: 'dial', dialled: '+493023125000' });
  const account = directory.account(acme.id);
  if (!account) throw new Error('there is no account');
  return {
    directory,
    account,
    now: clock.now(),
    contactsOf: (id) => registrations.contactsOf(id),
    isBusy: () => false,
  };
}

const targets = (route: Route): readonly RingTarget[] =>
  route.kind === 'ring' ? route.attempts.flat() : [];

/** What people and programs dial, good and bad. */
const anythingDialled = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[+*#]?[0-9 ()./-]{0,20}$/),
  fc.constantFrom(
    '201',
    '112',
    '110',
    '911',
    '*43',
    '*60',
    '*97',
    '+4922166980201',
    '+4922166980210',
    '+4922166980212',
    '+4922166980213',
    '66980210',
    '+493023125000',
    '__proto__',
    'constructor',
    'toString',
  ),
);

describe('wherever a dialled string leads', () => {
  test('it leads somewhere: nothing makes routing fail', () => {
    const here = view();
    fc.assert(
      fc.property(anythingDialled, (dialled) => {
        for (const route of [resolveDestination(here, dialled), resolveInbound(here, dialled)]) {
          expect(['ring', 'program', 'refuse']).toContain(route.kind);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('the same string leads to the same place', () => {
    const here = view();
    fc.assert(
      fc.property(anythingDialled, (dialled) => {
        expect(resolveDestination(here, dialled)).toEqual(resolveDestination(here, dialled));
      }),
    );
  });

  test('the demo account never reaches a trunk', () => {
    const demo = view({ isDemo: true });
    fc.assert(
      fc.property(anythingDialled, (dialled) => {
        const reached = [resolveDestination(demo, dialled), resolveInbound(demo, dialled)];
        expect(reached.flatMap(targets).filter(({ kind }) => kind === 'trunk')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('a call for help goes to the marked trunk alone, before any extension of the same digits', () => {
    const countries = fc.constantFrom('DE', 'AT', 'FR', 'GB', 'US', 'XX');
    const numbers = fc.constantFrom('112', '110', '911', '999', '15', '144', '122');
    const separators = fc.array(fc.constantFrom('', ' ', '-', '.', '/', '(', ')'), {
      minLength: 4,
      maxLength: 4,
    });
    fc.assert(
      fc.property(countries, numbers, separators, (country, number, between) => {
        const here = view({ country, extension: number });
        const isHelp = isEmergencyNumber(number, country);
        const written = [...number].map((digit, at) => `${between[at]}${digit}`).join('');
        for (const dialled of isHelp ? [number, written, `+${written}`] : [number]) {
          const route = resolveDestination(here, dialled);
          expect(route.kind === 'ring' && route.emergency).toBe(isHelp);
          for (const target of targets(route)) {
            if (isHelp) expect(target).toMatchObject({ kind: 'trunk', number });
            else expect(target).toMatchObject({ kind: 'contact' });
          }
        }
      }),
    );
  });

  test('everything else never goes to a trunk as an emergency', () => {
    const here = view();
    fc.assert(
      fc.property(anythingDialled, (dialled) => {
        fc.pre(!isEmergencyNumber(dialled.trim(), 'DE'));
        const route = resolveDestination(here, dialled);
        const leadsToHelp = targets(route).some(
          (target) => target.kind === 'trunk' && target.number === '112',
        );
        expect(route.kind === 'ring' && route.emergency).toBe(leadsToHelp);
      }),
      { numRuns: 500 },
    );
  });

  test('numbers that lead to each other in a circle are refused', () => {
    expect(resolveDestination(view(), '+4922166980210')).toMatchObject({ kind: 'refuse' });
  });

  test('a provider reaches only what the account’s own numbers say', () => {
    const here = view();
    const own = here.account.numbers.map(({ e164 }) => e164);
    fc.assert(
      fc.property(anythingDialled, (dialled) => {
        const route = resolveInbound(here, dialled);
        if (route.kind !== 'refuse') {
          expect(
            own.some((number) => number.endsWith(dialled.replace(/\D/g, '').replace(/^0+/, ''))),
          ).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
