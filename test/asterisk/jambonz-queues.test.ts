import { afterEach, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { hears, hearsAlso, hearsNothingOf, hearsSomethingElse } from '../support/hearing.ts';
import { createJambonzRooms, toldInOrder } from '../support/jambonz-rooms.ts';
import { startSocketApplication } from '../support/socket-application.ts';

const rooms = createJambonzRooms();

/** The beep before a conversation, in Hz: the engine's own sound. */
const beepHz = 700;

const asleep = { verb: 'pause', length: 600 };

/** A queue of its own for each test, with the paths of its hooks. */
function named(name: string) {
  const path = `${rooms.account}/Queues/${name}`;
  return {
    name,
    path,
    at: (hook: string) => `/${name}/${hook}`,
    enqueue: (more: object = {}) => ({ verb: 'enqueue', name, ...more }),
    dequeue: (more: object = {}) => ({ verb: 'dequeue', name, ...more }),
    call: (sid: string) => `${path}/Calls/${sid}`,
  };
}

interface Queued {
  readonly call_sid: string;
  readonly position: number;
}

/** Who waits in a queue, once so many do. */
const waiting = (path: string, count: number): Promise<readonly Queued[]> =>
  eventually(
    async () => {
      const { status, body } = await rooms.api.send<Queued[]>('GET', `${path}/Calls`);
      const all = status === 200 ? body : [];
      return all.length === count && all;
    },
    { because: () => `${count} do not wait in ${path}` },
  );

afterEach(async () => {
  const { api, account } = rooms;
  const left = await api.get<{ name: string }[]>(`${account}/Queues`);
  for (const { name } of left) await api.delete(`${account}/Queues/${name}?force=true`);
});

describe('a caller in a queue', () => {
  test('hears what the wait hook says, again and again, until an agent takes it', async () => {
    const { world, app, call, tone, api, account, accountSid } = rooms;
    const { phoneA, phoneB } = world;
    const { at, path, enqueue, dequeue } = named('support');
    app.on(at('wait'), [tone(900, 1)]);
    const hooks = { waitHook: at('wait'), actionHook: at('waited') };
    const caller = await call(phoneA, at('caller'), enqueue(hooks), tone(1300, 30));
    await hears(phoneA, 900);
    expect(await api.get(`${account}/Queues`)).toEqual([{ name: 'support', length: 1 }]);
    expect(await waiting(path, 1)).toMatchObject([
      { call_sid: caller, position: 0, priority: 999, from: '+4930111', to: '201' },
    ]);
    await eventually(() => rooms.told(at('wait'), 'queue_time').length > 2);
    const [first] = app.seen.filter((seen) => seen.path === at('wait'));
    expect(first?.body).toEqual({
      queue_sid: `queue:${accountSid}:support`,
      queue_time: 0,
      queue_size: 1,
      queue_position: 0,
      call_sid: caller,
      call_id: expect.any(String),
      customerData: { path: at('caller') },
    });
    const agent = await call(phoneB, at('agent'), dequeue({ actionHook: at('took') }), asleep);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    expect(await api.get(`${account}/Queues`)).toEqual([]);
    await phoneB.hangUp();
    const { body } = await app.asked(at('waited'));
    expect(body).toMatchObject({
      call_sid: caller,
      queue_sid: `queue:${accountSid}:support`,
      queue_result: 'bridged',
    });
    expect(body.queue_time).toBeGreaterThanOrEqual(2);
    await hears(phoneA, 1300);
    const took = await app.asked(at('took'));
    expect(took.body).toMatchObject({ call_sid: agent, dequeue_result: 'complete' });
  });

  test('that hangs up while it waits is told to have done so, once', async () => {
    const { world, app, call } = rooms;
    const { at, path, enqueue } = named('impatient');
    const caller = await call(world.phoneA, at('caller'), enqueue({ actionHook: at('waited') }));
    await waiting(path, 1);
    await hearsSomethingElse(world.phoneA, 900);
    await world.phoneA.hangUp();
    const { body } = await app.asked(at('waited'));
    expect(body).toMatchObject({ call_sid: caller, queue_result: 'hangup' });
    expect(rooms.told(at('waited'), 'queue_result')).toEqual(['hangup']);
  });

  test('leaves when the wait hook says so', async () => {
    const { world, app, call, tone } = rooms;
    const { at, enqueue } = named('left');
    app.on(at('wait'), [tone(900, 2), { verb: 'leave' }]);
    app.on(at('waited'), [tone(1300, 30)]);
    const hooks = { waitHook: at('wait'), actionHook: at('waited') };
    await call(world.phoneA, at('caller'), enqueue(hooks));
    await hears(world.phoneA, 900);
    await hears(world.phoneA, 1300);
    expect(rooms.told(at('waited'), 'queue_result')).toEqual(['leave']);
  });

  test('hears music where the wait hook fails or says what it may not', async () => {
    const { world, app, call } = rooms;
    const { at, path, enqueue } = named('broken');
    app.on(at('wait'), [{ verb: 'dial', target: [{ type: 'user', name: '202' }] }]);
    await call(world.phoneA, at('caller'), enqueue({ waitHook: at('wait') }));
    await app.asked(at('wait'));
    await hearsSomethingElse(world.phoneA, 1000);
    await waiting(path, 1);
  });

  test('is served in order of priority, or out of turn by its sid', async () => {
    const { world, phoneC, call } = rooms;
    const { phoneA, phoneB } = world;
    const { at, path, enqueue, dequeue } = named('ordered');
    const a = await call(phoneA, at('a'), enqueue(), asleep);
    const c = await call(phoneC, at('c'), enqueue({ priority: 5 }), asleep);
    expect((await waiting(path, 2)).map(({ call_sid }) => call_sid)).toEqual([c, a]);
    await call(phoneB, at('agent'), dequeue({ callSid: a }), asleep);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    expect(await waiting(path, 1)).toMatchObject([{ call_sid: c, position: 0 }]);
  });

  test('gets the agent who waits for it and hears a beep; one whose time is over goes on', async () => {
    const { world, app, call, tone } = rooms;
    const { phoneA, phoneB } = world;
    const { at, enqueue, dequeue } = named('patient');
    app.on(at('took'), [dequeue({ beep: true }), asleep]);
    await call(phoneB, at('agent'), dequeue({ timeout: 1, actionHook: at('took') }));
    const { body } = await app.asked(at('took'));
    expect(body).toMatchObject({ dequeue_result: 'timeout' });
    const beeped = hearsAlso(phoneB, beepHz);
    await call(phoneA, at('caller'), enqueue(), tone(900, 30));
    await beeped;
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
  });

  test('an agent that hangs up while it waits is told to have done so', async () => {
    const { world, app, call } = rooms;
    const { at, dequeue } = named('idle');
    await call(world.phoneB, at('agent'), dequeue({ actionHook: at('took') }));
    await hearsNothingOf(world.phoneB, 440);
    await world.phoneB.hangUp();
    expect((await app.asked(at('took'))).body).toMatchObject({ dequeue_result: 'hangup' });
  });
});

describe('a queue through REST', () => {
  test('changes places, moves to another queue, connects, and runs something else', async () => {
    const { world, phoneC, api, app, call, tone } = rooms;
    const { phoneA, phoneB } = world;
    const { at, path, enqueue, call: one } = named('desk');
    const hooks = { actionHook: at('waited') };
    const a = await call(phoneA, at('a'), enqueue(hooks), asleep);
    const c = await call(phoneC, at('c'), enqueue(hooks), asleep);
    const order = async () => (await waiting(path, 2)).map(({ call_sid }) => call_sid);
    expect(await order()).toEqual([a, c]);
    const put = (sid: string, body: object) => api.send('PUT', one(sid), { body });
    expect(await put(c, { priority: 1 })).toMatchObject({ status: 202, text: 'Accepted' });
    expect(await order()).toEqual([c, a]);
    expect(await api.get(one(c))).toMatchObject({ position: 0, priority: 1 });
    expect((await put(c, {})).body).toEqual({ msg: 'no valid options supplied to updateCall' });
    expect((await put(c, { priority: 1, move_to: 'x' })).body).toEqual({
      msg: 'multiple options are not allowed in updateCall',
    });
    expect((await put(c, { bridge_to: a.replace(/^.{8}/, '00000000') })).status).toBe(422);
    expect((await put(c, { priority: -1 })).body).toEqual({ msg: 'invalid priority' });

    const agent = await call(phoneB, at('agent'), asleep);
    expect((await put(a, { bridge_to: agent })).status).toBe(202);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await phoneB.hangUp();
    const { body } = await app.asked(at('waited'), (seen) => seen.body.call_sid === a);
    expect(body).toMatchObject({ queue_result: 'bridged' });

    expect((await put(c, { move_to: 'sales' })).status).toBe(202);
    const sales = named('sales');
    expect(await waiting(sales.path, 1)).toMatchObject([{ call_sid: c }]);
    await hearsSomethingElse(phoneC, 900);
    app.on(at('other'), [tone(900, 30)]);
    const diverted = { call_hook: `${app.url}${at('other')}` };
    expect((await api.send('PUT', sales.call(c), { body: diverted })).status).toBe(202);
    await hears(phoneC, 900);
    expect(await api.get(`${rooms.account}/Queues`)).toEqual([]);
  });

  test('takes calls out, one by one or all; they go on or are hung up', async () => {
    const { world, phoneC, api, account, call, tone } = rooms;
    const { phoneA, phoneB } = world;
    const { at, path, enqueue, call: one } = named('closing');
    await api.post(`${account}/Queues`, { name: 'closing', max_length: 3 });
    const waits = enqueue({ actionHook: at('waited') });
    const a = await call(phoneA, at('a'), waits, tone(900, 30));
    const b = await call(phoneB, at('b'), waits, tone(900, 30));
    const c = await call(phoneC, at('c'), waits, tone(900, 30));
    await waiting(path, 3);
    await api.delete(one(a));
    await hears(phoneA, 900);
    await api.delete(`${one(b)}?hangup=true`);
    await phoneB.next('CALL_CLOSED');
    expect((await api.send('DELETE', one(b))).status).toBe(404);
    expect(await api.send('DELETE', path)).toMatchObject({
      status: 422,
      body: { msg: 'cannot delete queue with queued calls' },
    });
    await api.delete(`${path}?force=true`);
    await hears(phoneC, 900);
    const results = () =>
      [a, b, c].map(
        (sid) =>
          rooms.app.seen.find((seen) => seen.path === at('waited') && seen.body.call_sid === sid)
            ?.body.queue_result,
      );
    await eventually(() => results().every(Boolean));
    expect(results()).toEqual(['leave', 'hangup', 'leave']);
  });

  test('that was made ahead says what is heard, and its hook who comes and goes', async () => {
    const { world, app, api, account, call, tone } = rooms;
    const { phoneA, phoneB } = world;
    const { at, enqueue, dequeue } = named('made');
    app.on(at('wait'), [tone(1300, 2)]);
    await api.post(`${account}/Queues`, {
      name: 'made',
      wait_hook: `${app.url}${at('wait')}`,
      event_hook: `${app.url}${at('events')}`,
    });
    const caller = await call(phoneA, at('caller'), enqueue());
    await hears(phoneA, 1300);
    const agent = await call(phoneB, at('agent'), dequeue(), asleep);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    await toldInOrder(rooms, at('events'), 'event', ['join', 'leave']);
    const [join, leave] = app.seen.filter(({ path }) => path === at('events'));
    expect(join?.body).toMatchObject({
      call_sid: caller,
      queue: 'made',
      length: 1,
      join_time: expect.any(Number),
    });
    expect(leave?.body).toMatchObject({
      call_sid: caller,
      queue: 'made',
      length: 0,
      leave_reason: 'dequeued',
      leave_time: expect.any(Number),
      dequeuer: agent,
    });
  });

  test('tells the hook of the account who comes and goes', async () => {
    const { world, app, api, account, call } = rooms;
    const { at, path, enqueue } = named('counted');
    const hook = { url: `${app.url}${at('events')}`, method: 'POST' };
    await api.put(account, { queue_event_hook: hook });
    await call(world.phoneA, at('caller'), enqueue());
    await waiting(path, 1);
    await world.phoneA.hangUp();
    await toldInOrder(rooms, at('events'), 'leave_reason', [undefined, 'abandoned']);
    await api.put(account, { queue_event_hook: null });
  });
});

describe('an application with a socket', () => {
  test('is asked what a waiting caller hears, and told how the waiting ended', async () => {
    const { world, api, account, call } = rooms;
    const { phoneA, phoneB } = world;
    const { at, enqueue, dequeue } = named('sockets');
    const app = await startSocketApplication();
    try {
      app.answer('/wait', [rooms.tone(900, 1)]);
      app.answer('/waited', [rooms.tone(1300, 30)]);
      app.answer('session:new', [enqueue({ waitHook: '/wait', actionHook: '/waited' })]);
      const { sid } = await api.post<{ sid: string }>(`${account}/Calls`, {
        from: '+4930111',
        to: { type: 'user', name: '201' },
        call_hook: app.url,
      });
      await phoneA.next('CALL_INCOMING');
      await phoneA.answer();
      await phoneA.next('CALL_ESTABLISHED');
      await hears(phoneA, 900);
      expect(await app.heard('/wait')).toMatchObject({
        type: 'verb:hook',
        data: { call_sid: sid, queue_position: 0, queue_size: 1 },
      });
      await call(phoneB, at('agent'), dequeue());
      await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
      await phoneB.hangUp();
      await hears(phoneA, 1300);
      expect(await app.heard('/waited')).toMatchObject({ data: { queue_result: 'bridged' } });
    } finally {
      await app.stop();
    }
  });
});
