import { describe, expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/logger.ts';
import type { Alert } from './alert.ts';
import { createAlerts } from './create-alerts.ts';

const acme = 'acme' as AccountId;
const other = 'other' as AccountId;

function given({ failing = false } = {}) {
  const stored: { readonly accountId: AccountId; readonly alerts: readonly Alert[] }[] = [];
  const clock = createFakeClock();
  const alerts = createAlerts({
    store: {
      async put(accountId, own) {
        if (failing) throw new Error('the database is away');
        stored.push({ accountId, alerts: own });
      },
      list: async () => ({ alerts: [], total: 0 }),
    },
    clock,
    logger: silentLogger,
  });
  const hook = (message = 'it answered 500') => ({ kind: 'webhook-failure', message }) as const;
  return { alerts, clock, stored, hook };
}

describe('alerts', () => {
  test('that are raised at once are stored together, each account’s for itself', async () => {
    const { alerts, stored, hook } = given();
    alerts.raise(acme, hook('one'));
    alerts.raise(other, hook());
    alerts.raise(acme, hook('two'));
    await alerts.settled();
    expect(stored.map(({ accountId, alerts: own }) => [accountId, own.length])).toEqual([
      [acme, 2],
      [other, 1],
    ]);
    expect(stored[0]?.alerts.map(({ message }) => message)).toEqual(['one', 'two']);
  });

  test('are cut and cleaned: their texts may come from outside', async () => {
    const { alerts, stored, hook } = given();
    alerts.raise(acme, { ...hook(`a\u0000b\r\n${'x'.repeat(2_000)}`), detail: 'd\u0007' });
    await alerts.settled();
    const [alert] = stored[0]?.alerts ?? [];
    expect(alert?.message).toMatch(/^ab/);
    expect(alert?.message).toHaveLength(500);
    expect(alert?.detail).toBe('d');
  });

  test('of one account beyond 300 in a minute are not stored; a minute later they are again', async () => {
    const { alerts, clock, stored, hook } = given();
    const count = () => stored.reduce((sum, { alerts: own }) => sum + own.length, 0);
    for (let n = 0; n < 400; n += 1) alerts.raise(acme, hook());
    alerts.raise(other, hook());
    await alerts.settled();
    expect(count()).toBe(301);
    clock.advance({ seconds: 61 });
    alerts.raise(acme, hook());
    await alerts.settled();
    expect(count()).toBe(302);
  });

  test('that cannot be stored disturb nobody', async () => {
    const { alerts, hook } = given({ failing: true });
    alerts.raise(acme, hook());
    await expect(alerts.settled()).resolves.toBeUndefined();
  });

  test('are for those who administer', async () => {
    const { alerts } = given();
    const actor = {
      accountId: acme,
      userId: undefined,
      admin: false,
      operator: false,
      scopes: 'all',
      credentialId: undefined,
      dialect: 'native',
    } as const;
    await expect(alerts.list(actor, { offset: 0, limit: 1 })).rejects.toMatchObject({
      code: 'access.forbidden',
    });
  });
});
