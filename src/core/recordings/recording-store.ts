import type { AccountId, CallId, RecordingId } from '../../kernel/ids.ts';
import type { Recording } from './recording.ts';

export interface RecordingStore {
  find(accountId: AccountId, id: RecordingId): Promise<Recording | undefined>;
  /** Forgets a recording that is stored. @returns where its bytes lie; `undefined` if there is none */
  remove(accountId: AccountId, id: RecordingId): Promise<string | undefined>;
  /** Stored recordings of some calls, oldest first. */
  ofCalls(accountId: AccountId, callIds: readonly CallId[]): Promise<readonly Recording[]>;
}
