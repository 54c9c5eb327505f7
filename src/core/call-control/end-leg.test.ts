import { describe, expect, test } from 'vitest';
import { createTestCore, quiet } from '../../../test/support/core.ts';

describe('what is recorded of a call when it ends', () => {
  test('every leg has its record, with parent and root', async () => {
    const core = await createTestCore();
    const { caller, callee } = await core.conversation(core.alice, core.bob);
    const [first, second] = [core.leg(caller), core.leg(callee)];
    core.clock.advance({ seconds: 30 });
    core.engine.ends(caller);
    await core.settled();
    expect(core.journal.cdrs).toMatchObject([
      {
        legId: first.id,
        parentLegId: undefined,
        rootLegId: first.id,
        role: 'caller',
        durationSeconds: 30,
        cause: 'normal',
      },
      {
        legId: second.id,
        parentLegId: first.id,
        rootLegId: first.id,
        role: 'callee',
        durationSeconds: 30,
      },
    ]);
  });

  test('the root stays the same however often a call is handed on', async () => {
    const core = await createTestCore();
    const { callId, caller } = await core.conversation(core.alice, core.bob);
    const root = core.leg(caller).id;
    await core.calls.transfer(core.alice.actor, callId, {
      to: '203',
      attended: false,
      callerId: undefined,
    });
    const carol = await core.rung(core.carol);
    core.engine.answers(carol);
    await core.settled();
    core.engine.ends(carol);
    await core.settled();
    expect(core.journal.cdrs).toHaveLength(3);
    for (const { rootLegId } of core.journal.cdrs) expect(rootLegId).toBe(root);
  });

  test('the record of a leg is written with the event that tells of its end, or before', async () => {
    const core = await createTestCore();
    const { caller } = await core.conversation(core.alice, core.bob);
    core.engine.ends(caller);
    await core.settled();
    for (const entry of core.journal.entries) {
      for (const event of entry.events.filter(({ type }) => type === 'leg.ended')) {
        expect(entry.cdrs).toContainEqual(
          expect.objectContaining({ legId: 'legId' in event && event.legId }),
        );
      }
    }
  });

  test('the history is written with the event that tells of the end of the call', async () => {
    const core = await createTestCore();
    const { caller } = await core.conversation(core.alice, core.bob);
    core.engine.ends(caller);
    await core.settled();
    const last = core.journal.entries.find(({ events }) =>
      events.some(({ type }) => type === 'call.ended'),
    );
    expect(last?.history).toMatchObject([
      { userId: core.alice.user.id, direction: 'outgoing', status: 'answered' },
      { userId: core.bob.user.id, direction: 'incoming', status: 'answered' },
    ]);
  });

  test('the end of a leg that is reported twice is recorded once', async () => {
    const core = await createTestCore();
    const { caller } = await core.conversation(core.alice, core.bob);
    core.engine.ends(caller);
    core.engine.ends(caller);
    await core.settled();
    expect(core.journal.cdrs).toHaveLength(2);
    expect(core.journal.eventsOf('call.ended')).toHaveLength(1);
  });

  test('the status with which a phone refused is recorded', async () => {
    const core = await createTestCore();
    core.dials(core.alice, '202');
    core.engine.ends(await core.rung(core.bob), 'busy', 486);
    await core.settled();
    expect(core.journal.cdrs[0]).toMatchObject({ number: '202', cause: 'busy', sipStatus: 486 });
    expect(core.journal.history).toMatchObject([
      { userId: core.alice.user.id, status: 'busy' },
      { userId: core.bob.user.id, status: 'busy', direction: 'incoming' },
    ]);
  });

  test('a finished call is forgotten once it is stored', async () => {
    const core = await createTestCore();
    const { callId, caller } = await core.conversation(core.alice, core.bob);
    const databaseIsBack = core.journal.holdBack();
    core.engine.ends(caller);
    await quiet(core);
    expect(core.live.allLegsOf(callId)).toHaveLength(2);
    databaseIsBack();
    await core.settled();
    expect(core.live.allLegsOf(callId)).toEqual([]);
    expect(await core.journal.loadLive()).toEqual({ calls: [], legs: [] });
  });
});

describe('a call in which somebody hangs up', () => {
  test('lets everybody go whom nobody needs any more', async () => {
    const core = await createTestCore();
    const { callee } = await core.conversation(core.alice, core.bob);
    core.engine.ends(callee);
    await core.settled();
    expect(await core.engine.snapshot()).toEqual({ legs: [], bridges: [] });
  });

  test('that is answered and ends at the same moment is over', async () => {
    const core = await createTestCore();
    core.dials(core.alice, '202');
    const callee = await core.rung(core.bob);
    core.engine.answers(callee);
    core.engine.ends(callee);
    await core.settled();
    expect(await core.engine.snapshot()).toEqual({ legs: [], bridges: [] });
    expect(core.live.calls()).toEqual([]);
  });
});
