import { describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { freshAddress, raw } from '../support/raw.ts';
import { api, basic, bearer } from '../support/server.ts';
import { newTenant, type Token, unique } from '../support/tenant.ts';
import { operations, pathOf } from './contract.ts';

const tenant = await newTenant();
const { admin } = tenant;
await tenant.device(admin, '201');

const whoAmI = '/v2/authorization/userinfo';

const scopes = [...new Set(operations.flatMap((operation) => operation.scopes))];
const tokens = new Map<string, Token>();
for (const scope of [...scopes, 'balance:read']) {
  tokens.set(scope, await tenant.token(admin, [scope]));
}
const tokenFor = (scope: string): Token => {
  const token = tokens.get(scope);
  if (!token) throw new Error(`there is no token for ${scope}`);
  return token;
};

/** Tries with a name or secret that is wrong, from an address of its own. */
const status = async (authorization: string): Promise<number> =>
  (await raw('GET', whoAmI, { headers: { authorization }, from: freshAddress() })).status;

describe('a personal access token', () => {
  test('has an id and a secret of the form that clients know', () => {
    const { name, secret } = tokenFor('all');
    expect(name).toMatch(/^token-[A-Za-z0-9]{6}$/);
    expect(secret).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('signs in as id and secret, and as bearer', async () => {
    const { name, secret } = tokenFor('all');
    expect(await status(basic(name, secret))).toBe(200);
    expect(await status(basic(name.toUpperCase(), secret))).toBe(200);
    expect(await status(bearer(secret))).toBe(200);
  });

  test('is nothing without its own id', async () => {
    expect(await status(basic(tokenFor('all').name, tokenFor('rtcm:read').secret))).toBe(401);
    expect(await status(basic(admin.login, tokenFor('all').secret))).toBe(401);
    expect(await status(bearer(tokenFor('all').name))).toBe(401);
  });

  test('opens nothing that its owner may not see', async () => {
    const member = await tenant.member();
    const token = await tenant.token(member, 'all');
    expect((await token.api.send('GET', `/v2/w${member.serial}/devices`)).status).toBe(200);
    expect((await token.api.send('GET', '/v2/w0/devices')).status).toBe(403);
  });

  test('ends with its owner', async () => {
    const member = await tenant.member();
    const token = await tenant.token(member, 'all');
    expect((await token.api.send('GET', whoAmI)).status).toBe(200);
    await admin.api.delete(`/native/v1/users/${member.id}`);
    await eventually(async () => (await status(bearer(token.secret))) === 401);
  });
});

describe.each(
  operations
    .filter((operation) => operation.scopes.length > 0)
    .map((operation) => [`${operation.method} ${operation.path}`, operation] as const),
)('%s', (_name, operation) => {
  const body = operation.body.length > 0 ? {} : undefined;

  test.each(operation.scopes)('is open to a token with the scope %s', async (scope) => {
    const path = pathOf(operation);
    const answer = await tokenFor(scope).api.send(operation.method, path, { body });
    expect([401, 403]).not.toContain(answer.status);
  });

  test('names the scopes to a token that has none of them', async () => {
    const path = pathOf(operation);
    const answer = await tokenFor('balance:read').api.send(operation.method, path, { body });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ name: 'FORBIDDEN' });
    for (const scope of operation.scopes) expect(answer.text).toContain(scope);
  });
});

describe('a name with its password', () => {
  test('may be the login or the e-mail address, in small or capital letters', async () => {
    for (const name of [admin.login, admin.email, admin.login.toUpperCase()])
      expect(await status(basic(name, admin.password))).toBe(200);
  });

  test('is refused alike whether the name or the password is wrong', async () => {
    const wrong = [
      basic(admin.login, 'wrong'),
      basic(unique('nobody'), admin.password),
      basic(admin.login, ''),
      basic('', admin.password),
    ];
    const answers = await Promise.all(
      wrong.map((authorization) =>
        raw('GET', whoAmI, { headers: { authorization }, from: freshAddress() }),
      ),
    );
    for (const { status: answered, text } of answers)
      expect([answered, text]).toEqual([401, answers[0]?.text]);
  });

  test.each([
    ['nothing after the scheme', 'Basic'],
    ['no colon', `Basic ${Buffer.from('nobody').toString('base64')}`],
    ['what is no base64', 'Basic §§§'],
    ['an unknown scheme', 'Digest username="alice"'],
    ['a name with U+0000', `Basic ${Buffer.from('ali\0ce:secret').toString('base64')}`],
    ['ten thousand characters', `Basic ${'QUJD'.repeat(2_500)}`],
  ])('is refused if the header holds %s', async (_what, authorization) => {
    expect(await status(encodeURI(authorization).replaceAll('%20', ' '))).toBe(401);
  });

  test('that changed no longer signs in with the old one', async () => {
    const member = await tenant.member();
    expect((await member.api.send('GET', whoAmI)).status).toBe(200);
    await admin.api.patch(`/native/v1/users/${member.id}`, { password: 'battery staple' });
    await eventually(async () => (await status(member.authorization)) === 401);
    const renewed = api(basic(member.email, 'battery staple'));
    expect((await renewed.send('GET', whoAmI)).status).toBe(200);
  });

  test('is not tried any more after ten failures from the same address', async () => {
    const from = freshAddress();
    const [guessed, other] = [unique('guess'), unique('guess')];
    const attempt = (name: string, secret: string) =>
      raw('GET', whoAmI, { headers: { authorization: basic(name, secret) }, from });
    for (let failures = 0; failures < 10; failures += 1)
      expect((await attempt(guessed, 'wrong')).status).toBe(401);
    const refused = await attempt(guessed, 'wrong');
    expect(refused.status).toBe(429);
    expect((await attempt(other, 'wrong')).status).toBe(401);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.json).toMatchObject({ name: 'RATE_LIMIT_EXCEEDED' });
  });
});
