import type { Actor } from '../../kernel/actor.ts';
import type { LegId, QueueId } from '../../kernel/ids.ts';
import type { Json } from '../../kernel/json.ts';
import type { Leg } from '../calls/index.ts';
import type { Instruction, ProgramSourceRef } from '../programs/index.ts';
import type { Queue, QueueEntry } from './queue.ts';

export interface EntryView {
  readonly entry: QueueEntry;
  readonly leg: Leg;
  /** From 0. */
  readonly position: number;
  readonly waitedSeconds: number;
}

export interface QueueView {
  readonly queue: Queue;
  readonly entries: readonly EntryView[];
}

export interface NewQueue {
  /** 1 to 128 characters, no colon or slash. */
  readonly name: string;
  /** 1 to 10,000; without it there is no limit. */
  readonly maxLength?: number | undefined;
  readonly notes?: Json;
}

export interface QueueChange {
  /** `null` takes the limit away. */
  readonly maxLength?: number | null;
  readonly notes?: Json;
}

/**
 * Where a waiting leg is moved: behind others of a priority, before all others, or into another queue, which is
 * made if there is none of the name.
 */
export type EntryMove =
  | { readonly priority: number }
  | { readonly toFront: true }
  | { readonly queueId: QueueId }
  | { readonly queueName: string };

/**
 * The queues of an account, in use or made ahead. What belongs to others is `queue.not_found`; a leg that
 * does not wait there is `queue.entry_not_found`, one that somebody is about to be joined with
 * `queue.entry_taken`.
 */
export interface Queues {
  /** Oldest first; those made ahead too. Read from memory. */
  list(actor: Actor): readonly QueueView[];
  /** @throws {DomainError} `queue.not_found` */
  get(actor: Actor, id: QueueId): QueueView;
  named(actor: Actor, name: string): QueueView | undefined;
  /** Makes one that stays when nobody waits. @throws {DomainError} `queue.invalid`, `queue.taken` */
  create(actor: Actor, wanted: NewQueue): Promise<QueueView>;
  change(actor: Actor, id: QueueId, change: QueueChange): Promise<QueueView>;
  /**
   * Removes it for good.
   * @param options.force - takes out who waits: their `enqueue` ends with `left`
   * @throws {DomainError} `queue.in_use`
   */
  remove(
    actor: Actor,
    id: QueueId,
    options?: { readonly force?: boolean | undefined },
  ): Promise<void>;
  /** A waiting leg keeps how long it has waited. */
  move(actor: Actor, id: QueueId, legId: LegId, move: EntryMove): Promise<void>;
  /**
   * Joins a waiting leg with another one that is up, in place of what that one's program does.
   * @throws {DomainError} `queue.taker_unusable`
   */
  connect(actor: Actor, id: QueueId, legId: LegId, takerLegId: LegId): Promise<void>;
  /** Takes a waiting leg out and runs something else on it. */
  divert(
    actor: Actor,
    id: QueueId,
    legId: LegId,
    source: ProgramSourceRef,
    instructions: readonly Instruction[],
  ): Promise<void>;
  /** Takes a waiting leg out: its `enqueue` ends with `left`, or it is hung up. */
  takeOut(
    actor: Actor,
    id: QueueId,
    legId: LegId,
    options?: { readonly hangUp?: boolean | undefined },
  ): Promise<void>;
}
