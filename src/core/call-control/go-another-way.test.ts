import { describe, expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../../test/support/core.ts';
import { actorOf, givenGateway } from '../../../test/support/given.ts';

const gateway = (host: string) => givenGateway({ host });
const number = '+12125550100';

/** An application calls a number; the trunk has these gateways. */
async function called(
  hosts: readonly (readonly string[])[],
  before: (core: TestCore) => void = () => {},
) {
  const core = await createTestCore();
  for (const [at, list] of hosts.entries())
    core.given.trunk(core.acme, { gateways: list.map(gateway), priority: at });
  before(core);
  const actor = actorOf(core.acme, { dialect: 'jambonz' });
  const placed = await core.control.legs.place(actor, {
    target: { kind: 'dialled', dialled: number },
    ringTimeoutSeconds: 20,
    caller: { name: 'Orders' },
    source: { dialect: 'jambonz', reference: 'the application' },
    instructions: [{ do: 'wait' }],
    headers: { 'X-Order': '7' },
  });
  await core.settled();
  const leg = () => core.control.live.leg(placed.id);
  /** The gateways that were asked so far. */
  const asked = () =>
    core.engine
      .asked('dialLeg')
      .map(({ target }) => (target.kind === 'trunk' ? target.gateway.host : target.kind));
  const refuses = async (sipStatus?: number) => {
    const engineId = leg()?.engineId;
    if (!engineId) throw new Error('the leg is gone');
    core.engine.ends(engineId, sipStatus ? 'failure' : 'congestion', sipStatus);
    await core.settled();
  };
  const answers = async () => {
    const engineId = leg()?.engineId;
    if (engineId) core.engine.answers(engineId);
    await core.settled();
  };
  return { core, leg, asked, refuses, answers, placed };
}

describe('a leg that a gateway does not take', () => {
  test.each([503, 500, 403, 408, undefined])(
    'takes the next way after %s, asked for in the same words, and is the same leg',
    async (status) => {
      const { core, leg, asked, refuses, answers } = await called([['one', 'two']]);
      await refuses(status);
      expect(asked()).toEqual(['one', 'two']);
      const [first, second] = core.engine.asked('dialLeg');
      expect(second).toEqual({ ...first, leg: second?.leg, target: second?.target });
      expect(second?.leg).not.toBe(first?.leg);
      expect(leg()).toMatchObject({ state: 'calling' });
      await answers();
      expect(leg()).toMatchObject({ state: 'answered' });
      expect(core.journal.eventsOf('leg.ended')).toEqual([]);
    },
  );

  test('takes the gateways of the next provider after those of the first', async () => {
    const { asked, refuses, leg } = await called([['one', 'two'], ['three']]);
    for (let turn = 0; turn < 3; turn += 1) await refuses(503);
    expect(asked()).toEqual(['one', 'two', 'three']);
    expect(leg()).toBeUndefined();
  });

  test.each([404, 410, 480, 484, 486, 487, 600, 603])(
    'is over after %s, which speaks for the called party',
    async (status) => {
      const { asked, refuses } = await called([['one', 'two']]);
      await refuses(status);
      expect(asked()).toEqual(['one']);
    },
  );

  test('is over when it was rung before', async () => {
    const { core, leg, asked, refuses } = await called([['one', 'two']]);
    const engineId = leg()?.engineId;
    if (engineId) core.engine.rings(engineId);
    await core.settled();
    await refuses(503);
    expect(asked()).toEqual(['one']);
  });

  test('is over when it was hung up meanwhile', async () => {
    const { core, asked, placed, refuses } = await called([['one', 'two']]);
    await core.control.legs.hangUp(actorOf(core.acme), placed.sid);
    await refuses(503).catch(() => undefined);
    expect(asked()).toEqual(['one']);
  });

  test('takes the next way when the engine cannot even begin', async () => {
    const { asked, leg } = await called([['one', 'two']], (core) => core.engine.refuse('dialLeg'));
    expect(asked()).toEqual(['one', 'two']);
    expect(leg()).toMatchObject({ state: 'calling' });
  });

  test('leaves facts about the way before alone', async () => {
    const { core, leg, refuses } = await called([['one', 'two']]);
    const first = leg()?.engineId;
    await refuses(503);
    if (first) core.engine.ends(first, 'failure', 486);
    await core.settled();
    expect(leg()).toMatchObject({ state: 'calling' });
  });
});
