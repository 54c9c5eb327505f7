import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkAnswer, type DialectName } from './support/openapi.ts';
import { freshAddress, type RawAnswer, type RawRequest, raw } from './support/raw.ts';
import { printed, server } from './support/server.ts';
import { newTenant } from './support/tenant.ts';

const tenant = await newTenant();
const { admin } = tenant;
await tenant.device(admin, '201');

/** Stands in every body here, so that it can be looked for in the log. */
const marker = randomBytes(12).toString('hex');

interface Target {
  readonly dialect: DialectName;
  /** Where something is written, and what is wanted there. */
  readonly write: string;
  readonly good: Readonly<Record<string, unknown>>;
  readonly read: string;
  readonly headers: Readonly<Record<string, string>>;
}

const authorization = { authorization: admin.authorization };
const sipgate: Target = {
  dialect: 'sipgate',
  write: '/v2/sessions/calls',
  good: { caller: 'e0', callee: '202' },
  read: '/v2/users',
  headers: authorization,
};
const native: Target = {
  dialect: 'native',
  write: '/native/v1/endpoints',
  good: { username: 'never-made', secret: 'a-secret-of-sip' },
  read: '/native/v1/users',
  headers: authorization,
};
const mikopbx: Target = {
  dialect: 'mikopbx',
  write: '/pbxcore/api/sip/getSipPeer',
  good: { peer: 'nobody' },
  read: '/pbxcore/api/sip/getRegistry',
  headers: {},
};
const all = [sipgate, native, mikopbx].map((target) => [target.dialect, target] as const);
const strict = [sipgate, native].map((target) => [target.dialect, target] as const);

/** Everything that the account has. */
async function state(): Promise<unknown> {
  const paths = ['users', 'endpoints', 'numbers', 'trunks', 'calls', 'cdrs'];
  return Promise.all([
    admin.api.get(`/native/v1/accounts/${tenant.id}`),
    ...paths.map((path) => admin.api.get(`/native/v1/${path}`)),
  ]);
}
let before: unknown;
beforeAll(async () => {
  before = await state();
});
afterAll(async () => {
  expect(await state()).toEqual(before);
  const log = await printed();
  expect(log).not.toContain(marker);
  expect(log).not.toContain('because of a bug');
});

/** A clear refusal in the words of the dialect; its form is checked with every answer. */
function expectRefused(answer: RawAnswer, status: number | readonly number[]): void {
  expect([status].flat()).toContain(answer.status);
  expect(answer.text.length).toBeLessThan(2_000);
}

const post = (target: Target, body: string | Buffer, { headers = {}, ...more }: RawRequest = {}) =>
  raw('POST', target.write, {
    ...more,
    body,
    headers: { 'content-type': 'application/json', ...target.headers, ...headers },
  });

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe.each(strict)('%s refuses a body', (_dialect, target) => {
  const [field = ''] = Object.keys(target.good);
  const asJson = (change: object) => JSON.stringify({ ...target.good, [marker]: 1, ...change });

  test.each([
    ['is cut off', `{"${marker}":`],
    ['is no JSON', `${marker}`],
    ['has a comma too many', `{"${marker}":1,}`],
    ['has two values', `{"${marker}":1}{}`],
    ['has a comment', `{/* ${marker} */}`],
    ['names a prototype', `{"__proto__":{"admin":true,"${marker}":1}}`],
    ['names a prototype in a field', `{"${marker}":{"__proto__":{"admin":true}}}`],
    ['names a prototype in disguise', `{"\\u005f_proto__":{"${marker}":1}}`],
    ['names a constructor', `{"constructor":{"prototype":{"${marker}":1}}}`],
    ['has a number that is none', `{"${marker}":NaN}`],
    ['is a hundred thousand lists', nested(100_000)],
    ['is lists without an end', '['.repeat(500_000)],
    ['is a list', `["${marker}"]`],
    ['is a text', `"${marker}"`],
    ['is a number', '1e999'],
    ['is null', 'null'],
    ['is nothing', ''],
    ['is blank', ' \r\n\t'],
    ['has half of a character', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a])],
    ['is packed', gzipSync(`{"${marker}":1}`)],
    ['is UTF-16', Buffer.from(`{"${marker}":1}`, 'utf16le')],
  ])('that %s', async (_what, body) => {
    expectRefused(await post(target, body), 400);
  });

  test.each([
    ['a number', 7],
    ['an absurd number', 1e308],
    ['a list', [marker]],
    ['an object', { toString: marker }],
    ['true', true],
    ['null', null],
    ['U+0000', `a\0${marker}`],
    ['a line break', `a\r\nX-Injected: ${marker}`],
    ['text that turns around', `\u202e${marker}`],
    ['a quote and a semicolon', `'; drop table users; -- ${marker}`],
    ['a path', `../../../${marker}`],
    ['a thousand lists', JSON.parse(nested(1_000))],
    ['a hundred thousand characters', 'x'.repeat(100_000)],
  ])('whose first field is %s', async (_what, value) => {
    expectRefused(await post(target, asJson({ [field]: value })), 400);
  });

  test.each([1_100_000, 10_000_000])('of %d bytes, and reads it no further', async (size) => {
    for (let attempt = 0; attempt < 3; attempt += 1)
      expectRefused(await post(target, asJson({ [field]: marker.padEnd(size, 'x') })), 413);
  });

  test('that is too large without saying so before', async () => {
    const answer = await raw('POST', target.write, {
      body: asJson({ [field]: marker.padEnd(1_100_000, 'x') }),
      headers: {
        'content-type': 'application/json',
        'transfer-encoding': 'chunked',
        ...target.headers,
      },
    });
    expectRefused(answer, 413);
  });

  test.each([
    'text/plain',
    'text/plain; charset=utf-8',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'image/png',
    'json',
    '!!!',
    '',
  ])('of the type %j', async (contentType) => {
    const headers = { 'content-type': contentType };
    expectRefused(await post(target, asJson({}), { headers }), 415);
  });

  test('of no type', async () => {
    const answer = await raw('POST', target.write, { body: asJson({}), headers: target.headers });
    expectRefused(answer, 415);
  });
});

