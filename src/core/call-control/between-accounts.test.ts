import { describe, expect, test } from 'vitest';
import { createTestCore } from '../../../test/support/core.ts';

/** Alice of Acme calls Zoe of Zenith by her public number. */
async function acrossAccounts() {
  const core = await createTestCore();
  const { given, acme, alice } = core;
  given.number(acme, '+4922166980201', { kind: 'user', userId: alice.user.id });
  const zenith = given.account({ name: 'Zenith', sipDomain: 'zenith.example', areaCode: '30' });
  const zoe = given.person({ account: zenith, firstName: 'Zoe', extension: '201' });
  given.number(zenith, '+493023125017', { kind: 'user', userId: zoe.user.id });
  const caller = core.dials(alice, '+493023125017');
  const callee = await core.rung(zoe);
  return { ...core, zenith, zoe, caller, callee };
}

describe('a call between two accounts', () => {
  test('is two calls, one in each account', async () => {
    const { live, acme, zenith } = await acrossAccounts();
    expect(live.callsOf(acme.id)).toHaveLength(1);
    expect(live.callsOf(zenith.id)).toHaveLength(1);
  });

  test('shows each side the other as a remote party, with its public number', async () => {
    const { live, acme, zenith, zoe, engine } = await acrossAccounts();
    const legsOf = (id: typeof acme.id) =>
      live
        .callsOf(id)
        .flatMap((call) =>
          live.legsOf(call.id).map(({ party, number }) => ({ kind: party.kind, number })),
        );
    expect(legsOf(acme.id)).toEqual([
      { kind: 'endpoint', number: '201' },
      { kind: 'remote', number: '+493023125017' },
    ]);
    expect(legsOf(zenith.id)).toEqual([
      { kind: 'remote', number: '+4922166980201' },
      { kind: 'endpoint', number: zoe.user.extension },
    ]);
    expect(engine.asked('dialLeg').at(-1)).toMatchObject({
      caller: { number: '+4922166980201', name: 'Alice' },
    });
  });

  test('rings, is answered and ends on both sides', async () => {
    const { engine, settled, caller, callee, live, journal } = await acrossAccounts();
    engine.rings(callee);
    await settled();
    expect(engine.asked('ring').map(({ leg }) => leg)).toContain(caller);
    engine.answers(callee);
    await settled();
    expect(live.legByEngineId(caller)?.state).toBe('answered');
    engine.ends(caller);
    await settled();
    expect(await engine.snapshot()).toEqual({ legs: [], bridges: [] });
    expect(live.calls()).toEqual([]);
    expect(journal.history).toMatchObject([
      { direction: 'outgoing', status: 'answered' },
      { direction: 'incoming', status: 'answered' },
    ]);
  });

  test('neither account sees the call of the other', async () => {
    const { calls, live, acme, zenith, zoe, alice } = await acrossAccounts();
    const [own] = live.callsOf(acme.id);
    const [foreign] = live.callsOf(zenith.id);
    if (!own || !foreign) throw new Error('there are no two calls');
    expect(() => calls.get(zoe.actor, own.id)).toThrow(
      expect.objectContaining({ code: 'call.not_found' }),
    );
    expect(() => calls.get(alice.actor, foreign.id)).toThrow(
      expect.objectContaining({ code: 'call.not_found' }),
    );
    expect(calls.running(alice.actor)).toHaveLength(1);
  });

  test('each side holds and records its own call alone', async () => {
    const { engine, settled, calls, live, acme, alice, callee, journal } = await acrossAccounts();
    engine.answers(callee);
    await settled();
    const [own] = live.callsOf(acme.id);
    if (!own) throw new Error('there is no call');
    await calls.record(alice.actor, own.id, { on: true, announcement: false });
    expect(journal.recordings()).toMatchObject([{ accountId: acme.id }]);
  });

  test('a busy callee is busy for the caller', async () => {
    const { engine, settled, caller, callee } = await acrossAccounts();
    engine.ends(callee, 'busy', 486);
    await settled();
    expect(engine.asked('hangUp')).toContainEqual({ name: 'hangUp', leg: caller, cause: 'busy' });
    expect(await engine.snapshot()).toEqual({ legs: [], bridges: [] });
  });

  test('a token that nobody gave out leads nowhere', async () => {
    const core = await createTestCore();
    core.engine.arrive({ from: { kind: 'internal', token: 'made up' }, dialled: '' });
    await core.settled();
    expect(core.live.calls()).toEqual([]);
    expect(core.engine.asked('hangUp')).toMatchObject([{ cause: 'rejected' }]);
  });
});
