import type { DialectName } from '../../kernel/actor.ts';
import type { AccountId, DeliveryId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/page.ts';
import type { CoreEvent } from '../events/index.ts';
import type { Delivery, DeliveryFailure, DeliveryRequest, NewDelivery } from './delivery.ts';

/** Deliveries, for those who put them in and look after them. */
export interface DeliveryStore {
  /** All of them or none; durable when it resolves. Those of accounts that are gone are left out. */
  enqueue(deliveries: readonly NewDelivery[]): Promise<void>;
  /** Lets a reader of events begin here, unless it has begun before. */
  beginReading(reader: DialectName): Promise<void>;
  /**
   * Hands on what a reader has not read yet, some events at a time. The deliveries that come back are stored
   * together with how far it has read. @returns how many were read; 0 too while another node reads
   */
  readOn(
    reader: DialectName,
    word: (events: readonly CoreEvent[]) => Promise<readonly NewDelivery[]>,
  ): Promise<number>;
  /** Failed ones, newest first. */
  failed(accountId: AccountId, page: PageRequest): Promise<Page<Delivery>>;
  /** Lets a failed one wait again, in its old place. @returns `undefined` if there is no such failed one */
  retry(accountId: AccountId, id: DeliveryId): Promise<Delivery | undefined>;
  /** How many there are, in all accounts. */
  count(): Promise<{ readonly waiting: number; readonly failed: number }>;
}

/** The deliveries with one key, while this node works on them. */
export interface DeliveryLane {
  readonly id: string;
  readonly accountId: AccountId;
}

/** What is first in a lane. */
export interface DueDelivery {
  readonly delivery: Delivery;
  readonly request: DeliveryRequest;
  /** Milliseconds since it was put in, or was wanted again. */
  readonly ageMs: number;
}

/**
 * Lanes, for whoever delivers. A lane is there as long as something waits in it; one node at a time holds it,
 * for a minute from its last step. Every step answers whether it is still held: if not, somebody else goes on.
 */
export interface LaneStore {
  /** Takes a lane that is due and that no other node holds. */
  take(laneId: string): Promise<DeliveryLane | undefined>;
  /** What is first, and a mark of what the lane has seen. */
  first(
    lane: DeliveryLane,
  ): Promise<{ readonly due: DueDelivery | undefined; readonly mark: string | undefined }>;
  /** It has arrived. */
  arrived(lane: DeliveryLane, id: DeliveryId): Promise<boolean>;
  /** It is given up; the next one has its turn. */
  giveUp(lane: DeliveryLane, id: DeliveryId, failure: DeliveryFailure): Promise<boolean>;
  /** Lets go of a lane until later. */
  postpone(
    lane: DeliveryLane,
    delayMs: number,
    failed?: { readonly id: DeliveryId; readonly failure: DeliveryFailure },
  ): Promise<void>;
  /** Ends a lane in which nothing is left. @returns false if something was put in since the mark */
  close(lane: DeliveryLane, mark: string): Promise<boolean>;
  /**
   * Wakes lanes that should have been woken and were not, for whatever reason; and lets go of those that this
   * node holds without working on them, because it was broken off.
   * @param lateMs - how late a lane must be to count
   * @param working - the lanes that this node works on
   */
  wakeOverdue(lateMs: number, working: readonly string[]): Promise<void>;
}
