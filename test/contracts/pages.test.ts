import { describe, expect, test } from 'vitest';
import { dialectNames, documentOf } from './support/openapi.ts';
import { freshAddress, raw } from './support/raw.ts';
import { basic, bearer, server } from './support/server.ts';
import { newTenant } from './support/tenant.ts';

const fromOutside = { 'x-forwarded-for': '192.0.2.7' };
const page = (path: string, headers: Readonly<Record<string, string>> = fromOutside) =>
  raw('GET', path, { headers });

describe('a server that runs', () => {
  test('says that it is alive', async () => {
    const answer = await page('/healthz');
    expect([answer.status, answer.json]).toEqual([200, { status: 'ok' }]);
  });

  test('says that it is ready, and the state and version of each part', async () => {
    const answer = await page('/readyz');
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      ready: true,
      draining: false,
      parts: {
        database: { state: 'ready', version: expect.stringMatching(/^18\./) },
        engine: {
          state: 'ready',
          version: expect.stringMatching(/^22\./),
          source: expect.stringMatching(/^(variable|path|fetched)$/),
        },
      },
      warnings: expect.any(Array),
    });
  });

  test.each(['/healthz', '/readyz', '/docs', '/', '/openapi/native.json', '/nowhere'])(
    'lets no browser guess what %s is, and names the request',
    async (path) => {
      const { headers } = await page(path);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-request-id']).toMatch(/./);
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers.server).toBeUndefined();
    },
  );
});

describe('the measurements', () => {
  test('are told to programs on this machine', async () => {
    const answer = await page('/metrics', {});
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const name of ['calls', 'legs', 'contacts', 'http_request_seconds_count'])
      expect(answer.text).toMatch(new RegExp(`^polyvox_${name}[ {]`, 'm'));
  });

  test('count requests by route, and hold nothing that clients sent', async () => {
    await page('/v2/users/w4711?secret=hunter2');
    const { text } = await page('/metrics', {});
    expect(text).toContain('route="/v2/users/:userId"');
    expect(text).not.toContain('w4711');
    expect(text).not.toContain('hunter2');
  });

  test('are told to the operator from outside, and to nobody else', async () => {
    const { admin, token } = await newTenant();
    const mine = await token(admin, 'all');
    const status = async (authorization?: string) =>
      (
        await raw('GET', '/metrics', {
          headers: { ...fromOutside, ...(authorization && { authorization }) },
          from: freshAddress(),
        })
      ).status;
    expect(await status(bearer(server.adminToken))).toBe(200);
    expect(await status()).toBe(403);
    expect(await status(admin.authorization)).toBe(403);
    expect(await status(bearer(mine.secret))).toBe(403);
    expect(await status(basic('admin', server.adminPassword))).toBe(403);
    expect(await status(bearer('wrong'))).toBe(401);
  });

  test('are told to no page of a browser', async () => {
    expect((await page('/metrics', { origin: 'http://localhost:8080' })).status).toBe(403);
    expect((await page('/metrics', { host: 'pbx.example.test' })).status).toBe(403);
  });
});

describe('the documentation', () => {
  test('shows every operation of every dialect', async () => {
    const answer = await page('/docs');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    for (const name of dialectNames) {
      const { info, paths } = await documentOf(server.url, name);
      expect(answer.text).toContain(info.title);
      for (const path of Object.keys(paths)) expect(answer.text).toContain(`<code>${path}</code>`);
    }
  });

  test('explains every refusal at the address that a problem names', async () => {
    const problem = (await page('/native/v1/nowhere')).json as { type: string };
    const [path = '', code = ''] = problem.type.split('#');
    const answer = await page(path);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(`id="${code}"`);
  });

  test.each(['/docs', '/docs/errors', '/'])(
    'runs no script at %s, and is in no frame',
    async (path) => {
      const { text, headers } = await page(path);
      expect(text).not.toMatch(/<script|javascript:|onload=/i);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['x-frame-options']).toBe('DENY');
    },
  );

  test('leads from the front page to each dialect', async () => {
    const { status, text } = await page('/');
    expect(status).toBe(200);
    for (const name of dialectNames) expect(text).toContain(`/docs#${name}`);
  });
});

describe('a place outside of every dialect', () => {
  test.each([
    '/nowhere',
    '/v3/users',
    '/openapi/nosuch.json',
    '/native',
    '//v2/users',
    '/V2/users',
  ])('%s is not there', async (path) => {
    const answer = await page(path);
    expect(answer.status).toBe(404);
    expect(answer.json).toEqual({
      status: 404,
      code: 'request.unknown_path',
      message: expect.any(String),
    });
  });
});
