import { describe, expect, test } from 'vitest';
import { newTenant, unique } from '../support/tenant.ts';

const tenant = await newTenant();
const { admin } = tenant;
const member = await tenant.member({ extension: '202' });
/** e0 is the administrator's, e1 the member's, e2 nobody's; no phone is registered on any. */
await tenant.device(admin, '201');
await tenant.device(member, '202');
await tenant.device(undefined, 'lobby');
const ownNumber = `+49221${String(Math.random()).slice(2, 9)}`;
await admin.api.post('/native/v1/numbers', { e164: ownNumber, target: { kind: 'none' } });

const place = (from: typeof admin, body: object) =>
  from.api.send<{ name: string; message: string }>('POST', '/v2/sessions/calls', { body });

const withoutPlus = ownNumber.slice(1);

describe('a call from a device without a phone', () => {
  test.each([
    ['a device', { caller: 'e0' }],
    ['a device that belongs to nobody', { caller: 'e2' }],
    ['the device of a colleague, for an administrator', { caller: 'e1' }],
    ['the phone line of a person', { caller: 'p0' }],
    ['a person', { caller: 'w0' }],
    ['an extension and its device', { caller: '201', deviceId: 'e0' }],
    ['a number with plus and its device', { caller: ownNumber, deviceId: 'e0' }],
    ['a number without plus and its device', { caller: withoutPlus, deviceId: 'e0' }],
    ['a device, with a device id that is not needed', { caller: 'e0', deviceId: 'e0' }],
    ['a device, with nulls', { caller: 'e0', deviceId: null, callerId: null }],
    ['a device, and shows a number of the account', { caller: 'e0', callerId: ownNumber }],
    ['a device, and shows it without plus', { caller: 'e0', callerId: withoutPlus }],
  ])('is understood if it begins at %s, and says that nobody is there', async (_what, body) => {
    const answer = await place(admin, { ...body, callee: '202' });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ name: 'DEVICE_OFFLINE' });
  });

  test.each(['202', '+491713920012', '491713920012', '0171 3920012', '*43', 'e1', 'p1', 'w1'])(
    'is understood if it goes to %s',
    async (callee) => {
      expect((await place(admin, { caller: 'e0', callee })).status).toBe(409);
    },
  );

  test('leaves nothing behind', async () => {
    await place(admin, { caller: 'e0', callee: '202' });
    expect(await admin.api.get('/v2/calls')).toEqual({ data: [] });
    expect(await admin.api.get('/native/v1/calls')).toEqual({ items: [] });
    expect(await admin.api.get('/v2/history')).toEqual({ items: [], totalCount: 0 });
  });
});

describe('a call that cannot be meant', () => {
  test.each([
    ['a number without a device', { caller: ownNumber }],
    ['an extension without a device', { caller: '201' }],
    ['a word', { caller: 'banana' }],
    ['an extension with a leading zero', { caller: 'e00' }],
    ['a line break', { caller: 'e0\r\nX: y' }],
    ['sixty-five characters', { caller: '2'.repeat(65) }],
    ['a SIP address', { caller: 'sip:201@example.test' }],
  ])('is a bad request if it begins at %s', async (_what, body) => {
    expect((await place(admin, { ...body, callee: '202' })).status).toBe(400);
  });

  test.each([
    ['a word', 'banana'],
    ['a device that is not there', 'e4711'],
    ['nothing', ''],
    ['a line break', '20\r\n2'],
    ['a SIP address', 'sip:202@example.test'],
    ['sixty-four digits', '2'.repeat(64)],
    ['characters that turn the text around', '\u202e202'],
  ])('is a bad request if it goes to %s', async (_what, callee) => {
    expect((await place(admin, { caller: 'e0', callee })).status).toBe(400);
  });
});

describe('a call that somebody may not place', () => {
  test.each(['g0', 'x0', 'y0'])('begins at %s, which nobody has', async (caller) => {
    expect((await place(admin, { caller, callee: '202' })).status).toBe(403);
  });

  test.each([
    ['e0', 'e4711'],
    ['w0', 'w4711'],
    ['p0', 'p4711'],
  ])('begins at %s of a colleague, and looks as if from %s', async (theirs, nobodys) => {
    const [there, nobody] = [
      await place(member, { caller: theirs, callee: '202' }),
      await place(member, { caller: nobodys, callee: '202' }),
    ];
    expect([there.status, nobody.status]).toEqual([403, 403]);
    expect(there.body).toEqual(nobody.body);
  });

  test.each(['e0', 'e2', 'e4711', 'p1', 'banana'])(
    'shows the number of the device %s, which is not hers',
    async (deviceId) => {
      const answer = await place(member, { caller: 'e1', callee: '202', deviceId });
      expect(answer.status).toBe(403);
      expect((await place(member, { caller: 'e1', callee: '202', deviceId: 'e1' })).status).toBe(
        409,
      );
    },
  );

  test('uses the device of a colleague for a number', async () => {
    const body = { caller: ownNumber, callee: '202' };
    expect((await place(member, { ...body, deviceId: 'e0' })).status).toBe(403);
    expect((await place(member, { ...body, deviceId: 'e1' })).status).toBe(409);
    expect((await place(member, { ...body, deviceId: 'banana' })).status).toBe(403);
  });

  test.each([
    ['a number of another account', '+4922166980201'],
    ['a number that nobody has', '493023125017'],
    ['no number', 'banana'],
    ['a line break', '4930\r\n'],
  ])('shows %s', async (_what, callerId) => {
    const answer = await place(admin, { caller: 'e0', callee: '202', callerId });
    expect(answer.status).toBe(403);
    expect(answer.body.message).toContain('caller id');
  });
});

describe('an account with as many calls as it may have', () => {
  test('is told to wait', async () => {
    const small = await newTenant();
    await small.device(small.admin, unique('phone'));
    await small.admin.api.patch(`/native/v1/accounts/${small.id}`, { maxConcurrentCalls: 0 });
    const answer = await place(small.admin, { caller: 'e0', callee: '202' });
    expect(answer.status).toBe(429);
    expect(answer.body).toMatchObject({ name: 'RATE_LIMIT_EXCEEDED' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
