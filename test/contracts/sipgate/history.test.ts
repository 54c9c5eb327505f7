import { Compile } from 'typebox/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Phone } from '../../../src/phones/index.ts';
import { eventually } from '../../support/eventually.ts';
import { callsOf, dial, establishedCall, type HistoryItem } from '../../support/sipgate.ts';
import { startRegistered } from '../support/phones.ts';
import { api } from '../support/server.ts';
import { newTenant } from '../support/tenant.ts';
import { schemaOf } from './contract.ts';

const tenant = await newTenant();
const { admin } = tenant;
const callee = await tenant.member({ extension: '302' });
const callerDevice = await tenant.device(admin, '201');
const calleeDevice = await tenant.device(callee, '302');

interface Page {
  readonly items: readonly HistoryItem[];
  readonly totalCount: number;
}
const page = (query = '', who = admin) => who.api.get<Page>(`/v2/history${query}`);
const callIds = ({ items }: Page) => items.map(({ callId }) => callId);

let callerPhone: Phone;
let calleePhone: Phone;
/** Oldest first: one was answered and recorded, one refused, one given up. */
let answered: string;
let refused: string;
let givenUp: string;

async function ring(): Promise<string> {
  const callId = await dial(admin.api, 'e0', '302');
  await callerPhone.next('CALL_INCOMING');
  await callerPhone.answer();
  await calleePhone.next('CALL_INCOMING');
  return callId;
}

const over = (callId: string) =>
  eventually(async () => {
    const running = await admin.api.get<{ items: unknown[] }>('/native/v1/calls');
    return running.items.length === 0 && callIds(await page('', callee)).includes(callId);
  });

beforeAll(async () => {
  const { domain } = tenant;
  [callerPhone, calleePhone] = await Promise.all([
    startRegistered(admin.api, { domain, ...callerDevice }),
    startRegistered(admin.api, { domain, ...calleeDevice }),
  ]);
  answered = await ring();
  await calleePhone.answer();
  await establishedCall(admin.api, answered);
  const path = `/v2/calls/${answered}/recording`;
  await admin.api.put(path, { value: true, announcement: false });
  await eventually(async () => (await callsOf(admin.api))[0]?.recording === true);
  const heard = await calleePhone.position();
  await eventually(async () => (await calleePhone.position()) > heard + 4_000);
  await admin.api.delete(`/v2/calls/${answered}`);
  await over(answered);
  refused = await ring();
  await calleePhone.hangUp();
  await over(refused);
  givenUp = await ring();
  await callerPhone.hangUp();
  await over(givenUp);
});
afterAll(() => Promise.all([callerPhone?.stop(), calleePhone?.stop()]));

