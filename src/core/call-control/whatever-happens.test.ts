import fc from 'fast-check';
import { expect, test } from 'vitest';
import { administratorOf, createTestCore, type TestCore } from '../../../test/support/core.ts';
import { turn } from '../../../test/support/until.ts';
import type { EngineLegId } from '../../engine/port/index.ts';
import { isDomainError } from '../../kernel/domain-error.ts';
import { type Logger, silentLogger } from '../../kernel/logger.ts';
import type { CallView } from '../calls/index.ts';

/** One thing that happens. `pick` and `other` choose among what there is at that moment. */
interface Step {
  readonly what: keyof typeof happenings;
  readonly pick: number;
  readonly other: number;
  /** How long it takes until the next thing happens. */
  readonly pause: 'none' | 'a turn' | 'until all is quiet';
}

const nth = <Item>(items: readonly Item[], pick: number): Item | undefined =>
  items[pick % Math.max(1, items.length)];

const dialable = [
  '201',
  '202',
  '203',
  '+4922166980202',
  '+493023125017',
  '030 5550000',
  '*43',
  '*97',
];
const legs = (core: TestCore): EngineLegId[] => [...core.engine.world.legs.keys()];
const people = ({ alice, bob, carol }: TestCore) => [alice, bob, carol];
const refusable = [
  'dialLeg',
  'answer',
  'join',
  'play',
  'record',
  'startMusic',
  'createBridge',
] as const;

/** A leg that rings somewhere. */
const ringing = (core: TestCore, pick: number): EngineLegId | undefined =>
  nth(
    legs(core).filter(
      (id) =>
        core.engine.world.legs.get(id)?.state !== 'up' &&
        !id.startsWith('arrived') &&
        !id.endsWith('-far'),
    ),
    pick,
  );

/** Somebody steers a running call; that it is refused is fine. */
async function steer(
  core: TestCore,
  pick: number,
  work: (view: CallView) => Promise<unknown>,
): Promise<void> {
  const view = nth(core.calls.running(administratorOf(core.acme)), pick);
  if (!view) return;
  try {
    await work(view);
  } catch (error) {
    if (!isDomainError(error)) throw error;
  }
}

const happenings = {
  dials: (core, pick, other) =>
    void core.dials(nth(people(core), pick) ?? core.alice, nth(dialable, other) ?? '202'),
  answers(core, pick) {
    const leg = ringing(core, pick);
    if (leg) core.engine.answers(leg);
  },
  rings(core, pick) {
    const leg = ringing(core, pick);
    if (leg) core.engine.rings(leg);
  },
  ends(core, pick, other) {
    const leg = nth(legs(core), pick);
    if (leg) core.engine.ends(leg, nth(['normal', 'busy', 'no_answer'] as const, other));
  },
  playsOut(core) {
    if (core.engine.world.playbacks.size > 0) core.engine.playsOut();
  },
  presses(core, pick) {
    const leg = nth(legs(core), pick);
    if (leg) core.engine.presses(leg, '1');
  },
  phoneHolds(core, pick, other) {
    const leg = nth(legs(core), pick);
    if (leg && other % 2 === 0) core.engine.holds(leg);
    else if (leg) core.engine.resumes(leg);
  },
  refers(core, pick, other) {
    const leg = nth(legs(core), pick);
    const otherLeg = nth(legs(core), other);
    if (!leg || !otherLeg || leg === otherLeg) return;
    const blind = { kind: 'blind', dialled: nth(dialable, other) ?? '203' } as const;
    core.engine.asksTransfer(leg, other % 2 ? blind : { kind: 'attended', otherLeg });
  },
  places: async (core, pick, other) => {
    const { actor, phone } = nth(people(core), pick) ?? core.alice;
    const from = { kind: 'endpoint', endpointId: phone.id } as const;
    await core.calls
      .place(actor, { from, to: nth(dialable, other) ?? '202', callerId: undefined })
      .catch((error: unknown) => {
        expect(error).toSatisfy(isDomainError);
      });
  },
  holds: (core, pick, other) =>
    steer(core, pick, ({ call }) =>
      core.calls.hold(administratorOf(core.acme), call.id, other % 2 === 0),
    ),
  records: (core, pick, other) =>
    steer(core, pick, ({ call }) =>
      core.calls.record(administratorOf(core.acme), call.id, {
        on: other % 2 === 0,
        announcement: other % 3 === 0,
      }),
    ),
  transfers: (core, pick, other) =>
    steer(core, pick, ({ call }) =>
      core.calls.transfer(nth(people(core), other)?.actor ?? core.alice.actor, call.id, {
        to: nth(dialable, other) ?? '203',
        attended: other % 2 === 0,
        callerId: undefined,
      }),
    ),
  hangsUp: (core, pick) =>
    steer(core, pick, ({ call }) => core.calls.hangUp(administratorOf(core.acme), call.id)),
  refuses: (core, pick) => core.engine.refuse(nth(refusable, pick) ?? 'join'),
  timePasses: (core, pick) => core.clock.advance({ seconds: pick % 90 }),
  engineComesAndGoes(core, pick) {
    if (core.engine.status().connected) core.engine.goAway();
    else core.engine.comeBack({ restarted: pick % 4 === 0 });
  },
} satisfies Record<string, (core: TestCore, pick: number, other: number) => void | Promise<void>>;

