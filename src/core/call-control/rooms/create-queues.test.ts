import { describe, expect, test } from 'vitest';
import { administratorOf } from '../../../../test/support/core.ts';
import { createMeeting } from '../../../../test/support/meeting.ts';
import type { EngineLegId } from '../../../engine/port/index.ts';
import type { LegId } from '../../../kernel/ids.ts';

const inQueue = { do: 'enqueue', name: 'support' } as const;
const fromQueue = { do: 'dequeue', name: 'support' } as const;

async function world() {
  const meeting = await createMeeting();
  const admin = administratorOf(meeting.acme);
  const { queues } = meeting.control;
  const waits = (name = 'support'): readonly EngineLegId[] =>
    queues.named(admin, name)?.entries.map(({ leg }) => leg.engineId) ?? [];
  return { ...meeting, admin, queues, waits };
}

/** A queue made ahead, in which two wait. */
async function two() {
  const all = await world();
  const { queue } = await all.queues.create(all.admin, { name: 'support' });
  const a = await all.comes(all.alice, inQueue);
  all.clock.advance({ seconds: 10 });
  const b = await all.comes(all.bob, inQueue);
  return { ...all, id: queue.id, a, b, legA: all.leg(a).id, legB: all.leg(b).id };
}

describe('a queue that is made ahead', () => {
  test('is there with nobody in it, is told, and stays when everybody has left', async () => {
    const all = await world();
    const view = await all.queues.create(all.admin, { name: 'support', maxLength: 1 });
    expect(view).toMatchObject({ queue: { name: 'support', reserved: true }, entries: [] });
    expect(all.told('object.')).toEqual(['object.created']);
    const a = await all.comes(all.alice, inQueue);
    const b = await all.comes(all.bob, inQueue);
    expect(all.results(b)).toMatchObject([{ outcome: 'failed', reason: 'full', seconds: 0 }]);
    expect(all.current(b)).toBe('wait');
    all.engine.ends(a);
    await all.settled();
    expect(all.queues.list(all.admin)).toMatchObject([{ queue: { id: view.queue.id } }]);
    expect(all.waits()).toEqual([]);
  });

  test('shows who waits, where, and for how long', async () => {
    const { queues, admin, clock, id, legA, legB } = await two();
    clock.advance({ seconds: 5 });
    expect(queues.get(admin, id).entries).toMatchObject([
      { leg: { id: legA }, position: 0, waitedSeconds: 15, entry: { priority: 999 } },
      { leg: { id: legB }, position: 1, waitedSeconds: 5 },
    ]);
  });

  test('can be changed, and keeps what its maker keeps with it over a restart', async () => {
    const all = await two();
    await all.queues.change(all.admin, all.id, { maxLength: 2, notes: { hook: '/x' } });
    const c = await all.comes(all.carol, inQueue);
    expect(all.results(c)).toMatchObject([{ reason: 'full' }]);
    const next = await all.restart();
    expect(next.control.queues.get(all.admin, all.id).queue).toMatchObject({
      maxLength: 2,
      notes: { hook: '/x' },
    });
    await next.control.queues.change(all.admin, all.id, { maxLength: null });
    expect(next.control.queues.get(all.admin, all.id).queue).toMatchObject({
      maxLength: undefined,
      notes: { hook: '/x' },
    });
  });

  test('is not removed while somebody waits, unless that is wished', async () => {
    const { queues, admin, settled, id, a, b, results, current, told } = await two();
    await expect(queues.remove(admin, id)).rejects.toMatchObject({
      code: 'queue.in_use',
      details: { length: 2 },
    });
    await queues.remove(admin, id, { force: true });
    await settled();
    expect([results(a), results(b)]).toMatchObject([[{ outcome: 'left' }], [{ outcome: 'left' }]]);
    expect(current(a)).toBe('wait');
    expect(queues.list(admin)).toEqual([]);
    expect(told('object.')).toEqual(['object.created', 'object.removed']);
  });

  test('that is removed lets go who takes from it', async () => {
    const all = await world();
    const { queue } = await all.queues.create(all.admin, { name: 'support' });
    const agent = await all.comes(all.bob, fromQueue);
    await all.queues.remove(all.admin, queue.id);
    await all.settled();
    expect(all.results(agent)).toMatchObject([{ outcome: 'left' }]);
    expect(all.queues.list(all.admin)).toEqual([]);
  });

  test.each(['', 'a:b', 'a/b', 'x'.repeat(129)])('is not called %j', async (name) => {
    const { queues, admin } = await world();
    await expect(queues.create(admin, { name })).rejects.toMatchObject({ code: 'queue.invalid' });
  });

  test.each([0, 1.5, 10_001])('does not hold %d', async (maxLength) => {
    const { queues, admin } = await world();
    const refused = { code: 'queue.invalid' };
    await expect(queues.create(admin, { name: 'q', maxLength })).rejects.toMatchObject(refused);
    const { queue } = await queues.create(admin, { name: 'q' });
    await expect(queues.change(admin, queue.id, { maxLength })).rejects.toMatchObject(refused);
  });

  test('does not take the name of another one', async () => {
    const { queues, admin } = await two();
    await expect(queues.create(admin, { name: 'support' })).rejects.toMatchObject({
      code: 'queue.taken',
    });
  });
});

