import { applyEngineFact } from '../../src/core/call-control/apply-engine-fact.ts';
import { applyLegEnded } from '../../src/core/call-control/end-leg.ts';
import { mergeCalls } from '../../src/core/call-control/merge-calls.ts';
import type { Exchange } from '../../src/core/call-control/ports.ts';
import { createLiveCalls, type Leg } from '../../src/core/calls/index.ts';
import { createInterpreter, type Interpreter } from '../../src/core/interpreter/index.ts';
import type { Instruction, InstructionResult } from '../../src/core/programs/index.ts';
import type { EngineLegId } from '../../src/engine/port/index.ts';
import { type Logger, silentLogger } from '../../src/kernel/logger.ts';
import { createSurroundings, quiet, type Surroundings, startCore, type TestCore } from './core.ts';
import { type Person, uriOf } from './given.ts';
import { aCall, aLeg } from './legs.ts';
import { createMemoryHistory } from './memory-stores.ts';

/** How one instruction of the program ended. */
export type StepResult = InstructionResult & { readonly step: string };

/** Alice's leg with a program, the interpreter that runs it, and the engine beneath. */
export interface ProgramWorld extends Surroundings {
  readonly live: Exchange['live'];
  readonly interpreter: Interpreter;
  /** Alice's leg in the engine. */
  readonly engineLeg: EngineLegId;
  /** Puts a program on Alice's leg and lets it run until it waits for something. */
  runs(...instructions: readonly Instruction[]): Promise<void>;
  /** Alice's leg as it is now. */
  leg(): Leg;
  /** What ended so far on Alice's leg, in order. */
  results(): readonly StepResult[];
  /** What was logged as an error. */
  complaints(): readonly string[];
  /** What the program waits in now, by name; undefined when it is over. */
  current(): Instruction['do'] | undefined;
  /** A leg of somebody else in the same call, up. */
  otherLeg(who: Person): Promise<Leg>;
  settled(): Promise<void>;
  /** The server ends here; another one takes over a second later. */
  restart(): Promise<TestCore>;
}

export interface ProgramWorldOptions {
  readonly order?: 'facts first' | 'answers first';
  /** `waiting`: the leg arrived and is not answered; `up`: it is. */
  readonly state?: 'waiting' | 'up';
}

/** Listens to what the interpreter says of its steps. */
function createListener(legOf: () => string) {
  const results: StepResult[] = [];
  const complaints: string[] = [];
  const logger: Logger = {
    ...silentLogger,
    debug(fields) {
      const said = fields as { legId?: string; step?: string; result?: InstructionResult };
      if (said.legId === legOf() && said.step && said.result)
        results.push({ step: said.step, ...said.result });
    },
    error: (_fields, message) => void complaints.push(message),
  };
  return { results, complaints, logger };
}

export function createProgramWorld({
  order,
  state = 'up',
}: ProgramWorldOptions = {}): ProgramWorld {
  const around = createSurroundings(order);
  const { engine, journal, clock, alice } = around;
  const live = createLiveCalls(journal);
  const engineLeg = engine.arrive({
    from: { kind: 'endpoint', endpoint: around.directory.endpointName(alice.phone) },
    dialled: '202',
  });
  const call = aCall({ accountId: alice.account.id, startedAt: clock.now() });
  const own = aLeg(call, {
    engineId: engineLeg,
    party: { kind: 'endpoint', endpointId: alice.phone.id, userId: alice.user.id },
  });
  live.putCall({ ...call, rootLegId: own.id });
  live.putLeg(own);
  const { results, complaints, logger } = createListener(() => own.id);
  const sources = { native: around.application };
  const ports = { ...around, sources, live, logger, history: createMemoryHistory(journal) };
  const exchange: Exchange = {
    ...ports,
    admits: () => true,
    hungUp: new Set(),
    interpreter: createInterpreter({
      ...ports,
      endLeg: (legId, cause) =>
        applyLegEnded(exchange, legId, { at: clock.now(), cause, sipStatus: undefined }),
      mergeCalls(a, b) {
        const [one, other] = [live.leg(a), live.leg(b)];
        if (one && other) mergeCalls(exchange, one, other);
      },
    }),
  };
  const { interpreter } = exchange;
  const unsubscribe = engine.onFact((fact) => applyEngineFact(exchange, fact));
  if (state === 'up') engine.answers(engineLeg);

  const leg = (): Leg => {
    const found = live.leg(own.id);
    if (!found) throw new Error('the leg was forgotten');
    return found;
  };
  const settled = async () => {
    await quiet(around);
    await live.durable();
  };
  return {
    ...around,
    live,
    interpreter,
    engineLeg,
    leg,
    settled,
    results: () => results,
    complaints: () => complaints,
    current() {
      const program = live.leg(own.id)?.program;
      return program?.instructions[program.position]?.do;
    },
    async runs(...instructions) {
      interpreter.run(own.id, { dialect: 'native', reference: 'test' }, instructions);
      await settled();
    },
    async otherLeg(who) {
      const other = aLeg(call, {
        direction: 'outbound',
        role: 'callee',
        number: who.user.extension ?? '',
        name: who.user.firstName,
        parentLegId: own.id,
        party: { kind: 'endpoint', endpointId: who.phone.id, userId: who.user.id },
      });
      live.putLeg(other);
      await engine.dialLeg({
        id: other.engineId,
        target: {
          kind: 'contact',
          endpoint: around.directory.endpointName(who.phone),
          uri: uriOf(who.phone),
        },
        caller: {},
        ringTimeoutSeconds: 60,
      });
      engine.answers(other.engineId);
      await settled();
      engine.forgetCommands();
      return other;
    },
    async restart() {
      unsubscribe();
      await settled();
      engine.forgetCommands();
      clock.advance({ seconds: 1 });
      return startCore(around, silentLogger);
    },
  };
}
