import type {
  Deliveries,
  DeliverySource,
  DeliveryStore,
  LaneStore,
} from '../../core/deliveries/index.ts';
import type { EventBus } from '../../core/events/index.ts';
import type { HookClient } from '../../core/hooks/index.ts';
import type { DialectName } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { deliverLane } from './deliver-lane.ts';
import { followEvents } from './follow-events.ts';
import { createLaneTurns } from './lane-turns.ts';

/**
 * Lanes that are worked on at once, and those of one account, so that its slow hooks do not hold up others. Those
 * that are too many to wait are found again when they are late.
 */
const turnLimits = { atOnce: 64, ofAccount: 16, waiting: 20_000 };

/** Milliseconds between two looks for lanes whose alarm was lost, and how late such a lane is. */
const sweepMs = { every: 15_000, late: 30_000 };

/** What the alarm of a lane carries. */
interface Alarm {
  readonly account: string;
  readonly lane: string;
}

export interface WebhookPorts {
  readonly store: DeliveryStore;
  readonly lanes: LaneStore;
  readonly hooks: HookClient;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random?: () => number;
}

export interface Webhooks {
  readonly follow: Deliveries['follow'];
  /** The alarm of a lane: it has its turn as soon as may be. */
  wake(payload: unknown): Promise<void>;
  /** Goes on with what the server was at when it ended, and looks for lost alarms from then on. */
  start(): Promise<void>;
  /** Breaks off what is being sent, so that it is sent again by whoever comes next. */
  stop(): Promise<void>;
}

/** Delivers hooks that only tell. @see docs/decisions, deliveries in lanes */
export function createWebhooks(ports: WebhookPorts): Webhooks {
  const { store, lanes, hooks, bus, clock, logger, random = Math.random } = ports;
  const sources = new Map<DialectName, DeliverySource>();
  const stopping: (() => Promise<void>)[] = [];
  const ending = new AbortController();
  const lanePorts = {
    lanes,
    hooks,
    random,
    logger,
    sourceOf: (dialect: DialectName) => sources.get(dialect),
    signal: ending.signal,
  };
  let forgetSweep = () => {};

  const turns = createLaneTurns(turnLimits, async (laneId) => {
    try {
      const lane = await lanes.take(laneId);
      if (lane) await deliverLane(lanePorts, lane);
    } catch (error) {
      logger.warn({ err: error }, 'a lane was left alone for now');
    }
  });
  const sweep = async (): Promise<void> => {
    try {
      await lanes.wakeOverdue(sweepMs.late, turns.working());
    } catch (error) {
      logger.warn({ err: error }, 'lost alarms were not looked for');
    }
    if (!ending.signal.aborted) sweepLater();
  };
  const sweepLater = () => {
    forgetSweep = clock.wakeAt(new Date(clock.now().getTime() + sweepMs.every), () => void sweep());
  };
  return {
    async follow(source) {
      if (sources.has(source.dialect)) throw new TypeError(`${source.dialect} is followed already`);
      sources.set(source.dialect, source);
      stopping.push(await followEvents({ store, bus, clock, logger }, source));
    },
    async wake(payload) {
      const { account, lane } = payload as Alarm;
      turns.want(account, lane);
    },
    async start() {
      await lanes.wakeOverdue(0, []);
      sweepLater();
    },
    async stop() {
      ending.abort(new Error('the server ends'));
      forgetSweep();
      await Promise.all(stopping.map((stop) => stop()));
      await turns.stop();
    },
  };
}
