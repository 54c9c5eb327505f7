import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../test/support/database.ts';
import { newAccount, storedAccount } from '../../../test/support/stored.ts';
import type { Alert, AlertQuery } from '../../core/alerts/index.ts';
import type { AccountId, AlertId } from '../../kernel/ids.ts';
import { newId } from '../../kernel/ids.ts';

const database = await openDatabase();
const { alerts, accounts } = await database.store();

const anything: AlertQuery = { offset: 0, limit: 100 };
const at = (minute: number) => new Date(Date.UTC(2026, 2, 17, 17, minute));

const alert = (accountId: AccountId, minute: number, change: Partial<Alert> = {}): Alert => ({
  id: newId<AlertId>(),
  accountId,
  at: at(minute),
  kind: 'webhook-failure',
  message: `minute ${minute}`,
  detail: undefined,
  target: undefined,
  ...change,
});

describe('alerts', () => {
  test('are listed newest first, in parts, with how many there are', async () => {
    const own = await accounts.insert(newAccount());
    const all = [
      alert(own.id, 0),
      alert(own.id, 1, { detail: 'why', target: own.sid }),
      alert(own.id, 2),
    ];
    await alerts.put(own.id, all);
    const reach = [{ kind: 'account', accountId: own.id } as const];
    expect(await alerts.list(reach, { offset: 1, limit: 1 })).toEqual({
      alerts: [{ ...all[1], accountSid: own.sid }],
      total: 3,
    });
  });

  test('are found by kind and time', async () => {
    const { id } = await accounts.insert(newAccount());
    await alerts.put(id, [
      alert(id, 0),
      alert(id, 1, { kind: 'no-carrier' }),
      alert(id, 2),
      alert(id, 3),
    ]);
    const reach = [{ kind: 'account', accountId: id } as const];
    const found = async (query: Partial<AlertQuery>) =>
      (await alerts.list(reach, { ...anything, ...query })).alerts.map(({ message }) => message);
    expect(await found({ kind: 'no-carrier' })).toEqual(['minute 1']);
    expect(await found({ from: at(1), to: at(2) })).toEqual(['minute 2', 'minute 1']);
    expect(await found({ kind: 'webhook-failure', from: at(1) })).toEqual(['minute 3', 'minute 2']);
  });

  test('of other accounts are not seen, but by the operator who owns them', async () => {
    const { account } = await storedAccount({ ...(await database.store()) });
    const other = await accounts.insert(newAccount());
    await alerts.put(account.id, [alert(account.id, 0)]);
    await alerts.put(other.id, [alert(other.id, 1)]);
    const seen = async (...reaches: Parameters<typeof alerts.list>[0]) =>
      (await alerts.list(reaches, anything)).alerts.map(({ accountId }) => accountId);
    const own = { kind: 'account', accountId: account.id } as const;
    const foreign = { kind: 'account', accountId: other.id } as const;
    expect(await seen(own)).toEqual([account.id]);
    expect(await seen(own, foreign)).toEqual([]);
    const all = { kind: 'operator', operatorId: account.operatorId as AccountId } as const;
    expect(await seen(all)).toEqual(expect.arrayContaining([account.id, other.id]));
    expect(await seen(all, own)).toEqual([account.id]);
    expect(await seen({ kind: 'operator', operatorId: other.id })).toEqual([other.id]);
  });

  test('are events too', async () => {
    const store = await database.store();
    const { id } = await accounts.insert(newAccount());
    const { newest } = await store.events.bounds(id);
    const raised = alert(id, 0);
    await alerts.put(id, [raised]);
    expect(await store.events.after(id, newest, 10)).toMatchObject([
      { event: { type: 'alert.raised', alertId: raised.id, message: 'minute 0' } },
    ]);
  });
});
