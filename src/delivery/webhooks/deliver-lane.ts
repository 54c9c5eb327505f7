import {
  type DeliveryFailure,
  type DeliveryLane,
  type DeliverySource,
  type DueDelivery,
  failureOf,
  type LaneStore,
  retryAfterMs,
} from '../../core/deliveries/index.ts';
import type { HookClient, HookRequest } from '../../core/hooks/index.ts';
import type { DialectName } from '../../kernel/actor.ts';
import { isDomainError } from '../../kernel/domain-error.ts';
import type { Logger } from '../../kernel/logger.ts';

/** Milliseconds for one exchange: a lane is held for longer than that. */
const timeoutMs = 10_000;

/** Milliseconds until a dialect that is to prove who sends is looked for again. */
const unsignedMs = 5_000;

/** Bytes of an answer that are read, so that the connection can be used again; they say nothing. */
const mostAnswerBytes = 65_536;

export interface LanePorts {
  readonly lanes: LaneStore;
  readonly hooks: HookClient;
  readonly sourceOf: (dialect: DialectName) => DeliverySource | undefined;
  readonly random: () => number;
  readonly logger: Logger;
  /** Given when the server ends. */
  readonly signal: AbortSignal;
}

type Outcome =
  | { readonly kind: 'arrived' }
  | { readonly kind: 'given_up'; readonly failure: DeliveryFailure }
  | { readonly kind: 'again'; readonly afterMs: number; readonly failure: DeliveryFailure }
  /** Nothing was tried, or it was broken off by us: it does not count. */
  | { readonly kind: 'not_yet'; readonly afterMs: number };

/** What proves who sends; `not_yet` while the dialect that can is not there. */
async function signingOf(
  { sourceOf }: LanePorts,
  { delivery, request }: DueDelivery,
): Promise<HookRequest['sign'] | 'not_yet'> {
  if (!request.signed) return undefined;
  const source = sourceOf(delivery.dialect);
  return source?.signing ? source.signing(delivery.accountId) : 'not_yet';
}

async function attempt(ports: LanePorts, due: DueDelivery): Promise<Outcome> {
  const { hooks, random, logger, signal } = ports;
  const { delivery, request, ageMs } = due;
  const { signed, ...hook } = request;
  try {
    const sign = await signingOf(ports, due);
    if (sign === 'not_yet') return { kind: 'not_yet', afterMs: unsignedMs };
    await hooks.ask({
      ...hook,
      sign,
      timeoutMs,
      maxBytes: mostAnswerBytes,
      ignoresAnswer: true,
      idempotencyKey: delivery.id,
      signal,
    });
    return { kind: 'arrived' };
  } catch (error) {
    if (signal.aborted) return { kind: 'not_yet', afterMs: 0 };
    if (!isDomainError(error)) logger.error({ err: error }, 'a delivery failed because of a bug');
    const attempts = delivery.attempts + 1;
    const failure = failureOf(error);
    const afterMs = retryAfterMs(error, { attempts, ageMs }, random());
    ports.sourceOf(delivery.dialect)?.failed?.(delivery, failure, afterMs === undefined);
    return afterMs === undefined
      ? { kind: 'given_up', failure }
      : { kind: 'again', afterMs, failure };
  }
}

/** Writes down what became of the first one. @returns whether the lane goes on here */
async function settle(
  { lanes, logger }: LanePorts,
  lane: DeliveryLane,
  { delivery }: DueDelivery,
  outcome: Outcome,
): Promise<boolean> {
  switch (outcome.kind) {
    case 'arrived':
      return lanes.arrived(lane, delivery.id);
    case 'given_up':
      logger.warn(
        { delivery: delivery.id, dialect: delivery.dialect, ...outcome.failure },
        'a delivery was given up',
      );
      return lanes.giveUp(lane, delivery.id, outcome.failure);
    case 'again':
      await lanes.postpone(lane, outcome.afterMs, { id: delivery.id, failure: outcome.failure });
      return false;
    case 'not_yet':
      await lanes.postpone(lane, outcome.afterMs);
      return false;
  }
}

/**
 * Delivers what waits in a lane that was taken, one after the other, until nothing is left or something must
 * wait. What comes after it waits too: order is kept.
 */
export async function deliverLane(ports: LanePorts, lane: DeliveryLane): Promise<void> {
  for (;;) {
    const { due, mark } = await ports.lanes.first(lane);
    if (mark === undefined) return;
    if (due) {
      const outcome = await attempt(ports, due);
      if (!(await settle(ports, lane, due, outcome))) return;
    } else if (await ports.lanes.close(lane, mark)) {
      return;
    }
  }
}
