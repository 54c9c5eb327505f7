import type {
  Call,
  CallHistoryStore,
  CallJournal,
  Cdr,
  HistoryEntry,
  JournalEntry,
  Leg,
  NewHistoryEntry,
} from '../../src/core/calls/index.ts';
import type { Conference } from '../../src/core/conferences/index.ts';
import type { CoreEvent } from '../../src/core/events/index.ts';
import type { Tag } from '../../src/core/programs/index.ts';
import type { Queue } from '../../src/core/queues/index.ts';
import type { Recording } from '../../src/core/recordings/index.ts';
import {
  type AccountDirectory,
  type Directory,
  endpointNameIn,
  trunkNameOf,
} from '../../src/core/routing/index.ts';
import type { Contact, EndpointName, TrunkName } from '../../src/engine/port/index.ts';
import type { AccountId, EndpointId, Sid } from '../../src/kernel/ids.ts';
import { revive } from '../../src/store/live-values.ts';

/** A journal in memory: what is stored went through JSON, as in the database. */
export interface MemoryJournal extends CallJournal {
  readonly entries: readonly JournalEntry[];
  readonly events: readonly CoreEvent[];
  readonly cdrs: readonly Cdr[];
  readonly history: readonly NewHistoryEntry[];
  /** The last version of every recording. */
  recordings(): readonly Recording[];
  eventsOf<Type extends CoreEvent['type']>(
    type: Type,
  ): readonly Extract<CoreEvent, { readonly type: Type }>[];
  /** The database is away: entries wait until the returned function is called. */
  holdBack(): () => void;
  /** The server is dying: nothing that it writes from now on is stored, until the returned function is called. */
  loseWrites(): () => void;
}

const stored = <Value extends object>(value: Value): Value =>
  revive<Value>(JSON.parse(JSON.stringify(value)) as object);

export function createMemoryJournal(): MemoryJournal {
  const entries: JournalEntry[] = [];
  const calls = new Map<string, Call>();
  const legs = new Map<string, Leg>();
  const recordings = new Map<string, Recording>();
  const conferences = new Map<string, Conference>();
  const queues = new Map<string, Queue>();
  let gate: Promise<void> | undefined;
  let isLost = false;

  const keep = <Value extends { readonly id: string; readonly endedAt: Date | undefined }>(
    kept: Map<string, Value>,
    values: readonly Value[],
  ) => {
    for (const value of values) {
      if (value.endedAt) kept.delete(value.id);
      else kept.set(value.id, stored(value));
    }
  };
  const all = <Name extends 'events' | 'cdrs' | 'history'>(name: Name) =>
    entries.flatMap((entry) => entry[name] as readonly JournalEntry[Name][number][]);
  return {
    entries,
    get events() {
      return all('events');
    },
    get cdrs() {
      return all('cdrs');
    },
    get history() {
      return all('history');
    },
    recordings: () => [...recordings.values()],
    eventsOf: <Type extends CoreEvent['type']>(type: Type) =>
      all('events').filter(
        (event): event is Extract<CoreEvent, { readonly type: Type }> => event.type === type,
      ),
    holdBack() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return () => {
        gate = undefined;
        resolve();
      };
    },
    loseWrites() {
      isLost = true;
      return () => {
        isLost = false;
      };
    },
    hurry: () => undefined,
    async write(entry) {
      await gate;
      if (isLost) return;
      entries.push(entry);
      keep(calls, entry.calls);
      keep(legs, entry.legs);
      keep(conferences, entry.conferences);
      keep(queues, entry.queues);
      for (const recording of entry.recordings) recordings.set(recording.id, stored(recording));
    },
    loadLive: async () => ({ calls: [...calls.values()], legs: [...legs.values()] }),
    loadRooms: async () => ({
      conferences: [...conferences.values()],
      queues: [...queues.values()],
    }),
    loadRunningRecordings: async () =>
      [...recordings.values()].filter(({ state }) => state === 'running'),
  };
}

