import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { startRegistered } from '../support/phones.ts';
import { type RawAnswer, type RawRequest, raw } from '../support/raw.ts';
import { alice } from '../support/server.ts';
import { unique } from '../support/tenant.ts';
import { api, type Envelope, expectRefusal, signedIn } from './client.ts';

const headers = await signedIn();
const ask = async (
  path: string,
  { method = 'GET', ...request }: RawRequest & { readonly method?: string } = {},
): Promise<RawAnswer & { readonly envelope: Envelope }> => {
  const answer = await raw(method, `${api}/${path}`, {
    ...request,
    headers: { ...headers, ...request.headers },
  });
  return { ...answer, envelope: answer.json as Envelope };
};

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

/** Compact JSON with slashes escaped and nothing beyond ASCII. */
const asPhpWrites = (value: unknown): string =>
  Array.from(JSON.stringify(value).replaceAll('/', '\\/').split(''), (unit) =>
    unit > '\u007f' ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}` : unit,
  ).join('');

const actions = [
  ['sip/getPeersStatuses', 'SIPStackProcessor::getPeersStatuses'],
  ['sip/getSipPeer?peer=201', 'SIPStackProcessor::getPeerStatus'],
  ['sip/getSipPeer', 'SIPStackProcessor::getPeerStatus'],
  ['sip/getRegistry', 'SIPStackProcessor::getRegistry'],
  ['iax/getRegistry', 'IAXStackProcessor::getRegistry'],
  ['cdr/getActiveCalls', 'CdrDBProcessor::getActiveCalls'],
  ['cdr/getActiveChannels', 'CdrDBProcessor::getActiveChannels'],
  ['sip/größe', 'PBXApiResult'],
] as const;

describe.each(actions)('the answer to %s', (path, processor) => {
  test('has the keys of the envelope in their order', async () => {
    const { status, envelope } = await ask(encodeURI(path));
    expect(status).toBe(200);
    expect(Object.keys(envelope)).toEqual([
      'jsonapi',
      'result',
      'data',
      'messages',
      'function',
      'processor',
      'pid',
      'meta',
    ]);
    expect(envelope.jsonapi).toEqual({ version: '1.0' });
    expect(envelope.processor.replace('MikoPBX\\PBXCoreREST\\Lib\\', '')).toMatch(processor);
    expect(encodeURI(path).split('/')[1]?.split('?')[0]).toBe(envelope.function);
    expect(Number.isInteger(envelope.pid)).toBe(true);
  });

  test('is signed with the time and the payload', async () => {
    const { envelope, headers: sent } = await ask(encodeURI(path));
    const { result, data, messages, function: name, processor: where, pid, meta } = envelope;
    const payload = asPhpWrites({ result, data, messages, function: name, processor: where, pid });
    expect(meta.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
    expect(Math.abs(Date.parse(meta.timestamp) - Date.now())).toBeLessThan(5_000);
    expect(meta.hash).toBe(sha1(meta.timestamp + payload));
    expect(sent['e-tag']).toBe(sha1(payload));
    expect(sent['content-type']).toBe('application/json; charset=UTF-8');
    expect(sent.status).toBe('200 OK');
  });
});

describe('the hash', () => {
  test('of the printed sample is what was printed', () => {
    const payload = asPhpWrites({
      result: true,
      data: {
        Event: 'ContactStatusDetail',
        ActionID: 'PJSIPShowEndpoint_16729',
        AOR: '201',
        URI: 'sip:201@172.16.156.1:60939;ob',
        UserAgent: 'Telephone-PT1C 1.1',
        RegExpire: '1643110170',
        ViaAddress: '172.16.156.1:60939',
        CallID: 'Z4Ys3hohywlIF6wn7K6I27EM0740nYVw',
        Status: 'Reachable',
        RoundtripUsec: '5871',
        EndpointName: '201',
        ID: '201;@3002860e3ac957a2c2e13136226089d0',
        AuthenticateQualify: '0',
        OutboundProxy: '',
        Path: '',
        QualifyFrequency: '60',
        QualifyTimeout: '5.000',
        state: 'OK',
      },
      messages: [],
      function: 'getSipPeer',
      processor: 'MikoPBX\\PBXCoreREST\\Lib\\SIPStackProcessor::getPeerStatus',
      pid: 16_729,
    });
    expect(sha1(`2022-01-25T08:28:19-03:00${payload}`)).toBe(
      'd31a2a7bce9864c4a85a774ddf22e7149196a531',
    );
  });
});

describe('an action that nobody knows', () => {
  test.each([
    ['sip/nosuch', 'nosuch', 'sipCallBack'],
    ['iax/nosuch', 'nosuch', 'iaxCallBack'],
    ['cdr/nosuch', 'nosuch', 'cdrCallBack'],
    ['sip/__proto__', '__proto__', 'sipCallBack'],
    ['sip/constructor', 'constructor', 'sipCallBack'],
    ['cdr/toString?x=1', 'toString', 'cdrCallBack'],
  ])('%s is answered with 200, and not done', async (path, name, callback) => {
    const { status, envelope } = await ask(path);
    expect(status).toBe(200);
    expect(envelope).toMatchObject({
      result: false,
      data: [],
      messages: [`Unknown action - ${name} in ${callback}`],
      function: name,
    });
  });
});

describe('a place that is not there', () => {
  test.each(['nosuch/x', 'nosuch', 'sip', 'sip/getSipPeer/201', 'cdr/', 'SIP/getRegistry'])(
    '%s is 404 with and without a session',
    async (path) => {
      expectRefusal(await ask(path), 404, '404 (Not Found)');
      expectRefusal(await raw('GET', `${api}/${path}`), 404, '404 (Not Found)');
    },
  );

  test.each(['iax/getRegistry', 'cdr/getActiveCalls', 'cdr/getActiveChannels', 'cdr/playback'])(
    '%s is not for POST',
    async (path) => {
      const answer = await ask(path, { method: 'POST', body: '{}' });
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe('GET, HEAD');
      expect(answer.json).toMatchObject({ result: false });
    },
  );

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is no method of it', async (method) => {
    expect((await ask('sip/getRegistry', { method })).status).toBe(405);
  });
});

describe('the state of the phones', () => {
  const username = unique('phone').slice(0, 20);
  const secret = 'a-secret-of-sip';
  let phone: Awaited<ReturnType<typeof startRegistered>>;

  beforeAll(async () => {
    for (const name of [username, `${username}-off`])
      await alice.post('/native/v1/endpoints', { username: name, secret });
    phone = await startRegistered(alice, { domain: 'demo.invalid', username, secret });
  });
  afterAll(() => phone?.stop());

  const stateOf = async (id: string, method = 'GET') => {
    const { envelope } = await ask('sip/getPeersStatuses', { method });
    return (envelope.data as { id: string; state: string }[]).find((peer) => peer.id === id)?.state;
  };

  test('is OK for those that are registered, by GET and by POST without a body', async () => {
    for (const method of ['GET', 'POST']) {
      expect(await stateOf(username, method)).toBe('OK');
      expect(await stateOf(`${username}-off`, method)).toBe('UNKNOWN');
    }
  });

  const fields = [
    'Event',
    'ActionID',
    'AOR',
    'URI',
    'UserAgent',
    'RegExpire',
    'ViaAddress',
    'CallID',
    'Status',
    'RoundtripUsec',
    'EndpointName',
    'ID',
    'AuthenticateQualify',
    'OutboundProxy',
    'Path',
    'QualifyFrequency',
    'QualifyTimeout',
    'state',
  ];

  const form = 'application/x-www-form-urlencoded';
  const json = JSON.stringify({ peer: username });
  test.each<readonly [string, RawRequest & { method?: string; query?: string }]>([
    [
      'JSON under the type of forms',
      { method: 'POST', body: json, headers: { 'content-type': form } },
    ],
    [
      'JSON under its own type',
      { method: 'POST', body: json, headers: { 'content-type': 'application/json' } },
    ],
    ['JSON under no type at all', { method: 'POST', body: json }],
    [
      'a form',
      { method: 'POST', body: `peer=${username}&more=1`, headers: { 'content-type': form } },
    ],
    ['a query', { query: `?peer=${username}` }],
    ['a query, by POST', { method: 'POST', query: `?peer=${username}` }],
  ])('of one phone is told for %s', async (_what, { query = '', ...request }) => {
    const { envelope } = await ask(`sip/getSipPeer${query}`, request);
    expect(envelope).toMatchObject({ result: true, messages: [], function: 'getSipPeer' });
    const data = envelope.data as Record<string, string>;
    expect(Object.keys(data)).toEqual(fields);
    for (const value of Object.values(data)) expect(typeof value).toBe('string');
    expect(data).toMatchObject({
      Event: 'ContactStatusDetail',
      AOR: username,
      EndpointName: username,
      state: 'OK',
      URI: expect.stringMatching(new RegExp(`^sip:${username}`)),
      UserAgent: expect.stringContaining('baresip'),
      ViaAddress: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      RegExpire: expect.stringMatching(/^\d{10}$/),
    });
  });

  test('of a phone that is not registered is unknown', async () => {
    const { envelope } = await ask(`sip/getSipPeer?peer=${username}-off`);
    expect(envelope).toMatchObject({ result: true, data: { state: 'UNKNOWN' } });
  });

  test.each(['nobody', '999', '../201', '201%00', '%E2%80%AE102', "201'--", 'x'.repeat(500)])(
    'of the phone %s, which is not there, is unknown',
    async (peer) => {
      const { status, envelope } = await ask(`sip/getSipPeer?peer=${peer}`);
      expect(status).toBe(200);
      expect(envelope).toMatchObject({ result: true, data: { state: 'UNKNOWN' } });
    },
  );

  test.each<readonly [string, RawRequest & { method?: string }]>([
    ['nothing', { method: 'POST' }],
    ['nothing, by GET', {}],
    ['an empty name', { method: 'POST', body: '{"peer":""}' }],
    ['null', { method: 'POST', body: '{"peer":null}' }],
    ['a list', { method: 'POST', body: '{"peer":["201"]}' }],
    ['a form without it', { method: 'POST', body: 'phone=201' }],
  ])('is not told for %s', async (_what, request) => {
    const { status, envelope } = await ask('sip/getSipPeer', request);
    expect(status).toBe(200);
    expect(envelope).toMatchObject({
      result: false,
      data: [],
      messages: { error: ['Empty peer value in POST/GET data'] },
    });
  });

  test('takes a number for a name', async () => {
    const { envelope } = await ask('sip/getSipPeer', { method: 'POST', body: '{"peer":201}' });
    expect(envelope.result).toBe(true);
  });

  test('falls back to the browser phone of the same name', async () => {
    const twin = `${username.slice(0, 10)}-tw`;
    await alice.post('/native/v1/endpoints', { username: `${twin}-WS`, secret });
    const browser = await startRegistered(alice, {
      domain: 'demo.invalid',
      username: `${twin}-WS`,
      secret,
    });
    const { envelope } = await ask(`sip/getSipPeer?peer=${twin}`);
    expect(envelope.data).toMatchObject({ AOR: `${twin}-WS`, state: 'OK' });
    await browser.stop();
  });

  test('of a phone and its browser twin are one row', async () => {
    const name = unique('twin').slice(0, 12);
    for (const end of ['', '-WS'])
      await alice.post('/native/v1/endpoints', { username: `${name}${end}`, secret });
    const browser = await startRegistered(alice, {
      domain: 'demo.invalid',
      username: `${name}-WS`,
      secret,
    });
    const rows = (await ask('sip/getPeersStatuses')).envelope.data as { id: string }[];
    expect(rows.filter(({ id }) => id.startsWith(name))).toEqual([{ id: name, state: 'OK' }]);
    const { envelope } = await ask(`sip/getSipPeer?peer=${name}`);
    expect(envelope.data).toMatchObject({ AOR: `${name}-WS`, state: 'OK' });
    await browser.stop();
  });

  test('changes when a phone goes', async () => {
    await phone.stop();
    await eventually(async () => (await stateOf(username)) === 'UNKNOWN');
  });
});

describe('the state of the trunks', () => {
  test('shows those that register, those that do not, and those that are switched off', async () => {
    const trunk = (fields: object) =>
      alice.post<{ id: string; serial: number }>('/native/v1/trunks', {
        name: 'Größe a/b',
        host: '127.0.0.1',
        port: 9,
        ...fields,
      });
    const registering = await trunk({ kind: 'register', username: '316', secret: 'secret' });
    const fixed = await trunk({ kind: 'ip' });
    const off = await trunk({ kind: 'register', username: '317', secret: 'x', enabled: false });
    const { envelope } = await ask('sip/getRegistry');
    const rows = envelope.data as { id: string; state: string }[];
    const row = ({ serial }: { serial: number }) => rows.find(({ id }) => id === `SIP-${serial}`);
    expect(row(registering)).toEqual({
      id: `SIP-${registering.serial}`,
      state: expect.stringMatching(/^(?:UNREGISTERED|REJECTED)$/),
      username: '316',
      host: '127.0.0.1',
    });
    expect(row(fixed)).toMatchObject({ state: expect.stringMatching(/^(?:OK|UNKNOWN)$/) });
    expect(row(off)).toMatchObject({ state: 'OFF', username: '317' });
    for (const { id } of [registering, fixed, off]) await alice.delete(`/native/v1/trunks/${id}`);
    expect((await ask('sip/getRegistry')).envelope.data).toEqual([]);
    expect((await ask('iax/getRegistry')).envelope.data).toEqual([]);
  });
});
