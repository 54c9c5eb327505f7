import { describe, expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../../test/support/core.ts';
import { uriOf } from '../../../test/support/given.ts';
import type { EndpointName, EngineLegId } from '../../engine/port/index.ts';
import { trunkNameOf } from '../routing/index.ts';

/** A provider delivers a call; returns its leg. */
function delivers(core: TestCore, dialled: string, callerName = ''): EngineLegId {
  const trunk = core.directory.account(core.acme.id)?.trunks[0] ?? core.given.trunk(core.acme);
  return core.engine.arrive({
    from: { kind: 'trunk', trunk: trunkNameOf(trunk) },
    dialled,
    callerNumber: '+442079460000',
    callerName,
  });
}

describe('somebody dials', () => {
  test('an extension: the colleague rings and sees who calls', async () => {
    const core = await createTestCore();
    core.dials(core.alice, '202');
    await core.rung(core.bob);
    expect(core.engine.asked('dialLeg')).toMatchObject([
      { target: { uri: uriOf(core.bob.phone) }, caller: { number: '201', name: 'Alice' } },
    ]);
  });

  test('a number that does not exist: it is announced, and the call ends', async () => {
    const core = await createTestCore();
    const leg = core.dials(core.alice, '+493023125000');
    await core.settled();
    expect(core.engine.asked('progress')).toHaveLength(1);
    expect(core.speech.said).toEqual(['The number you have dialled is not in service.']);
    core.engine.playsOut();
    await core.settled();
    expect(core.engine.asked('hangUp')).toEqual([{ name: 'hangUp', leg, cause: 'unallocated' }]);
  });

  test('the echo test: it is greeted and then hears itself', async () => {
    const core = await createTestCore();
    const leg = core.dials(core.alice, '*43');
    await core.settled();
    core.engine.playsOut();
    await core.settled();
    expect(core.engine.asked('dialLeg')).toMatchObject([
      { target: { kind: 'service', service: 'echo' } },
    ]);
    expect(core.engine.heardBy(leg)).toHaveLength(1);
    core.engine.ends(leg);
    await core.settled();
    expect(await core.engine.snapshot()).toEqual({ legs: [], bridges: [] });
  });

  test('somebody who is busy and wants no second call', async () => {
    const core = await createTestCore();
    const dora = core.given.person({
      account: core.acme,
      firstName: 'Dora',
      extension: '204',
      busyOnBusy: true,
    });
    await core.conversation(core.alice, dora);
    const leg = core.dials(core.carol, '204');
    await core.settled();
    expect(core.engine.asked('hangUp')).toEqual([{ name: 'hangUp', leg, cause: 'busy' }]);
  });

  test('above the limit of the account: all lines are busy', async () => {
    const core = await createTestCore();
    core.given.changedAccount(core.acme, { maxConcurrentCalls: 1 });
    await core.conversation(core.alice, core.bob);
    const leg = core.dials(core.carol, '201');
    await core.settled();
    core.engine.playsOut();
    await core.settled();
    expect(core.speech.said).toEqual(['All lines are busy. Please try again later.']);
    expect(core.engine.asked('hangUp')).toEqual([{ name: 'hangUp', leg, cause: 'congestion' }]);
  });

  test('for an application of the own account: that is asked what is to happen', async () => {
    const core = await createTestCore();
    const { id, sid } = core.given.application(core.acme);
    core.given.number(core.acme, '+4922166980299', { kind: 'application', applicationId: id });
    core.dials(core.alice, '022166980299');
    await core.settled();
    expect(core.application.asked).toMatchObject([
      { source: { dialect: 'jambonz', reference: sid }, question: { ask: 'call' } },
    ]);
    core.application.answer([{ do: 'hangup', cause: 'busy' }]);
    await core.settled();
    expect(core.engine.asked('hangUp')).toMatchObject([{ cause: 'busy' }]);
  });

  test('of an account that is suspended: refused at once', async () => {
    const core = await createTestCore();
    core.given.changedAccount(core.acme, { active: false });
    const leg = core.dials(core.carol, '201');
    await core.settled();
    expect(core.engine.asked('hangUp')).toMatchObject([{ leg, sipStatus: 503 }]);
  });

  test('above the limit of all accounts of an operator: all lines are busy', async () => {
    const core = await createTestCore();
    const operator = core.given.account({ kind: 'operator', maxConcurrentCalls: 1 });
    core.given.changedAccount(core.acme, { operatorId: operator.id });
    const other = core.given.account({ operatorId: operator.id });
    const eve = core.given.person({ account: other, firstName: 'Eve', extension: '201' });
    await core.conversation(core.alice, core.bob);
    core.dials(eve, '201');
    await core.settled();
    expect(core.speech.said).toEqual(['All lines are busy. Please try again later.']);
  });

  test.each(['112', '1-1-2', '+112'])(
    'for help (%s), above the limit: the trunk that is marked for it carries the call',
    async (dialled) => {
      const core = await createTestCore();
      core.given.trunk(core.acme, { emergency: true });
      core.given.changedAccount(core.acme, { maxConcurrentCalls: 0 });
      core.dials(core.carol, dialled);
      await core.settled();
      expect(core.engine.asked('dialLeg')).toMatchObject([
        { target: { kind: 'trunk', number: '112' } },
      ]);
      expect(core.live.calls()).toMatchObject([{ emergency: true }]);
    },
  );

  test('while the exchange is about to end: the call is not taken', async () => {
    const core = await createTestCore();
    core.control.closeDoors();
    core.dials(core.alice, '202');
    await core.settled();
    expect(core.engine.asked('hangUp')).toMatchObject([{ cause: 'congestion' }]);
    expect(core.engine.asked('dialLeg')).toEqual([]);
  });
});

describe('a provider delivers a call', () => {
  test('for the number of a user: every phone of hers rings', async () => {
    const core = await createTestCore();
    const { given, alice } = core;
    given.phone(alice, 'alice-mobile');
    given.number(core.acme, '+4922166980201', { kind: 'user', userId: alice.user.id });
    delivers(core, '+4922166980201');
    await core.settled();
    expect(core.engine.asked('dialLeg')).toHaveLength(2);
  });

  test('for a number that leads to a feature code', async () => {
    const core = await createTestCore();
    core.given.number(core.acme, '+4922166980297', { kind: 'dial', dialled: '*97' });
    delivers(core, '+4922166980297');
    await core.settled();
    expect(core.speech.said).toEqual(['There is no mailbox here.']);
  });

  test('for a number that leads nowhere: nobody is there now', async () => {
    const core = await createTestCore();
    core.given.number(core.acme, '+4922166980299', { kind: 'none' });
    const leg = delivers(core, '+4922166980299');
    await core.settled();
    expect(core.engine.asked('hangUp')).toEqual([
      { name: 'hangUp', leg, cause: 'no_answer', sipStatus: 480 },
    ]);
  });

  test.each(['+493023125000', '201', '*43', '112'])(
    'for %s, which is no number of the account: it reaches nothing',
    async (dialled) => {
      const core = await createTestCore();
      core.given.trunk(core.acme, { emergency: true });
      delivers(core, dialled);
      await core.settled();
      expect(core.engine.asked('dialLeg')).toEqual([]);
    },
  );

  test('with a local number: the one of the account’s own area is meant', async () => {
    const core = await createTestCore();
    core.given.number(core.acme, '+493066980201', { kind: 'user', userId: core.bob.user.id });
    core.given.number(core.acme, '+4922166980201', { kind: 'user', userId: core.alice.user.id });
    delivers(core, '66980201');
    await core.settled();
    expect(core.engine.asked('dialLeg')).toMatchObject([
      { target: { uri: uriOf(core.alice.phone) } },
    ]);
  });

  test('with a hostile name: it is cleaned before anybody sees it', async () => {
    const core = await createTestCore();
    core.given.number(core.acme, '+4922166980201', { kind: 'user', userId: core.alice.user.id });
    delivers(core, '+4922166980201', 'Mallory\r\n\u202eevil\u0007');
    await core.settled();
    expect(core.journal.eventsOf('leg.created')[0]).toMatchObject({ name: 'Malloryevil' });
    expect(core.engine.asked('dialLeg')).toMatchObject([{ caller: { name: 'Malloryevil' } }]);
  });
});

test('a call from a device that nobody knows is rejected, and is no call', async () => {
  const core = await createTestCore();
  const leg = core.engine.arrive({
    from: { kind: 'endpoint', endpoint: 'stranger' as EndpointName },
    dialled: '202',
  });
  await core.settled();
  expect(core.engine.asked('hangUp')).toEqual([{ name: 'hangUp', leg, cause: 'rejected' }]);
  expect(core.journal.entries).toEqual([]);
});

test('a fact that comes twice makes one call', async () => {
  const core = await createTestCore();
  const arrived = {
    type: 'leg.arrived',
    leg: 'arrived-9' as EngineLegId,
    at: core.clock.now(),
    origin: { kind: 'endpoint', endpoint: core.directory.endpointName(core.alice.phone) },
    callerNumber: '201',
    callerName: '',
    dialled: '202',
  } as const;
  core.engine.tell(arrived);
  core.engine.tell(arrived);
  await core.settled();
  expect(core.live.calls()).toHaveLength(1);
  expect(core.engine.asked('dialLeg')).toHaveLength(1);
});
