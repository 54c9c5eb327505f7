import { describe, expect, test } from 'vitest';
import { administratorOf, createTestCore, type TestCore } from '../../../test/support/core.ts';
import { type Person, uriOf } from '../../../test/support/given.ts';
import type { NewCall } from '../calls/index.ts';

const fromPhoneOf = ({ phone }: Person): NewCall['from'] => ({
  kind: 'endpoint',
  endpointId: phone.id,
});

const toBob = (core: TestCore, change: Partial<NewCall> = {}): NewCall => ({
  from: fromPhoneOf(core.alice),
  to: '202',
  callerId: undefined,
  ...change,
});

describe('place a call', () => {
  test('rings the caller’s own phone first, and the other when it is answered', async () => {
    const core = await createTestCore();
    const { calls, engine, alice, bob } = core;
    await calls.place(alice.actor, toBob(core));
    const first = await core.rung(alice);
    expect(engine.asked('dialLeg')).toHaveLength(1);
    engine.rings(first);
    engine.answers(first);
    const second = await core.rung(bob);
    engine.answers(second);
    await core.settled();
    expect(engine.heardBy(first)).toEqual([second]);
  });

  test('the phone of the caller shows whom it will reach', async () => {
    const core = await createTestCore();
    await core.calls.place(core.alice.actor, toBob(core));
    expect(core.engine.asked('dialLeg')).toMatchObject([{ caller: { number: '202' } }]);
  });

  test('the answer is the call as it is stored, with the caller’s own leg', async () => {
    const core = await createTestCore();
    const view = await core.calls.place(core.alice.actor, toBob(core));
    expect(view.legs).toMatchObject([{ role: 'caller', state: 'calling', dialled: '202' }]);
    expect(view.ownLegId).toBe(view.legs[0]?.id);
    expect(view.call.startedBy).toEqual({ dialect: 'native', userId: core.alice.user.id });
    expect((await core.journal.loadLive()).calls).toMatchObject([{ id: view.call.id }]);
  });

  test('the legs are stored before the engine rings them', async () => {
    const core = await createTestCore();
    const databaseIsBack = core.journal.holdBack();
    const placed = core.calls.place(core.alice.actor, toBob(core));
    await Promise.resolve();
    expect(core.engine.commands).toEqual([]);
    databaseIsBack();
    await placed;
    expect(core.engine.asked('dialLeg')).toHaveLength(1);
  });

  test('for a user with two phones both ring, and the one that answers first goes on', async () => {
    const core = await createTestCore();
    const { calls, engine, alice, bob, given } = core;
    const mobile = given.phone(alice, 'alice-mobile');
    await calls.place(alice.actor, toBob(core, { from: { kind: 'user', userId: alice.user.id } }));
    const [desk, pocket] = [await core.rung(alice.phone), await core.rung(mobile)];
    engine.answers(pocket);
    await core.rung(bob);
    expect(engine.asked('hangUp')).toEqual([
      { name: 'hangUp', leg: desk, cause: 'completed_elsewhere' },
    ]);
  });

  test('two phones of the caller answer at once: the callee is rung once', async () => {
    const core = await createTestCore();
    const { calls, engine, alice, bob, given } = core;
    const mobile = given.phone(alice, 'alice-mobile');
    await calls.place(alice.actor, toBob(core, { from: { kind: 'user', userId: alice.user.id } }));
    const [desk, pocket] = [await core.rung(alice.phone), await core.rung(mobile)];
    engine.answers(desk);
    engine.answers(pocket);
    await core.settled();
    const rungAtBob = engine
      .asked('dialLeg')
      .filter(({ target }) => target.kind === 'contact' && target.uri === uriOf(bob.phone));
    expect(rungAtBob).toHaveLength(1);
    expect(core.live.legByEngineId(pocket)?.state).toBe('hangup');
    engine.ends(desk);
    await core.settled();
    expect(await engine.snapshot()).toEqual({ legs: [], bridges: [] });
  });

  test('the caller does not answer: the callee is never rung, and the call is over', async () => {
    const core = await createTestCore();
    await core.calls.place(core.alice.actor, toBob(core));
    core.clock.advance({ seconds: 60 });
    await core.settled();
    expect(core.engine.asked('dialLeg')).toHaveLength(1);
    expect(core.live.calls()).toEqual([]);
  });

  test('shows the callee the number that was asked for, if it is the account’s', async () => {
    const core = await createTestCore();
    core.given.number(core.acme, '+4922166980200', { kind: 'none' });
    await core.calls.place(core.alice.actor, toBob(core, { callerId: '+4922166980200' }));
    core.engine.answers(await core.rung(core.alice));
    await core.rung(core.bob);
    expect(core.engine.asked('dialLeg')[1]).toMatchObject({
      caller: { number: '+4922166980200' },
    });
  });
});

