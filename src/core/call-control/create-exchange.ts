import type { Engine, EngineFact, EngineLegId } from '../../engine/port/index.ts';
import type { LegId } from '../../kernel/ids.ts';
import type { Calls, Legs, LiveCalls } from '../calls/index.ts';
import type { Conferences } from '../conferences/index.ts';
import { createInterpreter } from '../interpreter/index.ts';
import type { Instruction, ProgramSourceRef } from '../programs/index.ts';
import type { Queues } from '../queues/index.ts';
import { applyEngineFact } from './apply-engine-fact.ts';
import { createCalls } from './create-calls.ts';
import { createLegs } from './create-legs.ts';
import { applyLegEnded } from './end-leg.ts';
import { limitLeg } from './limit-leg.ts';
import { mergeCalls } from './merge-calls.ts';
import type { CallControlPorts, Exchange } from './ports.ts';
import { finishRecordings, reconcile } from './reconcile.ts';
import { createConferences } from './rooms/create-conferences.ts';
import { createQueues } from './rooms/create-queues.ts';
import { takeOverRooms } from './rooms/take-over-rooms.ts';

/** Everything that happens to calls, running. */
export interface CallControl {
  readonly calls: Calls;
  readonly legs: Legs;
  readonly conferences: Conferences;
  readonly queues: Queues;
  readonly live: LiveCalls;
  /** Takes over what an earlier server left, then follows the engine. Call it before the engine connects. */
  start(): Promise<void>;
  /** Puts a program on a leg, in place of the one that runs, and starts it. */
  run(legId: LegId, source: ProgramSourceRef, instructions: readonly Instruction[]): void;
  /** From now on no call begins; running ones go on. */
  closeDoors(): void;
  /** Ends every call that still runs. */
  hangUpAll(): Promise<void>;
  /** Stops following the engine. Calls go on. */
  stop(): void;
  /** Resolves when nothing waits to be stored and no fact waits to be applied. */
  settled(): Promise<void>;
}

/** Milliseconds between two audits. */
const auditEveryMs = 60_000;

/**
 * Applies facts one after the other; from the start or the loss of the engine until the exchange has compared
 * itself with it they wait.
 */
function createFactQueue(exchange: Exchange, onConnected: () => Promise<void>) {
  const waiting: EngineFact[] = [];
  let comparing: Promise<void> | undefined;
  let isCurrent = false;

  const apply = (fact: EngineFact) => {
    try {
      applyEngineFact(exchange, fact);
    } catch (error) {
      exchange.logger.error({ fact: fact.type, err: error }, 'a fact could not be applied');
    }
  };
  const applyWaiting = () => {
    for (const fact of waiting.splice(0)) apply(fact);
  };
  /** One comparison after the other: a later one may be about an engine that was started anew. */
  const compare = (work: () => Promise<void>): Promise<void> => {
    const mine: Promise<void> = (comparing ?? Promise.resolve())
      .then(work)
      .catch((error: unknown) =>
        exchange.logger.warn({ err: error }, 'comparing with the engine failed'),
      )
      .then(() => {
        if (comparing !== mine) return;
        comparing = undefined;
        isCurrent = exchange.engine.status().connected;
        applyWaiting();
      });
    comparing = mine;
    return mine;
  };
  return {
    compare,
    applyWaiting,
    take(fact: EngineFact) {
      if (fact.type === 'engine.connected') return void compare(onConnected);
      if (fact.type === 'engine.lost') isCurrent = false;
      if (comparing || !isCurrent) waiting.push(fact);
      else apply(fact);
    },
    idle: () => comparing ?? Promise.resolve(),
  };
}

/** The engine, with a note of every leg that we end. */
const rememberingWhoHangsUp = (engine: Engine, hungUp: Set<EngineLegId>): Engine => ({
  ...engine,
  hangUp(leg, cause, options) {
    hungUp.add(leg);
    return engine.hangUp(leg, cause, options);
  },
});

/** Builds call control on its ports. */
export function createCallControl(
  ports: CallControlPorts & { readonly live: LiveCalls },
): CallControl {
  const { live, journal, clock, logger } = ports;
  const hungUp: Exchange['hungUp'] = new Set();
  const engine = rememberingWhoHangsUp(ports.engine, hungUp);
  let doorsOpen = true;
  const exchange: Exchange = {
    ...ports,
    engine,
    hungUp,
    admits: () => doorsOpen,
    interpreter: createInterpreter({
      ...ports,
      engine,
      endLeg: (legId, cause) =>
        applyLegEnded(exchange, legId, { at: clock.now(), cause, sipStatus: undefined }),
      mergeCalls(a, b) {
        const [one, other] = [live.leg(a), live.leg(b)];
        if (one && other) mergeCalls(exchange, one, other);
      },
    }),
  };
  let taken = false;
  const onConnected = async () => {
    const { applyWaiting } = facts;
    await ports.registrations.settled();
    await reconcile(exchange, { after: 'restart', takesOver: !taken, applyWaiting });
    taken = true;
    finishRecordings(exchange, await journal.loadRunningRecordings());
  };
  const facts = createFactQueue(exchange, onConnected);
  let unsubscribe = () => {};
  let forgetAudit = () => {};
  const audit = () => {
    const at = new Date(clock.now().getTime() + auditEveryMs);
    forgetAudit = clock.wakeAt(at, () => {
      const { compare, applyWaiting } = facts;
      const check = { after: 'audit', takesOver: false, applyWaiting } as const;
      if (engine.status().connected) void compare(() => reconcile(exchange, check));
      audit();
    });
  };
  return {
    calls: createCalls(exchange),
    legs: createLegs(exchange),
    conferences: createConferences(exchange),
    queues: createQueues(exchange),
    live,
    async start() {
      const [{ calls, legs }, recordings, rooms] = await Promise.all([
        journal.loadLive(),
        journal.loadRunningRecordings(),
        journal.loadRooms(),
      ]);
      live.load(calls, legs, recordings);
      for (const leg of legs) limitLeg(exchange, leg);
      takeOverRooms(exchange, rooms);
      if (legs.length > 0)
        logger.info({ calls: calls.length, legs: legs.length }, 'taking over running calls');
      unsubscribe = engine.onFact((fact) => facts.take(fact));
      if (engine.status().connected) await facts.compare(onConnected);
      audit();
    },
    run: exchange.interpreter.run,
    closeDoors() {
      doorsOpen = false;
    },
    async hangUpAll() {
      await Promise.allSettled(live.legs().map((leg) => engine.hangUp(leg.engineId, 'normal')));
    },
    stop() {
      unsubscribe();
      forgetAudit();
    },
    async settled() {
      await facts.idle();
      await live.durable();
    },
  };
}
