import { describe, expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../../test/support/core.ts';
import type { Person } from '../../../test/support/given.ts';
import type { EngineLegId } from '../../engine/port/index.ts';

const to = (dialled: string, attended = false) => ({ to: dialled, attended, callerId: undefined });

/** Who hangs up for good, and what must be true then. */
async function everythingEnds(core: TestCore, ...legs: readonly EngineLegId[]): Promise<void> {
  for (const leg of legs) core.engine.ends(leg);
  await core.settled();
  expect(await core.engine.snapshot()).toEqual({ legs: [], bridges: [] });
  expect(core.live.calls()).toEqual([]);
}

/** Who called whom: the one who hands the call on may be either. */
const sides = [
  ['the caller', (core: TestCore) => core.conversation(core.alice, core.bob)],
  ['the callee', (core: TestCore) => core.conversation(core.bob, core.alice)],
] as const;

describe.each(['answers first', 'facts first'] as const)('hand a call on (%s)', (order) => {
  describe.each(sides)('blind, by %s', (who, talk) => {
    async function world() {
      const core = await createTestCore({ order });
      const { callId, caller, callee } = await talk(core);
      const [own, partner] = who === 'the caller' ? [caller, callee] : [callee, caller];
      return { core, callId, own, partner };
    }

    test('rings the third party, lets the own leg go, and joins the two who are left', async () => {
      const { core, callId, own, partner } = await world();
      await core.calls.transfer(core.alice.actor, callId, to('203'));
      const carol = await core.rung(core.carol);
      expect(core.engine.asked('hangUp')).toEqual([{ name: 'hangUp', leg: own, cause: 'normal' }]);
      core.engine.answers(carol);
      await core.settled();
      expect(core.engine.heardBy(partner)).toEqual([carol]);
      expect(core.calls.get(core.carol.actor, callId).legs).toHaveLength(2);
      await everythingEnds(core, carol);
    });

    test('may come before those who were answered a moment ago are joined', async () => {
      const core = await createTestCore({ order });
      const { callId } = await core.calls
        .place(core.alice.actor, {
          from: { kind: 'user', userId: core.alice.user.id },
          to: '202',
          callerId: undefined,
        })
        .then(({ call }) => ({ callId: call.id }));
      core.engine.answers(await core.rung(core.alice));
      core.engine.answers(await core.rung(core.bob));
      await core.calls.transfer(core.alice.actor, callId, to('203'));
      expect(await core.rung(core.carol)).toBeDefined();
    });

    test('the third party is busy: the partner is let go with that cause', async () => {
      const { core, callId, partner } = await world();
      await core.calls.transfer(core.alice.actor, callId, to('203'));
      core.engine.ends(await core.rung(core.carol), 'busy', 486);
      await core.settled();
      expect(core.engine.asked('hangUp')).toContainEqual({
        name: 'hangUp',
        leg: partner,
        cause: 'busy',
      });
      await everythingEnds(core);
    });

    test('the partner gives up while the third party rings: it stops ringing', async () => {
      const { core, callId, partner } = await world();
      await core.calls.transfer(core.alice.actor, callId, to('203'));
      await core.rung(core.carol);
      await everythingEnds(core, partner);
    });

    test('the third party remembers an incoming call', async () => {
      const { core, callId } = await world();
      await core.calls.transfer(core.alice.actor, callId, to('203'));
      const carol = await core.rung(core.carol);
      core.engine.answers(carol);
      await core.settled();
      core.engine.ends(carol);
      await core.settled();
      const entry = core.journal.history.find(({ userId }) => userId === core.carol.user.id);
      expect(entry).toMatchObject({ direction: 'incoming', status: 'answered' });
    });

    test('a held call talks again with the third party', async () => {
      const { core, callId, partner } = await world();
      await core.calls.hold(core.alice.actor, callId, true);
      await core.calls.transfer(core.alice.actor, callId, to('203'));
      core.engine.answers(await core.rung(core.carol));
      await core.settled();
      expect(core.engine.world.legs.get(partner)).toMatchObject({ music: false, muted: [] });
    });
  });

  describe.each(sides)('attended, by %s', (who, talk) => {
    async function world() {
      const core = await createTestCore({ order });
      const { callId, caller, callee } = await talk(core);
      const [own, partner] = who === 'the caller' ? [caller, callee] : [callee, caller];
      await core.calls.transfer(core.alice.actor, callId, to('203', true));
      const third = await core.rung(core.carol);
      return { core, callId, own, partner, third };
    }

    test('the partner waits with music while the third party is asked', async () => {
      const { core, own, partner, third } = await world();
      expect(core.engine.world.legs.get(partner)?.music).toBe(true);
      core.engine.answers(third);
      await core.settled();
      expect(core.engine.heardBy(own)).toEqual([third]);
      await everythingEnds(core, own, partner, third);
    });

    test('hanging up joins the partner with the third party', async () => {
      const { core, own, partner, third } = await world();
      core.engine.answers(third);
      await core.settled();
      core.engine.ends(own);
      await core.settled();
      expect(core.engine.heardBy(partner)).toEqual([third]);
      expect(core.engine.world.legs.get(partner)).toMatchObject({ music: false, muted: [] });
      expect((await core.engine.snapshot()).bridges).toHaveLength(1);
      await everythingEnds(core, third);
    });

    test('hanging up before the third party answers hands on blindly', async () => {
      const { core, own, partner, third } = await world();
      core.engine.ends(own);
      await core.settled();
      const again = await core.rung(core.carol);
      expect(again).not.toBe(third);
      core.engine.answers(again);
      await core.settled();
      expect(core.engine.heardBy(partner)).toEqual([again]);
      await everythingEnds(core, partner);
    });

    test('the third party declines: the two talk again', async () => {
      const { core, own, partner, third } = await world();
      core.engine.ends(third, 'rejected', 603);
      await core.settled();
      expect(core.engine.heardBy(own)).toEqual([partner]);
      expect(core.engine.world.legs.get(partner)).toMatchObject({ music: false, muted: [] });
      await everythingEnds(core, partner);
    });

    test('the third party hangs up after it was asked: the two talk again', async () => {
      const { core, own, partner, third } = await world();
      core.engine.answers(third);
      await core.settled();
      core.engine.ends(third);
      await core.settled();
      expect(core.engine.heardBy(own)).toEqual([partner]);
      await everythingEnds(core, own);
    });

    test('the partner gives up while the third party rings: it stops ringing', async () => {
      const { core, partner } = await world();
      core.engine.ends(partner);
      await core.settled();
      await everythingEnds(core);
    });

    test('the partner gives up during the consultation: the other two talk on', async () => {
      const { core, own, partner, third } = await world();
      core.engine.answers(third);
      await core.settled();
      core.engine.ends(partner);
      await core.settled();
      expect(core.engine.heardBy(own)).toEqual([third]);
      await everythingEnds(core, own);
    });

    test('a second one at the same time is refused', async () => {
      const { core, callId } = await world();
      await expect(
        core.calls.transfer(core.alice.actor, callId, to('202', true)),
      ).rejects.toMatchObject({ code: 'call.state_conflict' });
    });
  });

  describe('in consultation with somebody who has two devices', () => {
    async function world() {
      const core = await createTestCore({ order });
      const {
        callId,
        caller: own,
        callee: partner,
      } = await core.conversation(core.alice, core.bob);
      const mobile = core.given.phone(core.carol, 'carol-mobile');
      core.engine.forgetCommands();
      await core.calls.transfer(core.alice.actor, callId, to('203', true));
      const [desk, pocket] = [await core.rung(core.carol.phone), await core.rung(mobile)];
      return { core, callId, own, partner, mobile, desk, pocket };
    }

    test('both ring; the first that answers is asked, the other stops', async () => {
      const { core, own, partner, desk, pocket } = await world();
      core.engine.answers(pocket);
      await core.settled();
      expect(core.engine.asked('hangUp')).toEqual([
        { name: 'hangUp', leg: desk, cause: 'completed_elsewhere' },
      ]);
      expect(core.engine.heardBy(own)).toEqual([pocket]);
      expect(core.engine.world.legs.get(partner)?.music).toBe(true);
      core.engine.ends(own);
      await core.settled();
      expect(core.engine.heardBy(partner)).toEqual([pocket]);
      await everythingEnds(core, pocket);
    });

    test('both answer at once: one is asked, the other is let go', async () => {
      const { core, own, partner, desk, pocket } = await world();
      core.engine.answers(desk);
      core.engine.answers(pocket);
      await core.settled();
      expect(core.engine.heardBy(own)).toEqual([desk]);
      expect(core.live.legByEngineId(pocket)?.state).toBe('hangup');
      await everythingEnds(core, own, partner, desk);
    });

    test('one declines: the other rings on', async () => {
      const { core, own, desk, pocket } = await world();
      core.engine.ends(desk, 'rejected', 603);
      await core.settled();
      core.engine.answers(pocket);
      await core.settled();
      expect(core.engine.heardBy(own)).toEqual([pocket]);
    });

    test('both decline: the two talk again', async () => {
      const { core, own, partner, desk, pocket } = await world();
      core.engine.ends(desk, 'rejected', 603);
      core.engine.ends(pocket, 'rejected', 603);
      await core.settled();
      expect(core.engine.heardBy(own)).toEqual([partner]);
      expect(core.engine.world.legs.get(partner)).toMatchObject({ music: false, muted: [] });
      await everythingEnds(core, partner);
    });

    test('hanging up while both ring hands on blindly, and both ring again', async () => {
      const { core, own, partner, mobile, desk, pocket } = await world();
      core.engine.ends(own);
      await core.settled();
      const again = [await core.rung(core.carol.phone), await core.rung(mobile)];
      expect(again).not.toContain(desk);
      expect(again).not.toContain(pocket);
      core.engine.answers(again[1] ?? pocket);
      await core.settled();
      expect(core.engine.heardBy(partner)).toEqual([again[1]]);
    });

    test('the partner gives up while both ring: both stop', async () => {
      const { core, partner } = await world();
      core.engine.ends(partner);
      await everythingEnds(core);
    });

    test('one that cannot be rung does not keep the other from ringing', async () => {
      const core = await createTestCore({ order });
      const { callId, caller: own } = await core.conversation(core.alice, core.bob);
      core.given.phone(core.carol, 'carol-mobile');
      core.engine.refuse('dialLeg');
      await core.calls.transfer(core.alice.actor, callId, to('203', true));
      await core.settled();
      const ringing = core.live.legsOf(callId).filter(({ state }) => state !== 'answered');
      expect(ringing).toHaveLength(1);
      core.engine.answers(ringing[0]?.engineId ?? own);
      await core.settled();
      expect(core.engine.heardBy(own)).toEqual([ringing[0]?.engineId]);
    });
  });

  describe('in consultation with a number outside that two providers reach', () => {
    const outside = '+493023125000';

    async function world() {
      const core = await createTestCore({ order });
      for (const number of ['+4922166980100', '+4922166980200'])
        core.given.number(core.acme, number, { kind: 'none' });
      for (const priority of [2, 1]) core.given.trunk(core.acme, { priority });
      const {
        callId,
        caller: own,
        callee: partner,
      } = await core.conversation(core.alice, core.bob);
      core.engine.forgetCommands();
      const transfer = { ...to(outside, true), callerId: '+4922166980200' };
      await core.calls.transfer(core.alice.actor, callId, transfer);
      const asked = () => core.engine.asked('dialLeg');
      return { core, callId, own, partner, asked };
    }

    test('the second is tried when the first fails, with the same number shown', async () => {
      const { core, own, asked } = await world();
      expect(asked()).toHaveLength(1);
      const [first] = asked();
      core.engine.ends(first?.leg ?? own, 'congestion', 503);
      await core.settled();
      expect(asked()).toMatchObject([
        { caller: { number: '+4922166980200' } },
        { caller: { number: '+4922166980200' } },
      ]);
      expect(asked()[1]?.target).not.toEqual(first?.target);
      core.engine.answers(asked()[1]?.leg ?? own);
      await core.settled();
      expect(core.engine.heardBy(own)).toEqual([asked()[1]?.leg]);
    });

    test('the two talk again when both fail', async () => {
      const { core, own, partner, asked } = await world();
      core.engine.ends(asked()[0]?.leg ?? own, 'congestion', 503);
      await core.settled();
      core.engine.ends(asked()[1]?.leg ?? own, 'congestion', 503);
      await core.settled();
      expect(core.engine.heardBy(own)).toEqual([partner]);
      expect(asked()).toHaveLength(2);
    });

    test('hanging up before the answer hands on with the same number shown', async () => {
      const { core, own, asked } = await world();
      core.engine.ends(own);
      await core.settled();
      expect(asked()[1]).toMatchObject({ caller: { number: '+4922166980200' } });
    });
  });

  test('a consultation for which the partner cannot be made to wait is refused, and the two talk on', async () => {
    const core = await createTestCore({ order });
    const { callId, caller, callee } = await core.conversation(core.alice, core.bob);
    core.engine.refuse('startMusic');
    await expect(
      core.calls.transfer(core.alice.actor, callId, to('203', true)),
    ).rejects.toMatchObject({ code: 'engine.refused' });
    await core.settled();
    expect(core.engine.heardBy(caller)).toEqual([callee]);
    expect(core.engine.world.legs.get(callee)).toMatchObject({ music: false, muted: [] });
    expect(core.engine.asked('dialLeg')).toEqual([]);
    await core.calls.transfer(core.alice.actor, callId, to('203', true));
    await core.rung(core.carol);
  });

  test('a consultation with somebody who cannot be rung is refused, and the two talk on', async () => {
    const core = await createTestCore({ order });
    const { callId, caller, callee } = await core.conversation(core.alice, core.bob);
    core.engine.refuse('dialLeg');
    await expect(
      core.calls.transfer(core.alice.actor, callId, to('203', true)),
    ).rejects.toMatchObject({ code: 'engine.refused' });
    await core.settled();
    expect(core.engine.heardBy(caller)).toEqual([callee]);
    expect(core.engine.world.legs.get(callee)).toMatchObject({ music: false, muted: [] });
    expect(core.live.legsOf(callId)).toHaveLength(2);
  });
});

describe('a call that cannot be handed on is left as it is', () => {
  test.each(['', '<script>', '1'.repeat(40)])('to %j, which nobody can dial', async (dialled) => {
    const core = await createTestCore();
    const { callId } = await core.conversation(core.alice, core.bob);
    await expect(core.calls.transfer(core.alice.actor, callId, to(dialled))).rejects.toMatchObject({
      code: 'call.invalid_number',
    });
    expect(core.engine.commands).toEqual([]);
  });

  const nowhere = [
    ['an extension that nobody has', '299'],
    ['a number outside that no provider reaches', '+493023125000'],
    ['a number of the account that leads nowhere', '+4922166980200'],
    ['an emergency number that no provider takes', '112'],
  ] as const;

  describe.each([
    ['blind', false],
    ['in consultation', true],
  ] as const)('%s', (_how, attended) => {
    test.each(nowhere)('to %s', async (_what, dialled) => {
      const core = await createTestCore();
      core.given.number(core.acme, '+4922166980200', { kind: 'none' });
      const { callId, caller, callee } = await core.conversation(core.alice, core.bob);
      core.engine.forgetCommands();
      const transfer = () => core.calls.transfer(core.alice.actor, callId, to(dialled, attended));
      await expect(transfer()).rejects.toMatchObject({
        kind: 'invalid',
        code: 'call.leads_nowhere',
      });
      expect(core.engine.commands).toEqual([]);
      expect(core.engine.heardBy(caller)).toEqual([callee]);
      await core.calls.transfer(core.alice.actor, callId, to('203', attended));
      await core.rung(core.carol);
    });
  });

  test('is handed on to a service of the exchange all the same, if nobody is to be asked there', async () => {
    const core = await createTestCore();
    const { callId, caller } = await core.conversation(core.alice, core.bob);
    await core.calls.transfer(core.alice.actor, callId, to('*43'));
    expect(core.engine.asked('hangUp')).toEqual([{ name: 'hangUp', leg: caller, cause: 'normal' }]);
  });

  test('with the number of somebody else', async () => {
    const core = await createTestCore();
    const { callId } = await core.conversation(core.alice, core.bob);
    await expect(
      core.calls.transfer(core.alice.actor, callId, {
        ...to('203'),
        callerId: '+493023125000',
      }),
    ).rejects.toMatchObject({ code: 'caller_id.not_owned' });
    expect(core.engine.commands).toEqual([]);
  });

  test('before it is answered', async () => {
    const core = await createTestCore();
    const caller = core.dials(core.alice, '202');
    await core.rung(core.bob);
    await expect(
      core.calls.transfer(core.alice.actor, core.leg(caller).callId, to('203')),
    ).rejects.toMatchObject({ code: 'call.state_conflict' });
  });

  test('while one of the two consults somebody already', async () => {
    const core = await createTestCore();
    const { callId } = await core.conversation(core.alice, core.bob);
    await core.calls.transfer(core.alice.actor, callId, to('203', true));
    await core.rung(core.carol);
    core.engine.forgetCommands();
    for (const attended of [true, false]) {
      for (const { actor } of [core.alice, core.bob]) {
        await expect(core.calls.transfer(actor, callId, to('203', attended))).rejects.toMatchObject(
          {
            code: 'call.state_conflict',
          },
        );
      }
    }
    expect(core.engine.commands).toEqual([]);
  });

  test.each([
    ['blind', false],
    ['in consultation', true],
  ] as const)('%s to nobody, because no phone is registered there', async (_how, attended) => {
    const core = await createTestCore();
    core.given.unplugged(core.carol.phone);
    const { callId, caller, callee } = await core.conversation(core.alice, core.bob);
    await expect(
      core.calls.transfer(core.alice.actor, callId, to('203', attended)),
    ).rejects.toMatchObject({ code: 'call.leads_nowhere' });
    expect(core.engine.heardBy(caller)).toEqual([callee]);
  });

  test('in consultation to a service of the exchange, where nobody can be asked', async () => {
    const core = await createTestCore();
    const { callId } = await core.conversation(core.alice, core.bob);
    await expect(
      core.calls.transfer(core.alice.actor, callId, to('*43', true)),
    ).rejects.toMatchObject({ code: 'call.leads_nowhere' });
  });
});

describe.each(['answers first', 'facts first'] as const)(
  'a phone hands a call on (%s)',
  (order) => {
    test('blind: the partner is dialled on, the phone is told and let go', async () => {
      const core = await createTestCore({ order });
      const { caller, callee } = await core.conversation(core.alice, core.bob);
      core.engine.asksTransfer(caller, { kind: 'blind', dialled: '203' });
      const carol = await core.rung(core.carol);
      expect(core.engine.asked('reportTransfer').map(({ outcome }) => outcome)).toEqual([
        'progress',
        'answered',
      ]);
      core.engine.answers(carol);
      await core.settled();
      expect(core.engine.heardBy(callee)).toEqual([carol]);
      expect(core.live.legByEngineId(caller)?.state).toBe('hangup');
      await everythingEnds(core, callee);
    });

    /** Alice talks with Bob and with Carol, each called by one of the two. */
    const ways: readonly (readonly [string, (core: TestCore) => readonly [Person, Person][]])[] = [
      [
        'who called both',
        ({ alice, bob, carol }) => [
          [alice, bob],
          [alice, carol],
        ],
      ],
      [
        'whom both called',
        ({ alice, bob, carol }) => [
          [bob, alice],
          [carol, alice],
        ],
      ],
      [
        'who was called first and called second',
        ({ alice, bob, carol }) => [
          [bob, alice],
          [alice, carol],
        ],
      ],
      [
        'who called first and was called second',
        ({ alice, bob, carol }) => [
          [alice, bob],
          [carol, alice],
        ],
      ],
    ];

    describe.each(ways)('attended, by somebody %s', (_who, pairs) => {
      async function world() {
        const core = await createTestCore({ order });
        const own: EngineLegId[] = [];
        const others: EngineLegId[] = [];
        const callIds = [];
        for (const [from, whom] of pairs(core)) {
          const talk = await core.conversation(from, whom);
          const isAlices = from.user.id === core.alice.user.id;
          own.push(isAlices ? talk.caller : talk.callee);
          others.push(isAlices ? talk.callee : talk.caller);
          callIds.push(talk.callId);
          core.clock.advance({ seconds: 5 });
        }
        const [first, second] = own;
        const [bob, carol] = others;
        const [older, younger] = callIds;
        if (!first || !second || !bob || !carol || !older || !younger)
          throw new Error('no two calls');
        core.engine.asksTransfer(second, { kind: 'attended', otherLeg: first });
        await core.settled();
        return { core, first, second, bob, carol, older, younger };
      }

      test('joins the two partners, and lets both legs of the phone go', async () => {
        const { core, first, second, bob, carol } = await world();
        expect(core.engine.heardBy(bob)).toEqual([carol]);
        for (const leg of [first, second]) expect(core.engine.world.legs.has(leg)).toBe(false);
        expect(core.engine.asked('reportTransfer').map(({ outcome }) => outcome)).toEqual([
          'answered',
        ]);
        expect((await core.engine.snapshot()).bridges).toHaveLength(1);
        await everythingEnds(core, bob);
      });

      test('the older call goes on, and the id of the younger leads to it', async () => {
        const { core, older, younger } = await world();
        expect(core.live.calls().map(({ id }) => id)).toEqual([older]);
        expect(core.calls.get(core.alice.actor, younger).call.id).toBe(older);
        expect(core.journal.eventsOf('call.ended')).toMatchObject([
          { callId: younger, mergedInto: older },
        ]);
        expect(core.journal.eventsOf('leg.moved').length).toBeGreaterThan(0);
      });

      test('the id of the younger leads to the older one when another server takes over too', async () => {
        const { core, older, younger } = await world();
        const next = await core.restart();
        expect(next.calls.get(core.alice.actor, younger).call.id).toBe(older);
      });
    });

    test('to a number that does not exist: the partner hears so, the phone is done', async () => {
      const core = await createTestCore({ order });
      const { caller } = await core.conversation(core.alice, core.bob);
      core.engine.asksTransfer(caller, { kind: 'blind', dialled: '999999' });
      await core.settled();
      expect(core.speech.said).toEqual(['The number you have dialled is not in service.']);
    });

    test('that has no partner: the phone is told that it failed, and keeps its call', async () => {
      const core = await createTestCore({ order });
      const caller = core.dials(core.alice, '202');
      await core.rung(core.bob);
      core.engine.asksTransfer(caller, { kind: 'blind', dialled: '203' });
      await core.settled();
      expect(core.engine.asked('reportTransfer')).toEqual([
        { name: 'reportTransfer', leg: caller, outcome: 'failed' },
      ]);
      expect(core.engine.world.legs.has(caller)).toBe(true);
    });

    test('with a call of another account: the phone is told that it failed, and nobody is joined', async () => {
      const core = await createTestCore({ order });
      const { caller, callee } = await core.conversation(core.alice, core.bob);
      const zenith = core.given.account({ name: 'Zenith' });
      const zoe = core.given.person({ account: zenith, firstName: 'Zoe', extension: '301' });
      const zack = core.given.person({ account: zenith, firstName: 'Zack', extension: '302' });
      const theirs = await core.conversation(zoe, zack);
      core.engine.asksTransfer(caller, { kind: 'attended', otherLeg: theirs.caller });
      await core.settled();
      expect(core.engine.asked('reportTransfer')).toMatchObject([{ outcome: 'failed' }]);
      expect(core.engine.heardBy(caller)).toEqual([callee]);
      expect(core.engine.heardBy(theirs.caller)).toEqual([theirs.callee]);
    });

    test('with a leg of nobody we know: the phone is told that it failed', async () => {
      const core = await createTestCore({ order });
      const { caller, callee } = await core.conversation(core.alice, core.bob);
      const otherLeg = 'stranger' as EngineLegId;
      core.engine.asksTransfer(caller, { kind: 'attended', otherLeg });
      await core.settled();
      expect(core.engine.asked('reportTransfer')).toMatchObject([{ outcome: 'failed' }]);
      expect(core.engine.heardBy(caller)).toEqual([callee]);
    });
  },
);

test('a call that is handed on twice leaves nothing behind', async () => {
  const core = await createTestCore();
  const dora = core.given.person({ account: core.acme, firstName: 'Dora', extension: '204' });
  const { callId, caller, callee } = await core.conversation(core.alice, core.bob);
  await core.calls.transfer(core.alice.actor, callId, to('203', true));
  const carol = await core.rung(core.carol);
  core.engine.answers(carol);
  await core.settled();
  core.engine.ends(caller);
  await core.settled();
  await core.calls.transfer(core.carol.actor, callId, to('204'));
  const last = await core.rung(dora);
  core.engine.answers(last);
  await core.settled();
  expect(core.engine.heardBy(callee)).toEqual([last]);
  expect((await core.engine.snapshot()).bridges).toHaveLength(1);
  await everythingEnds(core, last);
});