describe('a call that begins at a number outside, called as if from a device', () => {
  const mobile = '+491713920012';
  const own = '+4922166980201';

  async function world() {
    const core = await createTestCore();
    core.given.trunk(core.acme);
    const fromMobile = {
      kind: 'dialled',
      dialled: mobile,
      endpointId: core.alice.phone.id,
    } as const;
    const place = (change: Partial<NewCall>) =>
      core.calls.place(core.alice.actor, toBob(core, { from: fromMobile, ...change }));
    const callers = () => core.engine.asked('dialLeg').map(({ caller }) => caller);
    const pickUp = async () => {
      const [first] = core.engine.asked('dialLeg');
      if (!first) throw new Error('nobody is rung');
      core.engine.answers(first.leg);
      await core.settled();
    };
    return { core, place, callers, pickUp };
  }

  test('shows both far sides the number of the device, never the outside one', async () => {
    const { core, place, callers, pickUp } = await world();
    core.given.number(core.acme, own, { kind: 'user', userId: core.alice.user.id });
    await place({ to: '+493023125000' });
    await pickUp();
    expect(callers()).toMatchObject([{ number: own }, { number: own }]);
  });

  test('shows a colleague the extension of the device', async () => {
    const { core, place, callers, pickUp } = await world();
    core.given.number(core.acme, own, { kind: 'user', userId: core.alice.user.id });
    await place({ to: '202' });
    await pickUp();
    expect(callers()).toMatchObject([{ number: own }, { number: '201' }]);
  });

  test('shows the number that was asked for, if there is one', async () => {
    const { core, place, callers, pickUp } = await world();
    core.given.number(core.acme, own, { kind: 'user', userId: core.alice.user.id });
    core.given.number(core.acme, '+4922166980299', { kind: 'none' });
    await place({ to: '+493023125000', callerId: '+4922166980299' });
    await pickUp();
    expect(callers()).toMatchObject([{ number: '+4922166980299' }, { number: '+4922166980299' }]);
  });

  test('shows no number at all where the account has none', async () => {
    const { place, callers, pickUp } = await world();
    await place({ to: '+493023125000' });
    await pickUp();
    expect(callers()).toHaveLength(2);
    for (const { number } of callers()) expect(number).toBeUndefined();
  });
});

describe('a call as if from another device', () => {
  test('shows the number of that device', async () => {
    const core = await createTestCore();
    core.given.trunk(core.acme);
    const number = (who: Person, e164: string) =>
      core.given.number(core.acme, e164, { kind: 'user', userId: who.user.id });
    number(core.alice, '+4922166980201');
    number(core.bob, '+4922166980202');
    const shownAs = core.bob.phone.id;
    await core.calls.place(core.alice.actor, toBob(core, { to: '+493023125000', shownAs }));
    core.engine.answers(await core.rung(core.alice));
    await core.settled();
    expect(core.engine.asked('dialLeg')).toMatchObject([
      { caller: { number: '+493023125000' } },
      { caller: { number: '+4922166980202' } },
    ]);
  });

  test('needs the right to call from it', async () => {
    const core = await createTestCore();
    const request = toBob(core, { from: fromPhoneOf(core.bob), shownAs: core.carol.phone.id });
    await expect(core.calls.place(core.bob.actor, request)).rejects.toMatchObject({
      code: 'access.forbidden',
    });
    expect(core.engine.commands).toEqual([]);
  });
});

