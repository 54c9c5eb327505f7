import type { AccountId, EndpointId } from '../../kernel/ids.ts';
import type { Logger } from '../../kernel/logger.ts';
import { changedAccounts, type EventBus } from '../events/index.ts';
import type { AccountDirectory, Directory, DirectoryStore } from './directory.ts';
import { endpointNameIn, trunkNameOf } from './engine-names.ts';

/** The configuration in memory, and how it is kept current. */
export interface LiveDirectory extends Directory {
  start(): Promise<void>;
  stop(): void;
  /** Reads one account again; resolves when routing sees what is stored now. */
  refresh(accountId: AccountId): Promise<void>;
  accounts(): readonly AccountDirectory[];
}

/** Everything that somebody asks with, as maps. Rebuilt for one account when it changes. */
function createIndex() {
  const accounts = new Map<AccountId, AccountDirectory>();
  const byNumber = new Map<string, { readonly accountId: AccountId; readonly at: number }>();
  const byEndpoint = new Map<
    string,
    {
      readonly accountId: AccountId;
      readonly id: EndpointId;
    }
  >();
  const byTrunk = new Map<string, { readonly accountId: AccountId; readonly at: number }>();

  const forget = (id: AccountId) => {
    const before = accounts.get(id);
    if (!before) return;
    for (const { e164 } of before.numbers) byNumber.delete(e164);
    for (const endpoint of before.endpoints.values())
      byEndpoint.delete(endpointNameIn(before.account, endpoint).toLowerCase());
    for (const trunk of before.trunks) byTrunk.delete(trunkNameOf(trunk));
    accounts.delete(id);
  };
  const put = (directory: AccountDirectory) => {
    const { id } = directory.account;
    forget(id);
    accounts.set(id, directory);
    for (const [at, { e164 }] of directory.numbers.entries())
      byNumber.set(e164, { accountId: id, at });
    for (const endpoint of directory.endpoints.values())
      byEndpoint.set(endpointNameIn(directory.account, endpoint).toLowerCase(), {
        accountId: id,
        id: endpoint.id,
      });
    for (const [at, trunk] of directory.trunks.entries())
      byTrunk.set(trunkNameOf(trunk), { accountId: id, at });
  };
  return { accounts, byNumber, byEndpoint, byTrunk, forget, put };
}

/** Keeps the configuration in memory; events of this and other nodes refresh it. */
export function createDirectory(ports: {
  readonly store: DirectoryStore;
  readonly bus: EventBus;
  readonly logger: Logger;
}): LiveDirectory {
  const { store, bus, logger } = ports;
  const index = createIndex();
  const running = new Map<AccountId, Promise<void>>();
  const waiting = new Map<AccountId, Promise<void>>();
  let unsubscribe = () => {};

  const readAgain = async (id: AccountId) => {
    const directory = await store.loadAccount(id);
    if (directory) index.put(directory);
    else index.forget(id);
  };
  /**
   * One reading after the other, so that the newest is the last to arrive. Everybody who asks while one runs
   * shares the next: it begins after they asked.
   */
  const refresh = (id: AccountId): Promise<void> => {
    const queued = waiting.get(id);
    if (queued) return queued;
    const begin = () => {
      waiting.delete(id);
      return readAgain(id);
    };
    const before = running.get(id);
    const next = before ? before.then(begin, begin) : readAgain(id);
    if (before) waiting.set(id, next);
    running.set(id, next);
    const tidy = () => {
      if (running.get(id) === next) running.delete(id);
    };
    next.then(tidy, tidy);
    return next;
  };
  return {
    account: (id) => index.accounts.get(id),
    accounts: () => [...index.accounts.values()],
    defaultAccount: () => [...index.accounts.values()].find(({ account }) => account.isDefault),
    customersOf: (operatorId) =>
      [...index.accounts.values()].filter(({ account }) => account.operatorId === operatorId),
    ownerOf(e164) {
      const found = index.byNumber.get(e164);
      const directory = found && index.accounts.get(found.accountId);
      const number = found && directory?.numbers[found.at];
      return directory && number ? { directory, number } : undefined;
    },
    byEndpointName(name) {
      const found = index.byEndpoint.get(name.toLowerCase());
      const directory = found && index.accounts.get(found.accountId);
      const endpoint = found && directory?.endpoints.get(found.id);
      return directory && endpoint ? { directory, endpoint } : undefined;
    },
    byTrunkName(name) {
      const found = index.byTrunk.get(name);
      const directory = found && index.accounts.get(found.accountId);
      const trunk = found && directory?.trunks[found.at];
      return directory && trunk ? { directory, trunk } : undefined;
    },
    endpointName(endpoint) {
      const directory = index.accounts.get(endpoint.accountId);
      return endpointNameIn(
        directory?.account ?? { isDefault: false, sipDomain: endpoint.accountId },
        endpoint,
      );
    },
    trunkName: trunkNameOf,
    refresh,
    async start() {
      unsubscribe = bus.subscribe((events) => {
        for (const id of changedAccounts(events.map(({ event }) => event)))
          refresh(id).catch((error: unknown) =>
            logger.error({ accountId: id, err: error }, 'routing could not read an account again'),
          );
      });
      for (const directory of await store.loadAll()) index.put(directory);
    },
    stop: () => unsubscribe(),
  };
}
