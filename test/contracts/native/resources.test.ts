import { describe, expect, test } from 'vitest';
import type { Api } from '../../support/api.ts';
import { operator, stranger } from '../support/server.ts';
import { newTenant, operatorFor, type Tenant, unique } from '../support/tenant.ts';

const tenant = await newTenant();
const elsewhere = await newTenant();
const member = await tenant.member();

interface Thing {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** A kind of thing: how one is made, how it is changed, and what a plain user may do with it. */
interface Kind {
  readonly path: string;
  readonly make: () => object;
  readonly shown: (made: object) => object;
  readonly change: object;
  readonly changed: object;
  readonly usersMayRead: boolean;
  /** Statuses that a plain user gets for making, changing and removing. */
  readonly forUsers: readonly [number, number, number];
}

/** A thing without what changes by itself: whether a provider answers. */
const lasting = ({ state: _, ...fields }: Thing): object => fields;

const newNumber = () => `+49221${String(Math.random()).slice(2, 9)}`;

const kinds: readonly Kind[] = [
  {
    path: 'users',
    make: () => {
      const login = unique('someone');
      return {
        email: `${login}@${tenant.domain}`,
        login,
        firstName: 'Zoë',
        lastName: 'Þórsdóttir',
        password: 'correct horse',
      };
    },
    shown: (made) => {
      const { password: _, ...fields } = made as { password: string };
      return { ...fields, admin: false, extension: null, timeZone: null, busyOnBusy: false };
    },
    change: { firstName: 'Ida', extension: '4711', timeZone: 'Asia/Tokyo', busyOnBusy: true },
    changed: { firstName: 'Ida', extension: '4711', timeZone: 'Asia/Tokyo', busyOnBusy: true },
    usersMayRead: true,
    forUsers: [403, 403, 403],
  },
  {
    path: 'endpoints',
    make: () => ({ username: unique('phone'), secret: 'a-secret-of-sip', alias: 'Desk' }),
    shown: (made) => {
      const { secret: _, ...fields } = made as { secret: string };
      return { ...fields, userId: null, maxContacts: 5, online: false, contacts: [] };
    },
    change: { alias: 'Workshop', maxContacts: 2 },
    changed: { alias: 'Workshop', maxContacts: 2 },
    usersMayRead: true,
    forUsers: [403, 403, 403],
  },
  {
    path: 'numbers',
    make: () => ({ e164: newNumber(), target: { kind: 'none' } }),
    shown: (made) => made,
    change: { target: { kind: 'dial', dialled: '201' } },
    changed: { target: { kind: 'dial', dialled: '201' } },
    usersMayRead: true,
    forUsers: [403, 403, 403],
  },
  {
    path: 'trunks',
    make: () => ({
      name: 'Provider',
      kind: 'register',
      host: '127.0.0.1',
      username: 'someone',
      secret: 'a-secret',
      prefixes: ['+49'],
    }),
    shown: (made) => {
      const { secret: _, ...fields } = made as { secret: string };
      return { ...fields, port: 5060, transport: 'udp', hasSecret: true, priority: 0 };
    },
    change: { name: 'Other provider', enabled: false, inboundAddresses: ['192.0.2.0/24'] },
    changed: { name: 'Other provider', enabled: false, inboundAddresses: ['192.0.2.0/24'] },
    usersMayRead: false,
    forUsers: [403, 403, 403],
  },
];

const list = async (through: Api, path: string): Promise<readonly string[]> =>
  (await through.get<{ items: Thing[] }>(`/native/v1/${path}?limit=1000`)).items.map(
    ({ id }) => id,
  );

describe.each(kinds.map((kind) => [kind.path, kind] as const))('%s', (_name, kind) => {
  const { path, make, shown, change, changed, usersMayRead, forUsers } = kind;
  const all = `/native/v1/${path}`;
  const one = ({ id }: Thing) => `${all}/${id}`;
  const made = (through = tenant.admin.api): Promise<Thing> => through.post<Thing>(all, make());
  const status = async (through: Api, method: string, url: string, body?: object) =>
    (await through.send(method, url, { body })).status;

  test('are made, read, changed and removed by an administrator of the account', async () => {
    const { api } = tenant.admin;
    const body = make();
    const answer = await api.send<Thing>('POST', all, { body });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject(shown(body));
    expect(answer.text).not.toContain('secret-');
    expect(await api.get(one(answer.body))).toMatchObject(shown(body));
    expect(await list(api, path)).toContain(answer.body.id);
    expect(await api.patch(one(answer.body), change)).toMatchObject({
      ...shown(body),
      ...changed,
    });
    expect(await api.get(one(answer.body))).toMatchObject(changed);
    const gone = await api.send('DELETE', one(answer.body));
    expect([gone.status, gone.text]).toEqual([204, '']);
    for (const method of ['GET', 'DELETE'])
      expect(await status(api, method, one(answer.body))).toBe(404);
    expect(await status(api, 'PATCH', one(answer.body), change)).toBe(404);
  });

  test('are made, read, changed and removed by the operator who names the account', async () => {
    const thing = await made(tenant.operator);
    expect(await list(tenant.admin.api, path)).toContain(thing.id);
    expect(await tenant.operator.patch(one(thing), change)).toMatchObject(changed);
    expect(await status(operator, 'GET', one(thing))).toBe(404);
    expect(await status(tenant.operator, 'DELETE', one(thing))).toBe(204);
  });

  test('of others are not there, like those that nobody has', async () => {
    const thing = await made();
    const nobodys = { id: '00000000-0000-1000-8000-000000000000' };
    const { api } = elsewhere.admin;
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const [theirs, none] = await Promise.all(
        [thing, nobodys].map((which) =>
          api.send<Thing>(method, one(which), method === 'PATCH' ? { body: change } : {}),
        ),
      );
      expect([theirs?.status, none?.status]).toEqual([404, 404]);
      expect(theirs?.body.code).toBe(none?.body.code);
    }
    expect(await list(api, path)).not.toContain(thing.id);
    expect(await tenant.admin.api.get(one(thing))).toMatchObject(lasting(thing));
  });

  test('are not managed by people who are no administrators', async () => {
    const thing = await made();
    const { api } = member;
    expect(await status(api, 'GET', all)).toBe(usersMayRead ? 200 : 403);
    expect(await status(api, 'GET', one(thing))).toBe(usersMayRead ? 200 : 403);
    expect([
      await status(api, 'POST', all, make()),
      await status(api, 'PATCH', one(thing), change),
      await status(api, 'DELETE', one(thing)),
    ]).toEqual(forUsers);
    expect(await tenant.admin.api.get(one(thing))).toMatchObject(lasting(thing));
  });

  test('are nothing for strangers', async () => {
    const answer = await stranger.send('GET', all);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
  });

  test.each(['not-an-id', '1', '%00', '..%2f..', 'x'.repeat(64)])(
    'are not under the id %s',
    async (id) => {
      const answer = await tenant.admin.api.send('GET', `${all}/${id}`);
      expect([400, 404]).toContain(answer.status);
    },
  );

  test('take no field that nobody knows, and no body that is empty', async () => {
    const { api } = tenant.admin;
    const before = await list(api, path);
    const answer = await api.send('POST', all, { body: { ...make(), misspelt: 1 } });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('misspelt');
    expect(await status(api, 'POST', all, {})).toBe(400);
    expect(await status(api, 'POST', all)).toBe(400);
    expect(await list(api, path)).toEqual(before);
  });

  test('may be changed under the type of merge patches too', async () => {
    const thing = await made();
    const answer = await tenant.admin.api.send<Thing>('PATCH', one(thing), {
      body: change,
      headers: { 'content-type': 'application/merge-patch+json; charset=utf-8' },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject(changed);
  });

  test.each(['application/xml', 'application/jsonx', 'application/x+json2', 'text/plain'])(
    'are not made under the type %s',
    async (type) => {
      const headers = { 'content-type': type };
      const body = JSON.stringify(make());
      const answer = await tenant.admin.api.send('POST', all, { body, headers });
      expect(answer.status).toBe(415);
    },
  );

  test('stay what they are after a change of nothing', async () => {
    const thing = await made();
    expect(await tenant.admin.api.patch(one(thing), {})).toMatchObject(lasting(thing));
  });

  test('come in pages that miss nothing and repeat nothing', async () => {
    const own = await newTenant();
    const { api } = own.admin;
    for (let count = 0; count < 5; count += 1) await made(api);
    const whole = await list(api, path);
    const seen: string[] = [];
    let after = '';
    let pages = 0;
    do {
      const page = await api.get<{ items: Thing[]; next: string | null }>(
        `${all}?limit=2${after && `&after=${encodeURIComponent(after)}`}`,
      );
      seen.push(...page.items.map(({ id }) => id));
      after = page.next ?? '';
      pages += 1;
    } while (after);
    expect(seen).toEqual(whole);
    expect(pages).toBe(Math.ceil(whole.length / 2));
  });

  test.each(['x', 'e30', '%00', '-1', 'undefined', 'x'.repeat(300)])(
    'have no page after %s',
    async (after) => {
      if (!usersMayRead) return;
      const answer = await member.api.send('GET', `${all}?after=${after}`);
      expect(answer.status).toBe(400);
    },
  );

  test.each(['0', '1001', '-1', 'many', '1.5', ''])('have no page of %s', async (limit) => {
    expect(await status(tenant.admin.api, 'GET', `${all}?limit=${limit}`)).toBe(400);
  });
});

describe('who may do a thing is asked at the door, before anything of the request is read', () => {
  const account = `/native/v1/accounts/${tenant.id}`;
  const one = '00000000-0000-1000-8000-000000000000';

  test.each([
    ['GET', '/native/v1/accounts?limit=nonsense'],
    ['POST', '/native/v1/accounts'],
    ['DELETE', account],
  ])('%s %s is for the operator', async (method, path) => {
    const body = method === 'POST' ? { misspelt: 1 } : undefined;
    const answer = await tenant.admin.api.send<{ detail: string }>(method, path, { body });
    expect(answer.status).toBe(403);
    expect(answer.body.detail).toContain('operator');
  });

  test.each([
    ['POST', '/native/v1/users'],
    ['DELETE', `/native/v1/users/${one}`],
    ['POST', '/native/v1/endpoints'],
    ['DELETE', `/native/v1/endpoints/${one}`],
    ['GET', account],
  ])('%s %s is for administrators', async (method, path) => {
    const body = method === 'POST' ? { misspelt: 1 } : undefined;
    const answer = await member.api.send<{ detail: string }>(method, path, { body });
    expect(answer.status).toBe(403);
    expect(answer.body.detail).toContain('administrator');
  });
});

describe('accounts', () => {
  const fields = () => ({ name: 'New account', sipDomain: `${unique('new')}.example` });

  test('are made, listed, changed and removed by the operator', async () => {
    const body = fields();
    const made = await operator.send<Thing>('POST', '/native/v1/accounts', { body });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      ...body,
      country: 'DE',
      timeZone: 'Europe/Berlin',
      language: 'en',
      isDefault: false,
      isDemo: false,
    });
    const path = `/native/v1/accounts/${made.body.id}`;
    expect(await list(operator, 'accounts')).toContain(made.body.id);
    expect(await operator.patch(path, { country: 'AT', areaCode: '1' })).toMatchObject({
      ...body,
      country: 'AT',
      areaCode: '1',
    });
    expect((await operator.send('DELETE', path)).status).toBe(204);
    expect((await operator.send('GET', path)).status).toBe(404);
    const acting = operatorFor(made.body.id);
    expect((await acting.send('GET', '/native/v1/users')).status).toBe(404);
  });

  test('are seen and changed by their own administrators only', async () => {
    const path = `/native/v1/accounts/${tenant.id}`;
    expect(await tenant.admin.api.get(path)).toMatchObject({ id: tenant.id });
    expect(await tenant.admin.api.patch(path, { language: 'de' })).toMatchObject({
      language: 'de',
    });
    for (const { api } of [member]) {
      expect((await api.send('GET', path)).status).toBe(403);
      expect((await api.send('PATCH', path, { body: { language: 'fr' } })).status).toBe(403);
    }
    const foreign = elsewhere.admin.api;
    expect((await foreign.send('GET', path)).status).toBe(404);
    expect((await foreign.send('PATCH', path, { body: { language: 'fr' } })).status).toBe(404);
    expect(await tenant.admin.api.get(path)).toMatchObject({ language: 'de' });
  });

  test('are not listed, made or removed by those who belong to one', async () => {
    const { api } = tenant.admin;
    expect((await api.send('GET', '/native/v1/accounts')).status).toBe(403);
    expect((await api.send('POST', '/native/v1/accounts', { body: fields() })).status).toBe(403);
    expect((await api.send('DELETE', `/native/v1/accounts/${tenant.id}`)).status).toBe(403);
    expect((await api.send('DELETE', `/native/v1/accounts/${elsewhere.id}`)).status).toBe(403);
  });

  test('have SIP domains of their own', async () => {
    const body = { ...fields(), sipDomain: tenant.domain };
    const answer = await operator.send<Thing>('POST', '/native/v1/accounts', { body });
    expect(answer.status).toBe(409);
    expect(answer.body.code).toBe('account.taken');
  });

  test.each([
    { sipDomain: 'Not A Domain' },
    { sipDomain: 'a..b' },
    { sipDomain: 'a.example\r\n' },
    { name: '\u202e\u0007' },
    { country: 'de' },
    { timeZone: 'Mars/Olympus' },
    { language: 'English' },
    { maxConcurrentCalls: -1 },
    { maxConcurrentCalls: 1e9 },
    { areaCode: 'x' },
  ])('cannot have %j', async (wrong) => {
    const body = { ...fields(), ...wrong };
    const answer = await operator.send('POST', '/native/v1/accounts', { body });
    expect(answer.status).toBe(400);
  });

  test('cannot be acted for if they are none', async () => {
    for (const [id, status] of [
      ['nonsense', 400],
      ['00000000-0000-1000-8000-000000000000', 404],
    ] as const) {
      const acting = operatorFor(id);
      expect((await acting.send('GET', '/native/v1/users')).status).toBe(status);
      const body = { name: 'T', kind: 'ip', host: '192.0.2.1' };
      expect((await acting.send('POST', '/native/v1/trunks', { body })).status).toBe(status);
    }
  });

  test('cannot be acted for by those who are no operators', async () => {
    const headers = { 'polyvox-account': elsewhere.id };
    const answer = await tenant.admin.api.send<{ items: Thing[] }>('GET', '/native/v1/users', {
      headers,
    });
    expect(answer.body.items.map(({ id }) => id)).toContain(tenant.admin.id);
  });

  test('that are the default one stay', async () => {
    const { items } = await operator.get<{ items: Thing[] }>('/native/v1/accounts?limit=1000');
    const standard = items.find(({ isDefault }) => isDefault);
    const answer = await operator.send('DELETE', `/native/v1/accounts/${standard?.id}`);
    expect(answer.status).toBe(400);
  });
});

