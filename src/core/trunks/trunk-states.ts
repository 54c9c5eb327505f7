import type { Engine, EngineFact, TrunkStatus } from '../../engine/port/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { EventWriter } from '../events/index.ts';
import type { Directory } from '../routing/index.ts';

/** How trunks stand with their providers, kept current by the engine's facts. */
export interface TrunkStates {
  stateOf(name: TrunkStatus['trunk']): TrunkStatus['state'];
  /** Whether one of its gateways is known not to answer. @param address - `host:port` */
  isOutOfReach(name: TrunkStatus['trunk'], address: string): boolean;
  start(): Promise<void>;
  stop(): void;
}

export interface TrunkStatePorts {
  readonly engine: Pick<Engine, 'onFact' | 'trunkStatuses' | 'status'>;
  readonly directory: Pick<Directory, 'byTrunkName'>;
  readonly events: EventWriter;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function createTrunkStates(ports: TrunkStatePorts): TrunkStates {
  const { engine, directory, events, clock, logger } = ports;
  const known = new Map<string, TrunkStatus['state']>();
  const outOfReach = new Map<string, readonly string[]>();
  let unsubscribe = () => {};

  const put = ({ trunk, state, unreachable = [] }: TrunkStatus, at: Date) => {
    outOfReach.set(trunk, unreachable);
    if (known.get(trunk) === state) return;
    known.set(trunk, state);
    const found = directory.byTrunkName(trunk);
    if (!found) return;
    const { id, accountId } = found.trunk;
    events
      .write([{ type: 'trunk.changed', accountId, trunkId: id, state, at }])
      .catch((error: unknown) => logger.error({ err: error }, 'a trunk state could not be told'));
  };
  const readAll = async () => {
    for (const status of await engine.trunkStatuses()) put(status, clock.now());
  };
  const apply = (fact: EngineFact) => {
    if (fact.type === 'trunk.changed') put(fact.status, fact.at);
    if (fact.type === 'engine.connected' || fact.type === 'registrations.unsure')
      readAll().catch((error: unknown) =>
        logger.warn({ err: error }, 'trunk states could not be read'),
      );
  };
  return {
    stateOf: (name) => known.get(name) ?? 'unknown',
    isOutOfReach: (name, address) => outOfReach.get(name)?.includes(address) ?? false,
    async start() {
      unsubscribe = engine.onFact(apply);
      if (engine.status().connected) await readAll();
    },
    stop: () => unsubscribe(),
  };
}
