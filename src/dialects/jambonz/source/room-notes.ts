import type { Json, JsonObject } from '../../../kernel/json.ts';
import type { HookRef } from '../compile/hook-ref.ts';

/** What this dialect keeps with a conference or a queue that was made ahead. All of it may be missing. */
export interface RoomNotes {
  /** Asked what is heard by who waits. */
  readonly waitHook?: HookRef;
  /** Of a queue: told who comes and goes, in place of the account's. */
  readonly eventHook?: HookRef;
}

export const notesIn = (notes: Json | undefined): RoomNotes => (notes ?? {}) as RoomNotes;

export const asNotes = (notes: RoomNotes): JsonObject => ({ ...notes }) as JsonObject;

/** Whom this dialect tells what happens in a conference. @see compile/rooms.ts, watchWords */
export interface WatchWords {
  readonly hook: HookRef;
  readonly events: readonly string[];
}

/** How conferences and queues are called in hooks and answers. */
export const conferenceSid = (accountSid: string, name: string): string =>
  `conf:${accountSid}:${name}`;
export const queueSid = (accountSid: string, name: string): string => `queue:${accountSid}:${name}`;