/** The configuration in memory; tests change the maps, and routing sees it at once. */
export interface MemoryDirectory extends Directory {
  readonly accounts: Map<AccountId, AccountDirectory>;
  change(id: AccountId, change: Partial<AccountDirectory>): void;
}

export function createMemoryDirectory(): MemoryDirectory {
  const accounts = new Map<AccountId, AccountDirectory>();
  const all = () => [...accounts.values()];
  const accountOf = (id: AccountId): AccountDirectory => {
    const found = accounts.get(id);
    if (!found) throw new Error(`the test has no account ${id}`);
    return found;
  };
  return {
    accounts,
    change: (id, change) => void accounts.set(id, { ...accountOf(id), ...change }),
    account: (id) => accounts.get(id),
    defaultAccount: () => all().find(({ account }) => account.isDefault),
    customersOf: (id) => all().filter(({ account }) => account.operatorId === id),
    ownerOf(e164) {
      for (const directory of all()) {
        const number = directory.numbers.find((own) => own.e164 === e164);
        if (number) return { directory, number };
      }
      return undefined;
    },
    byEndpointName(name: EndpointName) {
      for (const directory of all()) {
        for (const endpoint of directory.endpoints.values()) {
          if (endpointNameIn(directory.account, endpoint) === name) return { directory, endpoint };
        }
      }
      return undefined;
    },
    byTrunkName(name: TrunkName) {
      for (const directory of all()) {
        const trunk = directory.trunks.find((own) => trunkNameOf(own) === name);
        if (trunk) return { directory, trunk };
      }
      return undefined;
    },
    endpointName: (endpoint) => endpointNameIn(accountOf(endpoint.accountId).account, endpoint),
    trunkName: trunkNameOf,
  };
}

/** What is registered, as a test says. */
export interface MemoryRegistrations {
  readonly contacts: Map<EndpointId, readonly Contact[]>;
  contactsOf(endpointId: EndpointId): readonly Contact[];
  /** What they are known by; a test may put it off. */
  settled: () => Promise<void>;
}

export function createMemoryRegistrations(): MemoryRegistrations {
  const contacts = new Map<EndpointId, readonly Contact[]>();
  return { contacts, contactsOf: (id) => contacts.get(id) ?? [], settled: async () => {} };
}

/** Finished calls, read from the journal. Newest first; no filters but the user. */
export function createMemoryHistory(journal: MemoryJournal): CallHistoryStore {
  /** What was changed of what sources keep with legs that had ended. */
  const tags = new Map<Sid, Tag>();
  const cdrs = (accountId: AccountId): readonly Cdr[] =>
    journal.cdrs
      .filter((cdr) => cdr.accountId === accountId)
      .map((cdr) => ({ ...cdr, tag: tags.get(cdr.sid) ?? cdr.tag }));
  return {
    async history(accountId, { userId, offset, limit }) {
      const entries = journal.history
        .map((entry, serial): HistoryEntry => ({ ...entry, serial: serial + 1 }))
        .filter((entry) => entry.accountId === accountId)
        .filter((entry) => userId === undefined || entry.userId === userId)
        .reverse();
      return { entries: entries.slice(offset, offset + limit), total: entries.length };
    },
    cdrsOfCall: async (accountId, callId) => cdrs(accountId).filter((cdr) => cdr.callId === callId),
    cdrOfSid: async (accountId, sid) => cdrs(accountId).find((cdr) => cdr.sid === sid),
    async tagCdr(accountId, sid, data) {
      const cdr = cdrs(accountId).find((one) => one.sid === sid);
      if (cdr) tags.set(sid, { ...cdr.tag, ...data });
      return cdr !== undefined;
    },
    cdrsSince: async (accountId, since) =>
      cdrs(accountId)
        .filter((cdr) => cdr.endedAt >= since)
        .reverse(),
    cdrs: async (accountId, { limit }) => ({
      items: cdrs(accountId).slice(-limit).reverse(),
      next: undefined,
    }),
  };
}