describe('the log', () => {
  test('holds every call with every field of the contract, newest first', async () => {
    const log = await page();
    const check = Compile(schemaOf('HistoryResponse') as Record<string, unknown>);
    expect(check.Errors(log)[1]).toEqual([]);
    expect(new Set(callIds(log))).toEqual(new Set([answered, refused, givenUp]));
    const created = log.items.map((item) => (item as unknown as { created: string }).created);
    expect(created).toEqual([...created].sort().reverse());
    for (const at of created) expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  test('says who called whom, and how it ended, from each one’s side', async () => {
    const entry = async (who: typeof admin, callId: string) =>
      (await page('', who)).items.find(
        (item) => item.callId === callId && (who !== admin || item.direction.includes('OUT')),
      );
    expect(await entry(admin, answered)).toMatchObject({
      type: 'CALL',
      source: '201',
      target: '302',
      direction: 'OUTGOING',
      incoming: false,
      status: 'PICKUP',
      callStatus: 'SUCCESS',
      connectionIds: ['p0'],
      endpoints: [{ type: 'PICKUP', endpoint: { extension: 'e0', type: 'REGISTER' } }],
      archived: false,
      starred: false,
      labels: [],
      note: null,
    });
    expect(await entry(callee, answered)).toMatchObject({
      direction: 'INCOMING',
      incoming: true,
      status: 'PICKUP',
      connectionIds: [`p${callee.serial}`],
      endpoints: [{ type: 'PICKUP', endpoint: { extension: 'e1', type: 'REGISTER' } }],
    });
    expect(await entry(callee, refused)).toMatchObject({
      direction: 'MISSED_INCOMING',
      endpoints: [{ type: 'ROUTED', endpoint: { extension: 'e1', type: 'REGISTER' } }],
    });
    expect(await entry(callee, givenUp)).toMatchObject({
      direction: 'MISSED_INCOMING',
      status: 'NOPICKUP',
      callStatus: 'MISSED',
      duration: 0,
    });
  });

  test('of a person holds what is theirs; an administrator sees everybody’s', async () => {
    const [own, everybody] = [await page('', callee), await page()];
    expect(own.totalCount).toBe(3);
    expect(everybody.totalCount).toBe(6);
    const of = (user: string) => admin.api.get<Page>(`/v2/${user}/history`);
    expect(callIds(await of(`w${callee.serial}`))).toEqual(callIds(own));
    expect((await of('w0')).items.every(({ direction }) => direction.includes('OUT'))).toBe(true);
  });

  test('of another tenant knows nothing of it', async () => {
    const elsewhere = await newTenant();
    expect(await page('', elsewhere.admin)).toEqual({ items: [], totalCount: 0 });
  });
});

describe('a recorded call', () => {
  test('has an absolute address at which the sound is, without any credential', async () => {
    const { items } = await page('?types=CALL');
    const item = items.find(({ recordingUrl }) => recordingUrl !== null);
    expect(item?.callId).toBe(answered);
    const address = item?.recordingUrl ?? '';
    const whole = await fetch(address);
    expect(whole.status).toBe(200);
    expect(whole.headers.get('content-type')).toBe('audio/x-wav');
    const bytes = Buffer.from(await whole.arrayBuffer());
    expect(bytes.subarray(0, 4).toString('latin1')).toBe('RIFF');
    const part = await fetch(address, { headers: { range: 'bytes=0-99' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 0-99/${bytes.length}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(0, 100));
  });

  test('is not told by an address that somebody changed', async () => {
    const { items } = await page();
    const address = new URL(items.find((item) => item.recordingUrl)?.recordingUrl ?? '');
    const { pathname, searchParams } = address;
    const token = searchParams.get('token') ?? '';
    const [account = '', expires = '', signature = ''] = token.split('.');
    const stranger = api();
    for (const changed of [
      '',
      'x',
      `${account}.${Number(expires) + 1}.${signature}`,
      `${account}.${expires}.${signature.toUpperCase()}`,
      `${account}.${expires}.`,
    ])
      expect((await stranger.send('GET', `${pathname}?token=${changed}`)).status).toBe(404);
    const other = pathname.replace(/[0-9a-f]{8}-/, '00000000-');
    expect((await stranger.send('GET', `${other}?token=${token}`)).status).toBe(404);
    expect((await admin.api.send('GET', pathname)).status).toBe(404);
  });
});

describe('a filter of the log', () => {
  test('by kind keeps calls, and has nothing of other kinds', async () => {
    expect((await page('?types=CALL&types=SMS')).totalCount).toBe(6);
    expect(await page('?types=SMS,FAX')).toEqual({ items: [], totalCount: 0 });
  });

  test('by direction tells answered calls from missed ones', async () => {
    expect(callIds(await page('?directions=INCOMING'))).toEqual([answered]);
    expect(callIds(await page('?directions=OUTGOING'))).toContain(answered);
    const missed = await page('?directions=MISSED_INCOMING');
    expect(callIds(missed)).toEqual([givenUp, refused]);
    const [both, lists] = [
      await page('?directions=INCOMING&directions=MISSED_INCOMING'),
      await page('?directions=INCOMING,MISSED_INCOMING'),
    ];
    expect(both.totalCount).toBe(3);
    expect(lists).toEqual(both);
  });

  test('by connection takes devices, phone lines and people', async () => {
    for (const id of ['e1', `p${callee.serial}`, `w${callee.serial}`])
      expect((await page(`?connectionIds=${id}`)).totalCount).toBe(3);
    expect((await page('?connectionIds=e0&connectionIds=e1')).totalCount).toBe(6);
    expect((await page('?connectionIds=e4711')).totalCount).toBe(0);
    expect((await page('?connectionIds=p4711,g0')).totalCount).toBe(0);
    expect((await page(`?connectionIds=e0,p${callee.serial}`)).totalCount).toBe(6);
  });

  test('by time takes instants with and without milliseconds and offsets', async () => {
    const long = 'from=2020-01-01T00:00:00.000Z&to=2099-01-01T00:00:00%2B02:00';
    expect((await page(`?${long}`)).totalCount).toBe(6);
    expect((await page('?to=2020-01-01T00:00:00Z')).totalCount).toBe(0);
    expect((await page('?from=2099-01-01T00:00:00Z')).totalCount).toBe(0);
  });

  test('by number finds both sides', async () => {
    expect((await page('?phonenumber=302')).totalCount).toBe(6);
    expect((await page('?phonenumber=4711')).totalCount).toBe(0);
  });

  test('by star or archive finds nothing, for nothing is starred or archived', async () => {
    expect((await page('?starred=STARRED')).totalCount).toBe(0);
    expect((await page('?starred=UNSTARRED')).totalCount).toBe(6);
    expect((await page('?archived=true')).totalCount).toBe(0);
    expect((await page('?archived=false')).totalCount).toBe(6);
  });
});

describe('a page of the log', () => {
  test('begins where it is asked to; the count does not change', async () => {
    const all = await page();
    for (const [offset, limit] of [
      [0, 2],
      [2, 2],
      [4, 2],
      [5, 10],
      [6, 10],
      [2_147_483_647, 10],
    ] as const) {
      const { items, totalCount } = await page(`?offset=${offset}&limit=${limit}`);
      expect(totalCount).toBe(6);
      expect(items.map(({ id }) => id)).toEqual(
        all.items.slice(offset, offset + limit).map(({ id }) => id),
      );
    }
  });

  test('of no entries still counts them', async () => {
    expect(await page('?limit=0')).toEqual({ items: [], totalCount: 6 });
  });
});
