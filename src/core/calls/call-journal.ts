import type { AccountId, CallId, Sid } from '../../kernel/ids.ts';
import type { Conference } from '../conferences/index.ts';
import type { CoreEvent } from '../events/index.ts';
import type { Tag } from '../programs/index.ts';
import type { Queue } from '../queues/index.ts';
import type { Recording } from '../recordings/index.ts';
import type { Call } from './call.ts';
import type { Cdr } from './cdr.ts';
import type { HistoryPage, HistoryQuery, NewHistoryEntry } from './history.ts';
import type { Leg } from './leg.ts';

/** Everything that one step changed: written in one transaction, with its events. */
export interface JournalEntry {
  /** New or changed; an ended call's or leg's live row is removed by the writer. */
  readonly calls: readonly Call[];
  readonly legs: readonly Leg[];
  readonly cdrs: readonly Cdr[];
  readonly history: readonly NewHistoryEntry[];
  readonly recordings: readonly Recording[];
  /** New or changed; one that is gone is removed by the writer. */
  readonly conferences: readonly Conference[];
  readonly queues: readonly Queue[];
  readonly events: readonly CoreEvent[];
}

/** An entry in which nothing changed. */
export const emptyEntry: JournalEntry = {
  calls: [],
  legs: [],
  cdrs: [],
  history: [],
  recordings: [],
  conferences: [],
  queues: [],
  events: [],
};

/** What the core needs to remember running calls. */
export interface CallJournal {
  /**
   * Stores an entry; resolves when it is durable. Entries that come within 5 ms share a transaction, unless
   * somebody is in a hurry; their order is kept. While the database is away entries wait and are tried again.
   */
  write(entry: JournalEntry): Promise<void>;
  /** Somebody waits for what was given so far: no more is waited for. */
  hurry(): void;
  /** Calls and legs that had not ended when they were last written, to take over after a restart. */
  loadLive(): Promise<{ readonly calls: readonly Call[]; readonly legs: readonly Leg[] }>;
  /** Conferences and queues that were not gone. */
  loadRooms(): Promise<{
    readonly conferences: readonly Conference[];
    readonly queues: readonly Queue[];
  }>;
  /** Recordings whose end was not stored. */
  loadRunningRecordings(): Promise<readonly Recording[]>;
}

/** Finished calls. */
export interface CallHistoryStore {
  history(accountId: AccountId, query: HistoryQuery): Promise<HistoryPage>;
  cdrsOfCall(accountId: AccountId, callId: CallId): Promise<readonly Cdr[]>;
  cdrOfSid(accountId: AccountId, sid: Sid): Promise<Cdr | undefined>;
  /** Changes some fields of what the source of a leg that ended keeps with it. @returns whether it is known */
  tagCdr(accountId: AccountId, sid: Sid, data: Tag): Promise<boolean>;
  /** Of legs that ended since an instant, newest first, at most a thousand. */
  cdrsSince(accountId: AccountId, since: Date): Promise<readonly Cdr[]>;
  /** Newest first, by key. */
  cdrs(
    accountId: AccountId,
    page: { readonly limit: number; readonly after: string | undefined },
  ): Promise<{ readonly items: readonly Cdr[]; readonly next: string | undefined }>;
}