describe('sipgate, where fields that nobody knows do no harm,', () => {
  test.each([
    ['a hundred thousand lists', `{"caller":"e0","callee":"202","more":${nested(100_000)}}`],
    ['ten thousand fields', JSON.stringify({ ...sipgate.good, ...Array.from({ length: 10_000 }) })],
    ['the same field twice', '{"caller":"x","caller":"e0","callee":"202"}'],
  ])('takes %s in them', async (_what, body) => {
    expectRefused(await post(sipgate, body), [400, 409]);
  });
});

describe('MikoPBX, which reads whatever it gets,', () => {
  test.each([
    ['JSON that is cut off', `{"${marker}":`, 400],
    ['a list that is cut off', `[${marker}`, 400],
    ['a hundred thousand lists', nested(100_000), 400],
    ['more than a megabyte', marker.padEnd(1_100_000, 'x'), 413],
    ['ten megabytes', marker.padEnd(10_000_000, 'x'), 413],
  ])('refuses %s', async (_what, body, status) => {
    expectRefused(await post(mikopbx, body), status);
  });

  test.each([
    ['a prototype', `{"__proto__":{"peer":"201"}}`],
    ['a list', `["201","${marker}"]`],
    ['a text', `"${marker}"`],
    ['null', 'null'],
    ['lists as phone', `{"peer":${nested(100)}}`],
    ['something else under the type of XML', `<peer>${marker}</peer>`],
  ])('finds no phone in %s', async (_what, body) => {
    const answer = await post(mikopbx, body);
    expect([answer.status, (answer.json as { result: boolean }).result]).toEqual([200, false]);
  });

  test('finds no password in what is none', async () => {
    for (const body of ['', `{"login":["admin"],"password":{"${marker}":1}}`, 'login[]=admin']) {
      const answer = await raw('POST', '/admin-cabinet/session/start', {
        body,
        from: freshAddress(),
        headers: { 'x-requested-with': 'XMLHttpRequest' },
      });
      expect(answer.json).toMatchObject({ success: false });
    }
  });
});

