import { beforeEach, describe, expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../../test/support/core.ts';
import { actorOf } from '../../../test/support/given.ts';
import type { Actor } from '../../kernel/actor.ts';
import { newSid } from '../../kernel/ids.ts';
import type { LegView, NewLeg } from '../calls/index.ts';

const source = { dialect: 'jambonz', reference: 'the application' } as const;

let core: TestCore;
let actor: Actor;

beforeEach(async () => {
  core = await createTestCore();
  actor = actorOf(core.acme, { dialect: 'jambonz' });
});

const place = (change: Partial<NewLeg> = {}): Promise<LegView> =>
  core.control.legs.place(actor, {
    target: { kind: 'dialled', dialled: '202' },
    ringTimeoutSeconds: 20,
    caller: { number: '12345', name: 'Orders' },
    source,
    instructions: [{ do: 'wait' }],
    ...change,
  });

const engineLegOf = (view: LegView) => {
  const leg = core.control.live.leg(view.id);
  if (!leg) throw new Error('the leg is gone');
  return leg.engineId;
};

describe('a leg that is placed', () => {
  test('rings, and runs its program when it is answered', async () => {
    const placed = await place({ headers: { 'X-Order': '7' }, tag: { order: 7 } });
    expect(core.engine.asked('dialLeg')).toMatchObject([
      {
        caller: { number: '12345', name: 'Orders' },
        ringTimeoutSeconds: 20,
        headers: { 'X-Order': '7' },
      },
    ]);
    expect(core.control.live.leg(placed.id)?.program?.run).toBeUndefined();
    core.engine.answers(engineLegOf(placed));
    await core.settled();
    expect(core.control.live.leg(placed.id)).toMatchObject({
      state: 'answered',
      program: { run: { waiting: true } },
      source,
      tag: { order: 7 },
    });
  });

  test('shows towards a trunk only a number of the account', async () => {
    const { given, acme } = core;
    given.trunk(acme, { prefixes: ['+1'] });
    given.number(acme, '+4930111', { kind: 'none' });
    given.number(acme, '+4930222', { kind: 'none' });
    const dialled = { kind: 'dialled', dialled: '+12125550100' } as const;
    await place({ target: dialled, caller: { number: '+12125559999' } });
    await place({ target: dialled, caller: { number: '+4930222' } });
    expect(core.engine.asked('dialLeg')).toMatchObject([
      { caller: { number: '+4930111' } },
      { caller: { number: '+4930222' } },
    ]);
  });

  test('ends when it has lasted as long as it may, also if a server took over', async () => {
    const placed = await place({ mostSeconds: 30 });
    const engineLeg = engineLegOf(placed);
    core.engine.answers(engineLeg);
    await core.settled();
    core.clock.advance({ seconds: 10 });
    const next = await core.restart();
    core.clock.advance({ seconds: 20 });
    await next.settled();
    expect(core.engine.asked('hangUp')).toContainEqual({
      name: 'hangUp',
      leg: engineLeg,
      cause: 'normal',
    });
  });

  test.each([
    [
      'a number that is none',
      { target: { kind: 'dialled', dialled: 'a\r\nb' } },
      'call.invalid_number',
    ],
    [
      'a phone that nobody registered',
      { target: { kind: 'endpoint', username: 'nobody' } },
      'endpoint.unregistered',
    ],
  ] as const)('is refused for %s, and nothing is left', async (_what, change, code) => {
    await expect(place(change)).rejects.toMatchObject({ code });
    expect(core.control.legs.running(actor)).toEqual([]);
  });
});

describe('a leg', () => {
  test('is found while it runs, and afterwards with how it ended', async () => {
    const placed = await place();
    expect(await core.control.legs.get(actor, placed.sid)).toMatchObject({ state: 'calling' });
    core.engine.ends(engineLegOf(placed), 'busy', 486);
    await core.settled();
    const ended = { state: 'hangup', cause: 'busy', sipStatus: 486, endedBy: 'party', source };
    expect(await core.control.legs.get(actor, placed.sid)).toMatchObject(ended);
    const since = new Date(core.clock.now().getTime() - 1_000);
    expect(await core.control.legs.ended(actor, since)).toMatchObject([ended]);
  });

  test('that we hung up says so', async () => {
    const placed = await place();
    await core.control.legs.hangUp(actor, placed.sid);
    await core.settled();
    expect(await core.control.legs.get(actor, placed.sid)).toMatchObject({ endedBy: 'exchange' });
  });

  test('of another account is not there', async () => {
    const placed = await place();
    const stranger = actorOf(core.given.account({ name: 'Globex', sipDomain: 'globex.example' }));
    await expect(core.control.legs.get(stranger, placed.sid)).rejects.toMatchObject({
      code: 'leg.not_found',
    });
    await expect(core.control.legs.hangUp(stranger, placed.sid)).rejects.toMatchObject({
      code: 'leg.not_found',
    });
    expect(core.control.legs.running(stranger)).toEqual([]);
  });

  test('hears what is whispered to it, and keeps what is tagged', async () => {
    const placed = await place({ tag: { order: 7, voice: 'de' } });
    const engineLeg = engineLegOf(placed);
    await expect(
      core.control.legs.whisper(actor, placed.sid, [{ kind: 'speech', text: 'Hush' }]),
    ).rejects.toMatchObject({ code: 'call.state_conflict' });
    core.engine.answers(engineLeg);
    await core.settled();
    await core.control.legs.whisper(actor, placed.sid, [{ kind: 'speech', text: 'Hush' }]);
    expect(core.engine.asked('play')).toMatchObject([{ target: { leg: engineLeg } }]);
    await core.control.legs.tag(actor, placed.sid, { order: 8 });
    expect(core.control.live.leg(placed.id)?.tag).toEqual({ order: 8, voice: 'de' });
  });

  test('can be held, muted, recorded with pauses and sent keys', async () => {
    const placed = await place();
    const { legs, live } = core.control;
    core.engine.answers(engineLegOf(placed));
    await core.settled();
    await legs.hold(actor, placed.sid, true);
    await legs.mute(actor, placed.sid, true);
    expect(live.leg(placed.id)).toMatchObject({ heldBy: ['api'], mutedBy: ['api'] });
    await legs.record(actor, placed.sid, 'start');
    await legs.record(actor, placed.sid, 'pause');
    await legs.record(actor, placed.sid, 'resume');
    await legs.record(actor, placed.sid, 'stop');
    const asked = core.engine.commands.map(({ name }) => name);
    expect(asked.filter((name) => name.endsWith('ecording'))).toEqual([
      'pauseRecording',
      'resumeRecording',
      'stopRecording',
    ]);
    await legs.sendDtmf(actor, placed.sid, { digits: '12#', toneMs: 250 });
    expect(core.engine.asked('sendDtmf')).toMatchObject([
      { digits: '12#', timing: { toneMs: 250 } },
    ]);
  });

  test('that is not there can be steered by nobody', async () => {
    const steering = core.control.legs.mute(actor, newSid(), true);
    await expect(steering).rejects.toMatchObject({ code: 'leg.not_found' });
  });
});