const steps = (more: readonly Step['what'][] = []) => {
  const usual = Object.keys(happenings).filter(
    (name) => name !== 'engineComesAndGoes' && name !== 'refuses',
  ) as Step['what'][];
  return fc.array(
    fc.record({
      what: fc.constantFrom(
        ...usual,
        'dials' as const,
        'answers' as const,
        'answers' as const,
        ...more,
      ),
      pick: fc.nat(20),
      other: fc.nat(20),
      pause: fc.constantFrom('none', 'a turn', 'until all is quiet'),
    }),
    { minLength: 5, maxLength: 40, size: 'max' },
  );
};

/** Notes everything that is logged as an error. */
function listening() {
  const complaints: unknown[] = [];
  const logger: Logger = {
    ...silentLogger,
    error: (fields, message) => void complaints.push([message, fields]),
    child: () => logger,
  };
  return { complaints, logger };
}

async function twoAccounts(order: 'facts first' | 'answers first', logger: Logger) {
  const core = await createTestCore({ order, logger });
  core.given.number(core.acme, '+4922166980202', { kind: 'user', userId: core.bob.user.id });
  core.given.trunk(core.acme);
  const zenith = core.given.account({ name: 'Zenith', areaCode: '30' });
  const zoe = core.given.person({ account: zenith, firstName: 'Zoe', extension: '201' });
  core.given.number(zenith, '+493023125017', { kind: 'user', userId: zoe.user.id });
  return core;
}

async function live(core: TestCore, story: readonly Step[]): Promise<void> {
  const asked: Promise<void>[] = [];
  for (const { what, pick, other, pause } of story) {
    asked.push(Promise.resolve(happenings[what](core, pick, other)));
    if (pause === 'a turn') await turn();
    if (pause === 'until all is quiet') await core.settled();
  }
  await Promise.all(asked);
}

/** Everybody hangs up, until nobody is left. */
async function everybodyHangsUp(core: TestCore): Promise<void> {
  if (!core.engine.status().connected) core.engine.comeBack();
  await core.settled();
  for (let round = 0; legs(core).length > 0 && round < 20; round += 1) {
    for (const leg of legs(core)) core.engine.ends(leg);
    await core.settled();
  }
  core.clock.advance({ seconds: 120 });
  await core.settled();
}

/** What must be true when all is over. */
async function nothingIsLeft(core: TestCore): Promise<void> {
  const { engine, journal } = core;
  expect(core.live.calls()).toEqual([]);
  expect(core.live.legs()).toEqual([]);
  expect((await engine.snapshot()).legs).toEqual([]);
  expect(await journal.loadLive()).toEqual({ calls: [], legs: [] });
  expect(await journal.loadRunningRecordings()).toEqual([]);
  const created = journal.eventsOf('leg.created').map(({ legId }) => legId);
  expect(journal.cdrs.map(({ legId }) => legId).sort()).toEqual([...created].sort());
  const started = journal.eventsOf('call.started').map(({ callId }) => callId);
  const ended = journal.eventsOf('call.ended').map(({ callId }) => callId);
  expect([...ended].sort()).toEqual([...started].sort());
}

test.each(['answers first', 'facts first'] as const)(
  'whatever people do, everybody gets a record and nothing is left behind (%s)',
  async (order) => {
    await fc.assert(
      fc.asyncProperty(steps(), async (story) => {
        const { complaints, logger } = listening();
        const core = await twoAccounts(order, logger);
        await live(core, story);
        await everybodyHangsUp(core);
        await nothingIsLeft(core);
        expect((await core.engine.snapshot()).bridges).toEqual([]);
        expect(complaints).toEqual([]);
      }),
      { numRuns: 200 },
    );
  },
  30_000,
);

test.each(['answers first', 'facts first'] as const)(
  'even if the engine refuses, goes away and is started anew (%s)',
  async (order) => {
    const troubles = ['refuses', 'refuses', 'engineComesAndGoes', 'engineComesAndGoes'] as const;
    await fc.assert(
      fc.asyncProperty(steps(troubles), async (story) => {
        const core = await twoAccounts(order, silentLogger);
        await live(core, story);
        await everybodyHangsUp(core);
        await nothingIsLeft(core);
      }),
      { numRuns: 200 },
    );
  },
  30_000,
);