describe.each(all)('%s', (_dialect, target) => {
  const headers = target.headers;

  test('answers HEAD with the headers of GET and without a body', async () => {
    const [head, get] = [
      await raw('HEAD', target.read, { headers }),
      await raw('GET', target.read, { headers }),
    ];
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers['content-type']).toBe(get.headers['content-type']);
  });

  test.each(['OPTIONS', 'TRACE', 'PROPFIND', 'LOCK', 'DELETE', 'PUT'])(
    'says which methods there are instead of %s',
    async (method) => {
      const answer = await raw(method, target.read, { headers: { ...headers, 'x-echo': marker } });
      expectRefused(answer, 405);
      expect(answer.headers.allow).toContain('GET');
      expect(answer.text).not.toContain(marker);
    },
  );

  const start = target.read.split('/').slice(0, -1).join('/');
  test.each([
    ['/%zz', 400],
    ['/%', 400],
    ['/%E0%A4%A', 400],
    ['/%00', [200, 400, 404]],
    ['/..%2f..%2f..%2fetc%2fpasswd', [200, 404]],
    ['/..%5c..%5cwindows', [200, 404]],
    ['/%2e%2e%2f%2e%2e', [200, 404]],
    ['/%252e%252e', [200, 404]],
    ['/../../../../etc/passwd', 404],
    ['/%E2%80%AE', [200, 404]],
    ['/%F0%9F%8E%89', [200, 404]],
    ['//nowhere', 404],
    ['/nowhere;x=1/y', 404],
    ['/nowhere?a=%zz&b=%', [200, 404]],
    ['/nowhere?__proto__[x]=1&constructor=2', [200, 404]],
    ['/nowhere#x', [200, 404]],
  ] as const)('finds nothing at …%s', async (path, status) => {
    const answer = await raw('GET', start + path, { headers });
    expectRefused(answer, status);
    expect(answer.text).not.toContain('root:');
    if (answer.status === 200) expect(answer.json).toMatchObject({ result: false });
  });

  test('finds nothing under a part of the path that is too long', async () => {
    expectRefused(await raw('GET', `${start}/${'x'.repeat(600)}`, { headers }), [404, 414]);
  });

  test('takes addresses up to some length, and says where the end is', async () => {
    const long = (length: number) => `${target.read}?x=${'y'.repeat(length)}`;
    expect((await raw('GET', long(8_000), { headers })).status).toBe(200);
    expectRefused(await raw('GET', long(20_000), { headers }), 431);
  });

  test('takes no header without an end', async () => {
    const answer = await raw('GET', target.read, {
      headers: { ...headers, 'x-more': marker.padEnd(20_000, 'x') },
    });
    expectRefused(answer, 431);
  });

  test('reads headers that come twice once', async () => {
    const twice = ['application/json', 'text/plain'];
    const answer = await raw('POST', target.write, {
      body: JSON.stringify({ ...target.good, [Object.keys(target.good)[0] ?? '']: 7 }),
      headers: { ...headers, 'content-type': twice, 'x-requested-with': ['a', 'b'] },
    });
    expect(answer.status).toBeLessThan(500);
    const other = target.headers.authorization ? [target.headers.authorization, 'Basic eDp5'] : [];
    const signedIn = await raw('GET', target.read, {
      headers: { ...headers, ...(other.length > 0 && { authorization: other }) },
    });
    expect(signedIn.status).toBe(200);
  });

  test('takes no credential out of the address', async () => {
    const query = '?authorization=x&access_token=y&token=z';
    const from = freshAddress();
    const answer = await raw('GET', target.read + query, {
      from,
      headers: { 'x-forwarded-for': '192.0.2.7' },
    });
    expectRefused(answer, 401);
  });
});

/** Sends bytes as they are; resolves with everything that came back. */
const speak = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('utf8');
    });
    socket.on('end', () => resolve(answer));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });

describe.each(all)('what is no HTTP, on its way to %s,', (_dialect, target) => {
  const line = `GET ${target.read} HTTP/1.1\r\nHost: localhost\r\n`;

  test.each([
    ['has two lengths', `${line}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, 400],
    ['has two ways to end', `${line}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na`, 400],
    ['has a length that is none', `${line}Content-Length: -1\r\n\r\n`, 400],
    ['has a header without a name', `${line}: ${marker}\r\n\r\n`, 400],
    ['has U+0000 in a header', `${line}X-A: a\0${marker}\r\n\r\n`, 400],
    ['has headers without an end', `${line}X-A: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['has a thousand headers and more', `${line}${'X-A: 1\r\n'.repeat(3_000)}\r\n`, 431],
  ])('%s', async (_what, text, status) => {
    const answer = await speak(text);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head.toLowerCase()).toContain('connection: close');
    await checkAnswer(server.url, {
      method: 'GET',
      path: target.read,
      status,
      contentType: /content-type: (.*)/.exec(head)?.[1],
      text: body,
    });
  });
});

describe('what has no path at all', () => {
  test.each(['GARBAGE\r\n\r\n', '\x16\x03\x01\x02\x00\x01\x00', 'GET\r\n\r\n'])(
    'is refused: %j',
    async (text) => {
      const answer = await speak(text);
      expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
      expect(answer).toContain('request.bad_head');
    },
  );
});
