import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../test/support/database.ts';
import { newTrunk, storedAccount } from '../../../test/support/stored.ts';
import { trunkNameOf } from '../../core/routing/index.ts';

const database = await openDatabase();
const store = await database.store();

describe('what routing and the engine know', () => {
  test('is everything of an account, and of that one alone', async () => {
    const [own] = [await storedAccount(store), await storedAccount(store)];
    expect(await store.directory.loadAccount(own.account.id)).toEqual({
      account: own.account,
      users: new Map([[own.user.id, own.user]]),
      endpoints: new Map([[own.endpoint.id, own.endpoint]]),
      numbers: [own.number],
      patterns: [],
      trunks: [own.trunk],
      applications: new Map([[own.application.id, own.application.sid]]),
    });
  });

  test('is the same, whether accounts are read one by one or together', async () => {
    await storedAccount(store);
    const all = await store.directory.loadAll();
    expect(all.length).toBeGreaterThan(0);
    for (const directory of all) {
      expect(await store.directory.loadAccount(directory.account.id)).toEqual(directory);
    }
  });

  test('the engine gets digests of devices and the open secrets of trunks', async () => {
    const { account, endpoint, trunk } = await storedAccount(store);
    const phones = await store.directory.engineEndpoints();
    expect(phones.find(({ username }) => username === endpoint.username)).toEqual({
      name: `${endpoint.username}@${account.sipDomain}`,
      username: endpoint.username,
      realm: account.sipDomain,
      ha1: 'ha1',
      displayName: 'Alice Adler',
      maxContacts: 5,
      language: 'en',
    });
    const providers = await store.directory.engineTrunks();
    expect(providers.find(({ name }) => name === trunkNameOf(trunk))).toMatchObject({
      gateways: [{ host: 'sip.provider.example', port: 5060, transport: 'udp', pings: false }],
      inboundAddresses: ['192.0.2.0/24'],
      secret: 'the secret of a provider',
    });
  });

  test('trunks that are switched off are not for the engine', async () => {
    const { account } = await storedAccount(store);
    const off = await store.trunks.insert(account.id, newTrunk({ enabled: false }));
    const names = (await store.directory.engineTrunks()).map(({ name }) => name);
    expect(names).not.toContain(trunkNameOf(off));
  });
});