describe('what belongs together', () => {
  test('a device belongs to somebody of its own account', async () => {
    const body = { username: unique('phone'), secret: 'a-secret-of-sip' };
    const { api } = tenant.admin;
    for (const userId of [elsewhere.admin.id, '00000000-0000-1000-8000-000000000000']) {
      const made = await api.send<Thing>('POST', '/native/v1/endpoints', {
        body: { ...body, userId },
      });
      expect([made.status, made.body.code]).toEqual([404, 'user.not_found']);
    }
    const made = await api.post<Thing>('/native/v1/endpoints', { ...body, userId: member.id });
    const path = `/native/v1/endpoints/${made.id}`;
    const stolen = await api.send('PATCH', path, { body: { userId: elsewhere.admin.id } });
    expect(stolen.status).toBe(404);
    expect(await api.get(path)).toMatchObject({ userId: member.id });
    expect(await api.patch(path, { userId: null })).toMatchObject({ userId: null });
  });

  test('a number leads to somebody of its own account', async () => {
    for (const userId of [elsewhere.admin.id, '00000000-0000-1000-8000-000000000000']) {
      const body = { e164: newNumber(), target: { kind: 'user', userId } };
      const answer = await tenant.admin.api.send('POST', '/native/v1/numbers', { body });
      expect(answer.status).toBe(400);
    }
  });

  test('names and numbers are taken once', async () => {
    const { api } = tenant.admin;
    const number = { e164: newNumber(), target: { kind: 'none' } };
    await api.post('/native/v1/numbers', number);
    const taken = await elsewhere.admin.api.send<Thing>('POST', '/native/v1/numbers', {
      body: number,
    });
    expect([taken.status, taken.body.code]).toEqual([409, 'number.taken']);
    const phone = { username: unique('phone'), secret: 'a-secret-of-sip' };
    await api.post('/native/v1/endpoints', phone);
    const again = await api.send<Thing>('POST', '/native/v1/endpoints', { body: phone });
    expect([again.status, again.body.code]).toEqual([409, 'endpoint.taken']);
    await elsewhere.admin.api.post('/native/v1/endpoints', phone);
    const person = kinds[0]?.make() as { login: string; email: string };
    await api.post('/native/v1/users', person);
    const namesake = { ...person, login: person.login.toUpperCase(), email: 'other@a.example' };
    const refused = await elsewhere.admin.api.send<Thing>('POST', '/native/v1/users', {
      body: namesake,
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'user.taken']);
  });

  test('a person changes their own name and password, and no right', async () => {
    const self = await tenant.member();
    const path = `/native/v1/users/${self.id}`;
    expect(await self.api.patch(path, { firstName: 'Renamed' })).toMatchObject({
      firstName: 'Renamed',
    });
    for (const body of [{ admin: true }, { extension: '999' }])
      expect((await self.api.send('PATCH', path, { body })).status).toBe(403);
    expect(await self.api.get(path)).toMatchObject({ admin: false, extension: null });
  });
});