describe('a call that cannot be placed is refused, and nothing rings', () => {
  const refusals: readonly (readonly [string, string, (core: TestCore) => Partial<NewCall>])[] = [
    ['to nothing', 'call.invalid_number', () => ({ to: '' })],
    ['to what nobody can dial', 'call.invalid_number', () => ({ to: '202\r\nX: y' })],
    [
      'from a number that is none',
      'call.invalid_number',
      ({ alice }) => ({
        from: { kind: 'dialled', dialled: '<script>', endpointId: alice.phone.id },
      }),
    ],
    [
      'with the number of somebody else',
      'caller_id.not_owned',
      () => ({
        callerId: '+493023125000',
      }),
    ],
    [
      'from a phone that is not registered',
      'endpoint.unregistered',
      ({ given, alice }) => {
        given.unplugged(alice.phone);
        return {};
      },
    ],
    [
      'from the phone of a colleague',
      'endpoint.unregistered',
      ({ carol }) => ({
        from: fromPhoneOf(carol),
      }),
    ],
  ];

  test.each(refusals)('%s', async (_what, code, change) => {
    const core = await createTestCore();
    const request = toBob(core, { from: fromPhoneOf(core.bob), ...change(core) });
    if (code === 'endpoint.unregistered' && request.from.kind === 'endpoint') {
      core.given.unplugged(core.bob.phone);
    }
    await expect(core.calls.place(core.bob.actor, request)).rejects.toMatchObject({ code });
    expect(core.engine.commands).toEqual([]);
    expect(core.live.calls()).toEqual([]);
  });

  test('as one colleague for another, who does not administer', async () => {
    const core = await createTestCore();
    const from = { kind: 'user', userId: core.carol.user.id } as const;
    await expect(core.calls.place(core.bob.actor, toBob(core, { from }))).rejects.toMatchObject({
      code: 'endpoint.unregistered',
    });
    expect(core.engine.commands).toEqual([]);
  });

  test('above the limit of the account', async () => {
    const core = await createTestCore();
    core.given.changedAccount(core.acme, { maxConcurrentCalls: 1 });
    await core.conversation(core.bob, core.carol);
    await expect(core.calls.place(core.alice.actor, toBob(core))).rejects.toMatchObject({
      code: 'call.limit_reached',
      kind: 'limited',
    });
    expect(core.engine.commands).toEqual([]);
  });

  test('while the exchange is about to end', async () => {
    const core = await createTestCore();
    core.control.closeDoors();
    await expect(core.calls.place(core.alice.actor, toBob(core))).rejects.toMatchObject({
      code: 'exchange.draining',
    });
  });

  test('while the engine is away; the call does not stay', async () => {
    const core = await createTestCore();
    core.engine.goAway();
    await expect(core.calls.place(core.alice.actor, toBob(core))).rejects.toMatchObject({
      code: 'engine.unavailable',
    });
    await core.settled();
    expect(core.live.calls()).toEqual([]);
    expect(core.journal.eventsOf('call.ended')).toHaveLength(1);
  });
});

test('one phone that cannot be rung does not keep the other from ringing', async () => {
  const core = await createTestCore();
  const { calls, engine, alice, given } = core;
  given.phone(alice, 'alice-mobile');
  engine.refuse('dialLeg');
  const view = await calls.place(
    alice.actor,
    toBob(core, { from: { kind: 'user', userId: alice.user.id } }),
  );
  await core.settled();
  expect(core.live.legsOf(view.call.id)).toHaveLength(1);
});

test.each(['112', '1 1 2', '+112'])(
  'an emergency call (%s) is placed above the limit, and does not count',
  async (to) => {
    const core = await createTestCore();
    core.given.trunk(core.acme, { emergency: true });
    core.given.changedAccount(core.acme, { maxConcurrentCalls: 1 });
    await core.conversation(core.bob, core.carol);
    const view = await core.calls.place(core.alice.actor, toBob(core, { to }));
    expect(view.call.emergency).toBe(true);
  },
);

test('a program without a user places calls for the account', async () => {
  const core = await createTestCore();
  const view = await core.calls.place(administratorOf(core.acme), toBob(core));
  expect(view.ownLegId).toBe(view.call.rootLegId);
});
