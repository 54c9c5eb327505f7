import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../test/support/database.ts';
import {
  aWord,
  newAccount,
  newApplication,
  type StoredAccount,
  storedAccount,
} from '../../../test/support/stored.ts';
import { firstOperatorId, placeholderDomain } from '../../core/accounts/index.ts';
import type { EstateItems, EstateKind } from '../../core/estate/index.ts';
import type { Reach } from '../../kernel/actor.ts';
import { newSid } from '../../kernel/ids.ts';

const database = await openDatabase();
const store = await database.store();
const { estate } = store;

async function storedOperator() {
  const sid = newSid();
  return store.operators.insert({
    sid,
    sipDomain: placeholderDomain(sid),
    name: aWord(),
    description: undefined,
    rootDomain: undefined,
    msTeamsFqdn: undefined,
    registrationHook: undefined,
  });
}

/** A thing as it stands in a list. */
function shownAs(stored: StoredAccount, kind: EstateKind): EstateItems[EstateKind] {
  if (kind === 'endpoint')
    return { ...stored.endpoint, maskedSecret: `t${'X'.repeat('he secret of a phone'.length)}` };
  if (kind === 'trunk') {
    const secret = 'the secret of a provider';
    return { ...stored.trunk, secret, extras: {}, applicationSid: undefined };
  }
  if (kind === 'gateway') {
    const [gateway] = stored.trunk.gateways;
    if (!gateway) throw new Error('the trunk has no gateway');
    return { ...gateway, trunkSid: stored.trunk.sid };
  }
  if (kind !== 'number') return stored[kind];
  const { e164: number, ...rest } = stored.number;
  return { ...rest, number, trunkSid: undefined, applicationSid: undefined };
}

const everything: Reach = { kind: 'installation' };

describe('the things of several accounts', () => {
  test.each(['account', 'application', 'endpoint', 'gateway', 'number', 'trunk', 'user'] as const)(
    'of the kind %s are found by their second id, with whose they are',
    async (kind: EstateKind) => {
      const stored = await storedAccount(store);
      const thing = shownAs(stored, kind);
      expect(await estate.find(kind, thing.sid)).toEqual({
        item: thing,
        owner: {
          accountId: stored.account.id,
          accountSid: stored.account.sid,
          operatorId: firstOperatorId,
          operatorSid: expect.any(String),
          operatorName: 'Polyvox',
        },
      });
      expect(await estate.find(kind, newSid())).toBeUndefined();
      const { items } = await estate.list(
        kind,
        [{ kind: 'account', accountId: stored.account.id }],
        {},
      );
      expect(items.map(({ item }) => item)[0]).toEqual(thing);
      expect(items).toHaveLength(kind === 'gateway' ? 2 : 1);
    },
  );

  test('are those of an operator, and what it has kept for itself', async () => {
    const { account } = await storedOperator();
    const [first, second] = [
      await store.accounts.insert(newAccount({ operatorId: account.id })),
      await store.accounts.insert(newAccount({ operatorId: account.id })),
    ];
    await storedAccount(store);
    const made = [];
    for (const { id } of [first, second, account])
      made.push(await store.applications.insert(id, newApplication()));
    const reach: Reach = { kind: 'operator', operatorId: account.id };
    const { items } = await estate.list('application', [reach], {});
    expect(items.map(({ item }) => item)).toEqual(made);
    expect(items.map(({ owner }) => owner.accountSid)).toEqual([first.sid, second.sid, undefined]);
    const accounts = await estate.list('account', [reach], {});
    expect(accounts.items.map(({ item }) => item)).toEqual([first, second]);
  });

  test('come in pages that know how long the whole is', async () => {
    const { account } = await storedAccount(store);
    for (const name of ['One', 'Two', 'Three', '100%'])
      await store.applications.insert(account.id, newApplication({ name }));
    const of = [everything, { kind: 'account', accountId: account.id }] as const;
    const page = async (number: number) => {
      const { items, total } = await estate.list('application', of, { page: { number, size: 2 } });
      return [items.map(({ item }) => item.name), total];
    };
    expect(await page(1)).toEqual([['Menu', 'One'], 5]);
    expect(await page(3)).toEqual([['100%'], 5]);
    expect(await page(4)).toEqual([[], 5]);
    const named = await estate.list('application', of, { text: '%' });
    expect(named.items.map(({ item }) => item.name)).toEqual(['100%']);
  });
});

describe('an operator', () => {
  test('counts down, so that accounts are counted without gaps', async () => {
    const [first, second] = [await storedOperator(), await storedOperator()];
    expect(second.account.serial).toBe(first.account.serial - 1);
    expect(first.account.serial).toBeLessThan(-1);
    const { account } = await storedAccount(store);
    expect(account.serial).toBeGreaterThanOrEqual(0);
  });

  test('is no account of anybody, and goes with what it has kept', async () => {
    const { account } = await storedOperator();
    expect((await store.accounts.all()).map(({ id }) => id)).not.toContain(account.id);
    await store.applications.insert(account.id, newApplication());
    expect(await store.operators.remove(account.id)).toBe(true);
    expect(await store.operators.find(account.id)).toBeUndefined();
  });

  test('stays while it owns an account', async () => {
    const { account } = await storedOperator();
    const { id } = await store.accounts.insert(newAccount({ operatorId: account.id }));
    expect(await store.operators.remove(account.id)).toBe('in_use');
    await store.accounts.remove(id);
    expect(await store.operators.remove(account.id)).toBe(true);
  });
});

test('another SIP domain changes the digests of all devices, and nothing else of them', async () => {
  const { account, endpoint } = await storedAccount(store);
  const other = `${aWord()}.example`;
  await store.accounts.change(account.id, { sipDomain: other });
  const after = await store.endpoints.find(account.id, endpoint.id);
  expect(after).toEqual({ ...endpoint, ha1: expect.stringMatching(/^[0-9a-f]{32}$/) });
  expect(after?.ha1).not.toBe(endpoint.ha1);
});