const hostile: readonly (readonly [string, string, string])[] = [
  ['line breaks', 'Eve\r\nSet-Cookie: x=y', 'EveSet-Cookie: x=y'],
  ['characters that turn the text around', 'Eve\u202Eevil\u2066', 'Eveevil'],
  ['invisible characters', '\u200BEve\uFEFF', 'Eve'],
  ['half a character', 'Eve\uD800', 'Eve\uFFFD'],
  ['escape sequences', '\u001b[31mEve', '[31mEve'],
];

describe('a name', () => {
  const rename = async (through: Tenant, firstName: string) => {
    const path = `/native/v1/users/${through.admin.id}`;
    return through.admin.api.patch<Thing>(path, { firstName });
  };

  test.each(hostile)('is kept without %s', async (_what, sent, kept) => {
    expect(await rename(elsewhere, sent)).toMatchObject({ firstName: kept });
    const body = { username: unique('phone'), secret: 'a-secret-of-sip', alias: sent };
    const made = await elsewhere.admin.api.post<Thing>('/native/v1/endpoints', body);
    expect(made.alias).toBe(kept);
  });

  test('is kept as it is in any script', async () => {
    for (const name of ['Ελένη', '李雷', 'Ὀδυσσεύς', '🎉', 'עדי', "O'Brien; drop table"])
      expect(await rename(elsewhere, name)).toMatchObject({ firstName: name });
  });
});
