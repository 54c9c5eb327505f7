import { describe, expect, test } from 'vitest';
import { callsOf, dial, establishedCall } from '../../support/sipgate.ts';
import { type EventStream, listen, type StreamEvent } from '../support/event-stream.ts';
import { startRegistered } from '../support/phones.ts';
import { bearer, server } from '../support/server.ts';
import { newTenant, type Tenant, unique } from '../support/tenant.ts';

/** Something that happens, and the event that tells of it. */
const makePhone = async ({ admin }: Tenant): Promise<string> => {
  const body = { username: unique('phone'), secret: 'a-secret-of-sip' };
  return (await admin.api.post<{ id: string }>('/native/v1/endpoints', body)).id;
};
const about = (id: string) => (event: StreamEvent) => event.data.id === id;
const idsOf = ({ events }: EventStream) => events.map(({ id }) => id);
const thingsOf = ({ events }: EventStream) => events.map(({ data }) => data.id);
const inOrder = (ids: readonly (number | undefined)[]) =>
  [...ids].sort((a, b) => Number(a) - Number(b));

describe('the stream of events', () => {
  test('tells what happens from now on, in order, each with its place', async () => {
    const tenant = await newTenant();
    await makePhone(tenant);
    const stream = await listen(tenant.admin.authorization);
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) made.push(await makePhone(tenant));
    await stream.next(about(made.at(-1) ?? ''));
    expect(thingsOf(stream)).toEqual(made);
    expect(stream.events[0]).toEqual({
      id: expect.any(Number),
      type: 'object.created',
      data: {
        type: 'object.created',
        kind: 'endpoint',
        id: made[0],
        at: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    });
    expect(idsOf(stream)).toEqual(inOrder(idsOf(stream)));
  });

  test('goes on after the last event that was read, without loss or repetition', async () => {
    const tenant = await newTenant();
    const first = await listen(tenant.admin.authorization);
    const made: string[] = [];
    for (let count = 0; count < 3; count += 1) made.push(await makePhone(tenant));
    const read = await first.next(about(made[1] ?? ''));
    first.close();
    for (let count = 0; count < 3; count += 1) made.push(await makePhone(tenant));
    const meanwhile = Promise.all(Array.from({ length: 10 }, () => makePhone(tenant)));
    const again = await listen(tenant.admin.authorization, { lastEventId: read.id ?? 0 });
    const late = await meanwhile;
    await Promise.all(late.map((id) => again.next(about(id))));
    expect(thingsOf(again).slice(0, 4)).toEqual(made.slice(2));
    expect(thingsOf(again).length).toBe(4 + late.length);
    expect(new Set(thingsOf(again))).toEqual(new Set([...made.slice(2), ...late]));
    expect(idsOf(again)).toEqual(inOrder(idsOf(again)));
  });

  test('goes on after a place that the query names; a header wins over it', async () => {
    const tenant = await newTenant();
    const stream = await listen(tenant.admin.authorization);
    const [one, two] = [await makePhone(tenant), await makePhone(tenant)];
    const first = await stream.next(about(one));
    const second = await stream.next(about(two));
    const query = `?after=${first.id}`;
    const asked = await listen(tenant.admin.authorization, { query });
    await asked.next(about(two));
    expect(thingsOf(asked)).toEqual([two]);
    const lastEventId = second.id ?? 0;
    const headed = await listen(tenant.admin.authorization, { query, lastEventId });
    const three = await makePhone(tenant);
    await headed.next(about(three));
    expect(thingsOf(headed)).toEqual([three]);
  });

  test('tells the whole log to whoever begins at nothing, and gives it once', async () => {
    const tenant = await newTenant();
    const id = await makePhone(tenant);
    const stream = await listen(tenant.admin.authorization, { query: '?after=0' });
    await stream.next(about(id));
    expect(thingsOf(stream)).toEqual([tenant.id, tenant.admin.id, id]);
    expect(stream.events.some(({ type }) => type === 'gap')).toBe(false);
  });

  test('says that there is a gap if it cannot give what was missed', async () => {
    const before = await newTenant();
    await makePhone(before);
    const tenant = await newTenant();
    const stream = await listen(tenant.admin.authorization, { lastEventId: 1 });
    const gap = await stream.next(({ type }) => type === 'gap');
    const oldest = await stream.next(about(tenant.id));
    expect(gap).toEqual({
      id: undefined,
      type: 'gap',
      data: { from: 1, to: Number(oldest.id) - 1 },
    });
    expect(stream.events[0]).toEqual(gap);
  });

  test('keeps to the kinds that are asked for', async () => {
    const tenant = await newTenant();
    const query = '?types=object.removed,%20leg.created';
    const stream = await listen(tenant.admin.authorization, { query });
    const id = await makePhone(tenant);
    await tenant.admin.api.delete(`/native/v1/endpoints/${id}`);
    await stream.next(about(id));
    expect(stream.events.map(({ type }) => type)).toEqual(['object.removed']);
  });

  test('tells nothing of other accounts, also to an operator who names one', async () => {
    const [tenant, elsewhere] = [await newTenant(), await newTenant()];
    const own = await listen(tenant.admin.authorization);
    const named = await listen(bearer(server.adminToken), {
      headers: { 'polyvox-account': tenant.id },
    });
    const theirs = await makePhone(elsewhere);
    const ours = await makePhone(tenant);
    await Promise.all([own.next(about(ours)), named.next(about(ours))]);
    for (const stream of [own, named]) {
      expect(thingsOf(stream)).toEqual([ours]);
      expect(thingsOf(stream)).not.toContain(theirs);
    }
  });

  test('tells people who are no administrators of their own calls and devices only', async () => {
    const tenant = await newTenant();
    const [ann, ben, cleo] = [
      await tenant.member({ extension: '301' }),
      await tenant.member({ extension: '302' }),
      await tenant.member({ extension: '303' }),
    ];
    const [annsStream, cleosStream, all] = [
      await listen(ann.authorization),
      await listen(cleo.authorization),
      await listen(tenant.admin.authorization),
    ];
    const { domain } = tenant;
    const annsDevice = await tenant.device(ann, '301');
    const bensDevice = await tenant.device(ben, '302');
    const [annsPhone, bensPhone] = await Promise.all([
      startRegistered(tenant.admin.api, { domain, ...annsDevice }),
      startRegistered(tenant.admin.api, { domain, ...bensDevice }),
    ]);
    const callId = await dial(ann.api, `e${annsDevice.serial}`, '302');
    await annsPhone.next('CALL_INCOMING');
    await annsPhone.answer();
    await bensPhone.next('CALL_INCOMING');
    await bensPhone.answer();
    await establishedCall(ann.api, callId);
    expect(await callsOf(cleo.api)).toEqual([]);
    await ann.api.delete(`/v2/calls/${callId}`);
    await all.next(({ type }) => type === 'call.ended');
    const bensLegEnded = await all.next(
      ({ type, data }) => type === 'leg.ended' && data.userId === ben.id,
    );
    await annsStream.next(({ type }) => type === 'leg.ended');
    const kinds = annsStream.events.map(({ type }) => type);
    expect(kinds).toContain('endpoint.registered');
    expect(kinds).toContain('leg.answered');
    for (const { data } of annsStream.events) expect(data.userId).toBe(ann.id);
    expect(idsOf(annsStream)).not.toContain(bensLegEnded.id);
    await Promise.all([annsPhone.stop(), bensPhone.stop()]);
    await all.next(
      ({ type, data }) => type === 'endpoint.unregistered' && data.endpointId === annsDevice.id,
    );
    expect(cleosStream.events).toEqual([]);
  });

  test('of a call begins with the call and ends with it', async () => {
    const tenant = await newTenant();
    const { admin, domain } = tenant;
    const device = await tenant.device(admin, '201');
    const stream = await listen(admin.authorization, { query: '?types=call.started,call.ended' });
    const phone = await startRegistered(admin.api, { domain, ...device });
    const { id } = await admin.api.post<{ id: string }>('/native/v1/calls', {
      from: { endpointId: device.id },
      to: '*43',
    });
    await phone.next('CALL_INCOMING');
    await phone.hangUp();
    await stream.next(({ type }) => type === 'call.ended');
    expect(stream.events.map(({ type, data }) => [type, data.callId])).toEqual([
      ['call.started', id],
      ['call.ended', id],
    ]);
    await phone.stop();
  });

  test.each([
    '?after=-1',
    '?after=x',
    '?after=1.5',
    '?after=99999999999999999999',
    '?after=1&after=2',
  ])('does not begin at %s', async (query) => {
    const { admin } = await newTenant();
    const answer = await admin.api.send('GET', `/native/v1/events${query}`);
    expect(answer.status).toBe(400);
  });

  test.each(['x', '-1', '1e9', ''])(
    'begins now for the last event %j, which is none',
    async (lastEventId) => {
      const tenant = await newTenant();
      const stream = await listen(tenant.admin.authorization, { lastEventId });
      const id = await makePhone(tenant);
      await stream.next(about(id));
      expect(thingsOf(stream)).toEqual([id]);
    },
  );

  test('is not for HEAD, nor for strangers', async () => {
    const { admin } = await newTenant();
    expect((await admin.api.send('HEAD', '/native/v1/events')).status).toBe(405);
    await expect(listen('Basic bm9ib2R5Om5vdGhpbmc=')).rejects.toThrow('answered 401');
  });
});
