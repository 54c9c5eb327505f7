import type { Account } from '../../src/core/accounts/index.ts';
import { type CallControl, createCallControl } from '../../src/core/call-control/index.ts';
import {
  type Call,
  type Calls,
  createLiveCalls,
  type Leg,
  type LiveCalls,
} from '../../src/core/calls/index.ts';
import type { Endpoint } from '../../src/core/endpoints/index.ts';
import type { SipTargets } from '../../src/core/interpreter/index.ts';
import { createFakeEngine, type FakeEngine } from '../../src/engine/fake/index.ts';
import type { EngineLegId } from '../../src/engine/port/index.ts';
import { type Logger, silentLogger } from '../../src/kernel/logger.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createFakeSource, type FakeSource } from './fake-source.ts';
import { actorOf, createGiven, type Given, type Person, uriOf } from './given.ts';
import {
  createFakeSounds,
  createFakeSpeech,
  createMemoryFiles,
  type FakeSounds,
  type FakeSpeech,
  fakeSipTargets,
  type MemoryFiles,
} from './memory-ports.ts';
import {
  createMemoryDirectory,
  createMemoryHistory,
  createMemoryJournal,
  createMemoryRegistrations,
  type MemoryDirectory,
  type MemoryJournal,
  type MemoryRegistrations,
} from './memory-stores.ts';
import { turn, until } from './until.ts';

/** What outlives a server. */
export interface Surroundings {
  readonly clock: FakeClock;
  readonly engine: FakeEngine;
  readonly journal: MemoryJournal;
  readonly directory: MemoryDirectory;
  readonly registrations: MemoryRegistrations;
  readonly speech: FakeSpeech;
  readonly sounds: FakeSounds;
  readonly files: MemoryFiles;
  readonly sipTargets: SipTargets;
  /** Answers for programs of the dialect jambonz. */
  readonly application: FakeSource;
  readonly given: Given;
  /** Alice (201), Bob (202) and Carol (203) are its people; each has one registered phone. */
  readonly acme: Account;
  readonly alice: Person;
  readonly bob: Person;
  readonly carol: Person;
}

/** A call between two people that is up. */
export interface Conversation {
  readonly callId: Call['id'];
  readonly caller: EngineLegId;
  readonly callee: EngineLegId;
}

/** The whole of call control, on a fake engine and a clock that stands still. */
export interface TestCore extends Surroundings {
  readonly control: CallControl;
  readonly calls: Calls;
  readonly live: LiveCalls;
  /** A phone of somebody dials; returns the leg that arrives. */
  dials(from: Person, dialled: string): EngineLegId;
  /** Waits until the engine rings somebody's phone; returns the newest leg there. */
  rung(whom: Person | Endpoint): Promise<EngineLegId>;
  /** Somebody calls somebody, who answers. */
  conversation(caller: Person, callee: Person): Promise<Conversation>;
  /** The leg of the core for one of the engine. */
  leg(id: EngineLegId): Leg;
  /** Waits until nothing happens any more by itself. */
  settled(): Promise<void>;
  /** The server ends and another one takes over. */
  restart(): Promise<TestCore>;
}

/** Turns of the event loop without anything new, after which all is quiet. */
const quietTurns = 4;

export interface TestCoreOptions {
  readonly order?: 'facts first' | 'answers first';
  readonly logger?: Logger;
}

/** Waits until nothing happens any more by itself. */
export async function quiet({ engine, journal }: Surroundings): Promise<void> {
  const done = () => `${engine.commands.length} ${journal.entries.length}`;
  for (let still = 0; still < quietTurns; still += 1) {
    const before = done();
    await turn();
    if (done() !== before) still = -1;
  }
}

/** A server that takes over whatever the journal and the engine hold. */
export async function startCore(around: Surroundings, logger: Logger): Promise<TestCore> {
  const { clock, engine, journal, directory, registrations, speech, sounds, files, sipTargets } =
    around;
  const sources = { jambonz: around.application, native: around.application };
  const live = createLiveCalls(journal);
  const control = createCallControl({
    engine,
    live,
    clock,
    journal,
    directory,
    registrations,
    speech,
    sounds,
    files,
    sipTargets,
    sources,
    history: createMemoryHistory(journal),
    logger,
  });
  await control.start();

  const settled = async () => {
    await quiet(around);
    await control.settled();
  };
  const leg = (id: EngineLegId): Leg => {
    const found = live.legByEngineId(id);
    if (!found) throw new Error(`the core knows no leg ${id}`);
    return found;
  };
  const newestAt = (whom: Person | Endpoint): EngineLegId | undefined => {
    const phones =
      'username' in whom
        ? [whom]
        : [...(directory.account(whom.account.id)?.endpoints.values() ?? [])].filter(
            ({ userId }) => userId === whom.user.id,
          );
    const uris = phones.map(uriOf);
    return engine
      .asked('dialLeg')
      .findLast(({ target }) => target.kind === 'contact' && uris.includes(target.uri))?.leg;
  };
  const core: TestCore = {
    ...around,
    control,
    calls: control.calls,
    live,
    leg,
    settled,
    dials: (from, dialled) =>
      engine.arrive({
        from: { kind: 'endpoint', endpoint: directory.endpointName(from.phone) },
        dialled,
        callerNumber: from.phone.username,
      }),
    async rung(whom) {
      const found = await until(() => newestAt(whom), 'the engine is asked to ring a phone');
      await settled();
      return found;
    },
    async conversation(from, to) {
      engine.forgetCommands();
      const caller = core.dials(from, to.user.extension ?? '');
      const callee = await core.rung(to);
      engine.rings(callee);
      engine.answers(callee);
      await settled();
      engine.forgetCommands();
      return { callId: leg(caller).callId, caller, callee };
    },
    async restart() {
      control.stop();
      await settled();
      return startCore(around, logger);
    },
  };
  return core;
}

/** One account, three people and their phones, without a server. */
export function createSurroundings(
  order: NonNullable<TestCoreOptions['order']> = 'answers first',
): Surroundings {
  const clock = createFakeClock();
  const directory = createMemoryDirectory();
  const registrations = createMemoryRegistrations();
  const given = createGiven(directory, registrations, clock);
  const acme = given.account({ name: 'Acme', sipDomain: 'acme.example' });
  return {
    clock,
    engine: createFakeEngine({ clock, order }),
    journal: createMemoryJournal(),
    directory,
    registrations,
    speech: createFakeSpeech(),
    sounds: createFakeSounds(),
    files: createMemoryFiles(),
    sipTargets: fakeSipTargets,
    application: createFakeSource(),
    given,
    acme,
    alice: given.person({ account: acme, firstName: 'Alice', extension: '201', admin: true }),
    bob: given.person({ account: acme, firstName: 'Bob', extension: '202' }),
    carol: given.person({ account: acme, firstName: 'Carol', extension: '203' }),
  };
}

/** An exchange with one account, three people and their phones. */
export const createTestCore = ({
  order,
  logger = silentLogger,
}: TestCoreOptions = {}): Promise<TestCore> => startCore(createSurroundings(order), logger);

/** The account itself as actor: an administrator who takes no part in calls. */
export const administratorOf = (account: Account) => actorOf(account);
