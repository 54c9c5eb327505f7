import { describe, expect, test } from 'vitest';
import { createProgramWorld } from '../../../../test/support/program.ts';

const next = { do: 'silence', seconds: 60 } as const;
const refer = { do: 'refer', to: 'sip:bob@acme.example', mostSeconds: 60 } as const;

describe('refer', () => {
  test.each([
    [true, 200, { outcome: 'done', sipStatus: 200 }],
    [true, undefined, { outcome: 'done' }],
    [false, 486, { outcome: 'failed', sipStatus: 486 }],
  ] as const)(
    'asks the party, and goes on with what became of it: %s, %s',
    async (ok, sipStatus, result) => {
      const world = createProgramWorld();
      await world.runs({ ...refer, by: '<sip:alice@acme.example>', notice: 'told' }, next);
      expect(world.engine.asked('refer')).toMatchObject([
        { to: { to: 'sip:bob@acme.example', by: '<sip:alice@acme.example>' } },
      ]);
      const at = world.clock.now();
      world.engine.tell({ type: 'leg.referred', leg: world.engineLeg, at, ok, sipStatus });
      await world.settled();
      expect(world.results()).toEqual([{ step: 'refer', ...result }]);
      expect(world.application.told).toMatchObject([
        { legId: world.leg().id, notice: 'told', result },
      ]);
      expect(world.current()).toBe('silence');
    },
  );

  test('does not wait for ever', async () => {
    const world = createProgramWorld();
    await world.runs(refer, next);
    world.clock.advance({ seconds: 60 });
    await world.settled();
    expect(world.engine.asked('stopReferring')).toHaveLength(1);
    expect(world.results()).toMatchObject([{ step: 'refer', outcome: 'timeout' }]);
  });

  test('gives up when another program takes its place, or the engine cannot ask', async () => {
    const world = createProgramWorld();
    await world.runs(refer, next);
    await world.runs(next);
    expect(world.engine.asked('stopReferring')).toHaveLength(1);
    world.engine.refuse('refer');
    await world.runs(refer, next);
    expect(world.results().at(-1)).toMatchObject({ step: 'refer', outcome: 'failed' });
  });

  test('waits on after a restart, as long as it may', async () => {
    const world = createProgramWorld();
    await world.runs(refer, next);
    const core = await world.restart();
    await core.settled();
    world.clock.advance({ seconds: 60 });
    await core.settled();
    expect(core.leg(world.engineLeg).program?.position).toBe(1);
  });
});

describe('message', () => {
  const message = (dialled: string) =>
    ({ do: 'message', to: { kind: 'dialled', dialled }, from: 'sip:a@b', text: 'Hello' }) as const;

  test('reaches every device of somebody of ours', async () => {
    const world = createProgramWorld();
    world.given.phone(world.bob, 'bob-mobile');
    await world.runs(message('202'), next);
    expect(world.engine.asked('sendMessage')).toMatchObject([
      { from: 'sip:a@b', text: 'Hello' },
      { from: 'sip:a@b', text: 'Hello' },
    ]);
    expect(world.results()).toMatchObject([{ step: 'message', outcome: 'done' }]);
  });

  test.each([
    [
      'nobody is registered',
      'unreachable',
      (world: ReturnType<typeof createProgramWorld>) => world.given.unplugged(world.bob.phone),
    ],
    [
      'the engine cannot',
      'failed',
      (world: ReturnType<typeof createProgramWorld>) => world.engine.refuse('sendMessage'),
    ],
  ] as const)('says that %s', async (_what, outcome, arrange) => {
    const world = createProgramWorld();
    arrange(world);
    await world.runs(message('202'), next);
    expect(world.results()).toMatchObject([{ step: 'message', outcome }]);
  });

  test('to somebody elsewhere is refused', async () => {
    const world = createProgramWorld();
    await world.runs(message('+442079460000'), next);
    expect(world.engine.asked('sendMessage')).toEqual([]);
    expect(world.results()).toMatchObject([{ step: 'message' }]);
    expect(world.results()[0]?.outcome).not.toBe('done');
  });
});

test('a request within the dialog is sent, or it is said that it was not', async () => {
  const world = createProgramWorld();
  const request = { method: 'MESSAGE', contentType: 'text/plain', content: 'x' } as const;
  await world.runs({ do: 'send-request', request }, next);
  expect(world.engine.asked('sendRequest')).toMatchObject([{ request }]);
  world.engine.refuse('sendRequest');
  await world.runs({ do: 'send-request', request }, next);
  expect(world.results()).toMatchObject([{ outcome: 'done' }, { outcome: 'failed' }]);
});
