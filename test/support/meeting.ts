import type { Conference } from '../../src/core/conferences/index.ts';
import type { CoreEvent } from '../../src/core/events/index.ts';
import type {
  ConferenceInstruction,
  Instruction,
  InstructionResult,
} from '../../src/core/programs/index.ts';
import type { Queue } from '../../src/core/queues/index.ts';
import type { EngineLegId } from '../../src/engine/port/index.ts';
import { type Logger, silentLogger } from '../../src/kernel/logger.ts';
import { createTestCore, type TestCore, type TestCoreOptions } from './core.ts';
import type { Person } from './given.ts';

/** How one instruction on a leg ended, or was cut short. */
export type LegResult = InstructionResult & { readonly step: string };

/** Legs of calls of their own that meet: the whole core, with programs put on legs by the test. */
export interface Meeting extends TestCore {
  /** Somebody is in a call of their own, up, and a program does nothing on that leg. */
  up(who: Person): Promise<EngineLegId>;
  /** Puts a program on a leg and lets it run until it waits for something. */
  runs(leg: EngineLegId, ...instructions: readonly Instruction[]): Promise<void>;
  /** Somebody, up, who runs an instruction and then waits. */
  comes(who: Person, instruction: Instruction): Promise<EngineLegId>;
  /** What ended on a leg, in order. */
  results(leg: EngineLegId): readonly LegResult[];
  /** What the program of a leg waits in, by name. */
  current(leg: EngineLegId): string | undefined;
  /** Events whose types begin so, by type. */
  told(start: string): readonly string[];
  eventsOf<Type extends CoreEvent['type']>(
    type: Type,
  ): readonly Extract<CoreEvent, { readonly type: Type }>[];
  conference(name: string): Conference | undefined;
  queue(name: string): Queue | undefined;
  bridges(): readonly string[];
}

const asleep: Instruction = { do: 'wait' };

/** The part of a leg in the conference `room`. */
export const inRoom = (change: Partial<ConferenceInstruction> = {}): ConferenceInstruction => ({
  do: 'conference',
  name: 'room',
  ...change,
});

export async function createMeeting(
  options: Omit<TestCoreOptions, 'logger'> = {},
): Promise<Meeting> {
  const ended: { readonly legId: string; readonly result: LegResult }[] = [];
  const logger: Logger = {
    ...silentLogger,
    debug(fields) {
      const { legId, step, result } = fields as {
        legId?: string;
        step?: string;
        result?: InstructionResult;
      };
      if (legId && step && result) ended.push({ legId, result: { step, ...result } });
    },
    error(fields, message) {
      throw new Error(message, { cause: fields });
    },
  };
  const core = await createTestCore({ ...options, logger });
  const meeting: Meeting = {
    ...core,
    async up(who) {
      const leg = core.dials(who, '*97');
      await core.settled();
      await meeting.runs(leg, asleep);
      core.engine.forgetCommands();
      ended.splice(0);
      return leg;
    },
    async runs(leg, ...instructions) {
      core.control.run(core.leg(leg).id, { dialect: 'native', reference: 'test' }, instructions);
      await core.settled();
    },
    async comes(who, instruction) {
      const leg = await meeting.up(who);
      await meeting.runs(leg, instruction, asleep);
      return leg;
    },
    results: (leg) =>
      ended.filter(({ legId }) => legId === core.leg(leg).id).map(({ result }) => result),
    current(leg) {
      const program = core.leg(leg).program;
      return program?.instructions[program.position]?.do;
    },
    told: (start) =>
      core.journal.events.map(({ type }) => type).filter((type) => type.startsWith(start)),
    eventsOf: core.journal.eventsOf,
    conference: (name) => core.live.conferences.named(core.acme.id, name),
    queue: (name) => core.live.queues.named(core.acme.id, name),
    bridges: () => [...core.engine.world.bridges.keys()],
  };
  return meeting;
}