describe('steering who waits', () => {
  test('changes the order: by priority, and to the front', async () => {
    const { queues, admin, waits, id, a, b, legA, legB } = await two();
    await queues.move(admin, id, legB, { priority: 1 });
    expect(waits()).toEqual([b, a]);
    await queues.move(admin, id, legA, { toFront: true });
    expect(waits()).toEqual([a, b]);
    await queues.move(admin, id, legA, { priority: 500 });
    expect(waits()).toEqual([b, a]);
    await expect(queues.move(admin, id, legA, { priority: -1 })).rejects.toMatchObject({
      code: 'queue.invalid',
    });
  });

  test('moves somebody to another queue, who keeps waiting and how long it has', async () => {
    const all = await two();
    const { queue } = await all.queues.create(all.admin, { name: 'sales', maxLength: 1 });
    await all.queues.move(all.admin, all.id, all.legA, { queueId: queue.id });
    await all.settled();
    expect([all.waits(), all.waits('sales')]).toEqual([[all.b], [all.a]]);
    expect(all.engine.asked('stopMusic')).toEqual([]);
    expect(all.eventsOf('queue.left')).toMatchObject([
      { queueName: 'support', reason: 'moved', waitedSeconds: 10 },
    ]);
    expect(all.eventsOf('queue.joined').at(-1)).toMatchObject({ queueName: 'sales', position: 0 });
    await expect(
      all.queues.move(all.admin, all.id, all.legB, { queueId: queue.id }),
    ).rejects.toMatchObject({ code: 'queue.full' });
    const agent = await all.comes(all.carol, { do: 'dequeue', name: 'sales' });
    expect(all.engine.hears(agent)).toEqual([all.a]);
    expect(all.eventsOf('queue.left').at(-1)).toMatchObject({ waitedSeconds: 10 });
  });

  test('moves somebody to a queue by its name, which is made if there is none', async () => {
    const { queues, admin, id, legA, a, waits, settled } = await two();
    await expect(queues.move(admin, id, legA, { queueName: 'a/b' })).rejects.toMatchObject({
      code: 'queue.invalid',
    });
    await queues.move(admin, id, legA, { queueName: 'sales' });
    await settled();
    expect(waits('sales')).toEqual([a]);
    expect(queues.named(admin, 'sales')?.queue.reserved).toBe(false);
  });

  test('moves somebody to where an agent waits already', async () => {
    const all = await two();
    const agent = await all.comes(all.carol, { do: 'dequeue', name: 'sales' });
    const sales = all.queues.named(all.admin, 'sales');
    if (!sales) throw new Error('there is no such queue');
    await all.queues.move(all.admin, all.id, all.legB, { queueId: sales.queue.id });
    await all.settled();
    expect(all.engine.hears(agent)).toEqual([all.b]);
  });

  test('joins somebody with a leg of the account, whose program goes on afterwards', async () => {
    const all = await two();
    const agent = await all.up(all.carol);
    await all.runs(agent, { do: 'silence', seconds: 3600 }, { do: 'wait' });
    await all.queues.connect(all.admin, all.id, all.legB, all.leg(agent).id);
    await all.settled();
    expect(all.engine.hears(agent)).toEqual([all.b]);
    expect(all.waits()).toEqual([all.a]);
    all.engine.ends(all.b);
    await all.settled();
    expect(all.current(agent)).toBe('wait');
  });

  test('joins nobody with a leg that is not up, not led by a program, or of others', async () => {
    const all = await two();
    const { callee } = await all.conversation(all.carol, all.bob);
    const other = all.given.account({ name: 'Other' });
    const dave = all.given.person({ account: other, firstName: 'Dave', extension: '301' });
    const far = await all.up(dave);
    for (const legId of [all.leg(callee).id, all.leg(far).id, all.legA, 'nobody' as LegId]) {
      await expect(all.queues.connect(all.admin, all.id, all.legA, legId)).rejects.toMatchObject({
        code: 'queue.taker_unusable',
      });
    }
    expect(all.waits()).toEqual([all.a, all.b]);
  });

  test('runs something else on somebody, who waits no longer', async () => {
    const all = await two();
    await all.queues.divert(
      all.admin,
      all.id,
      all.legA,
      { dialect: 'native', reference: 'other' },
      [{ do: 'silence', seconds: 60 }],
    );
    await all.settled();
    expect(all.current(all.a)).toBe('silence');
    expect(all.waits()).toEqual([all.b]);
    expect(all.eventsOf('queue.left')).toMatchObject([{ reason: 'dequeued' }]);
  });

  test('takes somebody out, who goes on or is hung up', async () => {
    const all = await two();
    await all.queues.takeOut(all.admin, all.id, all.legA);
    await all.settled();
    expect(all.results(all.a)).toEqual([{ step: 'enqueue', outcome: 'left', seconds: 10 }]);
    expect(all.engine.world.legs.get(all.a)?.music).toBe(false);
    await all.queues.takeOut(all.admin, all.id, all.legB, { hangUp: true });
    await all.settled();
    expect(all.engine.world.legs.has(all.b)).toBe(false);
    expect(all.eventsOf('queue.left').map(({ reason }) => reason)).toEqual(['left', 'hangup']);
  });

  test('leaves alone whom somebody is about to take', async () => {
    const all = await two();
    all.engine.stall('join');
    const agent = await all.comes(all.carol, fromQueue);
    const taken = { code: 'queue.entry_taken' };
    const { queues, admin, id, legA } = all;
    await expect(queues.takeOut(admin, id, legA)).rejects.toMatchObject(taken);
    await expect(queues.move(admin, id, legA, { toFront: true })).rejects.toMatchObject(taken);
    await expect(queues.connect(admin, id, legA, all.leg(agent).id)).rejects.toMatchObject(taken);
    await expect(
      queues.divert(admin, id, legA, { dialect: 'native', reference: '' }, []),
    ).rejects.toMatchObject(taken);
  });

  test('is refused for somebody who does not wait there', async () => {
    const { queues, admin, id } = await two();
    await expect(queues.takeOut(admin, id, 'nobody' as LegId)).rejects.toMatchObject({
      code: 'queue.entry_not_found',
    });
  });

  test('is for administrators of the account; for all others it is not there', async () => {
    const all = await two();
    const stranger = administratorOf(all.given.account({ name: 'Other' }));
    for (const actor of [stranger, all.bob.actor]) {
      expect(all.queues.list(actor)).toEqual([]);
      expect(all.queues.named(actor, 'support')).toBeUndefined();
      expect(() => all.queues.get(actor, all.id)).toThrow('no queue');
      await expect(all.queues.takeOut(actor, all.id, all.legA)).rejects.toMatchObject({
        code: 'queue.not_found',
      });
    }
  });
});
