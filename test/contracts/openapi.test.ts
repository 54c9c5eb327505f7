import type { RouteOptions } from 'fastify';
import { describe, expect, test } from 'vitest';
import type { SessionStore } from '../../src/core/accounts/index.ts';
import { createJambonzDialect } from '../../src/dialects/jambonz/index.ts';
import { createMikopbxDialect } from '../../src/dialects/mikopbx/index.ts';
import { createNativeDialect } from '../../src/dialects/native/index.ts';
import { createSipgateDialect } from '../../src/dialects/sipgate/index.ts';
import { createHttpServer } from '../../src/http/create-http-server.ts';
import type { Dialect } from '../../src/http/dialect.ts';
import type { Services } from '../../src/http/services.ts';
import { silentLogger } from '../../src/kernel/logger.ts';
import { checkAnswer, type DialectName, dialectNames, documentOf } from './support/openapi.ts';
import { raw } from './support/raw.ts';
import { alice, server } from './support/server.ts';

/** The routes of a dialect, registered with nothing behind them. */
async function routesOf(name: DialectName): Promise<readonly string[]> {
  const services = {} as Services;
  const publicUrl = () => server.url;
  const dialects: Readonly<Record<DialectName, () => Dialect>> = {
    sipgate: () =>
      createSipgateDialect({
        services,
        publicUrl,
        sipAddress: () => '',
        signingKey: 'a key',
        origins: [],
      }),
    mikopbx: () =>
      createMikopbxDialect({
        services,
        sessionStore: {} as SessionStore,
        trustLocal: false,
        sessionKey: '',
      }),
    jambonz: () => createJambonzDialect(services, {} as never),
    native: () => createNativeDialect(services),
  };
  const dialect = dialects[name]();
  const seen: RouteOptions[] = [];
  const app = await createHttpServer({
    dialects: [
      {
        ...dialect,
        routes(scope, given) {
          scope.addHook('onRoute', (route) => void seen.push(route));
          return dialect.routes(scope, given);
        },
      },
    ],
    services,
    publicUrl,
    readiness: () => Promise.reject(new Error('nobody asks')),
    metrics: () => Promise.reject(new Error('nobody asks')),
    observe: () => undefined,
    trustedProxies: [],
    logger: silentLogger,
  });
  await app.close();
  return seen
    .flatMap(({ method, url }) => [method].flat().map((one) => `${one} ${url}`))
    .filter((route) => !route.startsWith('HEAD '));
}

/** Types of refusals, where they are not JSON alone. */
const refusalTypes: Partial<Readonly<Record<DialectName, readonly string[]>>> = {
  native: ['application/problem+json'],
  jambonz: ['application/json', 'text/plain'],
};

const asTemplate = (route: string): string => route.replace(/:(\w+)/g, '{$1}');

describe.each(dialectNames)('the OpenAPI document of %s', (dialect) => {
  const document = () => documentOf(server.url, dialect);
  const operations = async () =>
    Object.entries((await document()).paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        ...operation,
      })),
    );

  test('says which version of what it is, and where it is served', async () => {
    const answer = await raw('GET', `/openapi/${dialect}.json`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.json).toMatchObject({
      openapi: '3.1.0',
      info: { title: expect.stringMatching(/./), version: expect.stringMatching(/./) },
      servers: [{ url: server.url }],
    });
  });

  test('lists every route that is served, and nothing else', async () => {
    const listed = (await operations()).map(({ name }) => name);
    const served = (await routesOf(dialect)).map(asTemplate);
    expect(served.length).toBeGreaterThan(dialect === 'jambonz' ? 3 : 10);
    expect([...listed].sort()).toEqual([...served].sort());
  });

  test('lists for each path the methods that the running server takes there', async () => {
    const { paths } = await document();
    for (const [path, methods] of Object.entries(paths)) {
      const answer = await raw('PROPFIND', path.replaceAll(/\{(\w+)\}/g, 'x'));
      expect([path, answer.status]).toEqual([path, 405]);
      const taken = answer.headers.allow?.split(', ').filter((method) => method !== 'HEAD');
      expect([path, taken?.sort()]).toEqual([
        path,
        Object.keys(methods)
          .map((method) => method.toUpperCase())
          .sort(),
      ]);
    }
  });

  test('describes for each operation what it takes, how it succeeds and how it refuses', async () => {
    for (const { name, path, responses, parameters = [] } of await operations()) {
      const successes = Object.keys(responses).filter((status) => status.startsWith('2'));
      expect([name, successes.length > 0]).toEqual([name, true]);
      for (const status of successes)
        expect([name, Boolean(responses[status]?.content) || status === '204']).toEqual([
          name,
          true,
        ]);
      for (const range of ['4XX', '5XX'])
        expect([name, Object.keys(responses[range]?.content ?? {})]).toEqual([
          name,
          refusalTypes[dialect] ?? ['application/json'],
        ]);
      const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(([, placeholder]) => placeholder);
      const inPath = parameters.filter((parameter) => parameter.in === 'path');
      expect([name, inPath.map((parameter) => parameter.name)]).toEqual([name, placeholders]);
    }
  });

  test('says how a client signs in, unless nobody needs to', async () => {
    const text = JSON.parse((await raw('GET', `/openapi/${dialect}.json`)).text) as {
      components: { securitySchemes: Record<string, unknown> };
      paths: Record<string, Record<string, { security: object[] }>>;
    };
    const schemes = Object.keys(text.components.securitySchemes);
    const open = Object.entries(text.paths).flatMap(([path, methods]) =>
      Object.values(methods).flatMap(({ security }) => {
        if (security.length === 0) return path;
        expect(security.flatMap((one) => Object.keys(one))).toEqual(schemes);
        return [];
      }),
    );
    expect(open).toEqual(
      {
        sipgate: ['/v2/recordings/{file}'],
        mikopbx: ['/admin-cabinet/session/start', '/admin-cabinet/session/end'],
        jambonz: ['/health', '/v1/PredefinedCarriers'],
        native: [],
      }[dialect],
    );
  });
});

describe('the check that holds every answer of these tests against the documents', () => {
  const seen = {
    method: 'GET',
    path: '/v2/account',
    status: 200,
    contentType: 'application/json; charset=utf-8',
    text: '{}',
  };

  test('lets the truth pass', async () => {
    const { text } = await alice.send('GET', '/v2/account');
    await expect(checkAnswer(server.url, { ...seen, text })).resolves.toBeUndefined();
  });

  test.each([
    ['a field that is missing', seen, 'company'],
    ['a field of another type', { ...seen, text: '{"company":1}' }, 'company'],
    ['a status that is not documented', { ...seen, status: 204 }, 'not documented'],
    ['a type that is not documented', { ...seen, contentType: 'text/html' }, 'text/html'],
    ['a path that is not documented', { ...seen, path: '/v2/nowhere' }, 'not documented'],
    ['a refusal in another form', { ...seen, status: 403 }, 'message'],
    ['a body where there is none', { ...seen, method: 'HEAD' }, 'body'],
  ])('sees %s', async (_what, wrong, why) => {
    await expect(checkAnswer(server.url, wrong)).rejects.toThrow(why);
  });
});
