import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { before, hookObjects } from '../before.ts';
import { ListOf, ListQuery, listed } from '../lists.ts';
import { presentApplication } from '../present/application.ts';
import { accountInPath, actingFor, providerInPath, thingInPath } from '../reach.ts';
import { readApplicationChange, readNewApplication } from '../read/application.ts';
import { notPrivileged, notYours } from '../request-errors.ts';
import {
  ApplicationBody,
  ApplicationChangeBody,
  NewApplicationBody,
} from '../schemas/applications.ts';
import { Made, Nothing, refusals, SidParameters } from '../schemas/common.ts';
import { anybody, only } from './access.ts';

const hooks = hookObjects('an application', 'call_hook', 'call_status_hook', 'messaging_hook');

/** Both spellings of an application's path: by itself, and below its account. */
const spellings = [
  { path: '/v1/Applications', names: ['application_sid'] },
  { path: '/v1/Accounts/:account_sid/Applications', names: ['account_sid', 'application_sid'] },
] as const;

/** Applications. @see contracts/jambonz.json, sections 1.3 and 1.16 */
export function applicationRoutes(app: TypedApp, services: Services): void {
  const { applications } = services;

  const create = async (
    actor: Actor,
    body: Static<typeof NewApplicationBody>,
    reply: FastifyReply,
  ) => {
    const { sid } = await applications.create(actor, readNewApplication(body));
    return reply.code(201).send({ sid });
  };
  /** An application of a path; below an account it must be that account's. */
  const inPath = async (
    request: Pick<FastifyRequest, 'params' | 'actor'>,
    refused: Parameters<typeof thingInPath>[4] = {},
  ) => {
    const isNested = (request.params as { account_sid?: string }).account_sid !== undefined;
    if (!isNested) return thingInPath(services, request, 'application', 'application_sid', refused);
    const { actor } = await accountInPath(services, request);
    const inside = { params: request.params, actor };
    return thingInPath(services, inside, 'application', 'application_sid');
  };
  app.post(
    '/v1/Applications',
    {
      config: anybody,
      ...before(hooks),
      schema: {
        summary: 'Makes an application',
        body: NewApplicationBody,
        response: { 201: Made, ...refusals },
      },
    },
    async ({ actor, body }, reply) => {
      const acting = await actingFor(services, actor, body.account_sid, { foreign: notPrivileged });
      return create(acting, body, reply as unknown as FastifyReply) as never;
    },
  );
  app.post(
    '/v1/Accounts/:account_sid/Applications',
    {
      config: anybody,
      ...before(hooks),
      schema: {
        summary: 'Makes an application of an account',
        params: SidParameters('account_sid'),
        body: NewApplicationBody,
        response: { 201: Made, ...refusals },
      },
    },
    async (request, reply) => {
      const { actor } = await accountInPath(services, request);
      return create(actor, request.body, reply as unknown as FastifyReply) as never;
    },
  );
  app.get(
    '/v1/Applications',
    {
      config: anybody,
      schema: {
        summary: 'Lists applications within reach; by page if asked for',
        querystring: ListQuery,
        response: { 200: ListOf(ApplicationBody), ...refusals },
      },
    },
    ({ actor, query }) =>
      listed(services, { actor, query, kind: 'application', present: presentApplication }),
  );
  app.get(
    '/v1/Accounts/:account_sid/Applications',
    {
      config: anybody,
      schema: {
        summary: 'Lists the applications of an account',
        params: SidParameters('account_sid'),
        querystring: ListQuery,
        response: { 200: ListOf(ApplicationBody), ...refusals },
      },
    },
    async (request) => {
      const { account } = await accountInPath(services, request);
      return listed(services, {
        actor: request.actor,
        query: request.query,
        kind: 'application',
        within: { kind: 'account', accountId: account.id },
        present: presentApplication,
      });
    },
  );
  app.get(
    '/v1/ServiceProviders/:service_provider_sid/Applications',
    {
      config: only('A', 'S'),
      schema: {
        summary: 'Lists the applications of a service provider and its accounts',
        params: SidParameters('service_provider_sid'),
        querystring: ListQuery,
        response: { 200: ListOf(ApplicationBody), ...refusals },
      },
    },
    async (request) => {
      const { account } = await providerInPath(services, request);
      return listed(services, {
        actor: request.actor,
        query: request.query,
        kind: 'application',
        within: { kind: 'operator', operatorId: account.id },
        present: presentApplication,
      });
    },
  );
  for (const { path, names } of spellings) {
    const params = SidParameters(...names);
    app.get(
      `${path}/:application_sid`,
      {
        config: anybody,
        schema: {
          summary: 'One application',
          params,
          response: { 200: ApplicationBody, ...refusals },
        },
      },
      async (request) => presentApplication(await inPath(request)),
    );
    app.put(
      `${path}/:application_sid`,
      {
        config: anybody,
        ...before(hooks),
        schema: {
          summary: 'Changes the fields of an application that are sent',
          params,
          body: ApplicationChangeBody,
          response: { 204: Nothing, ...refusals },
        },
      },
      async (request, reply) => {
        const { actor, item } = await inPath(request, { foreign: notPrivileged });
        await applications.change(actor, item.id, readApplicationChange(request.body, item));
        return reply.code(204).send(null);
      },
    );
    app.delete(
      `${path}/:application_sid`,
      {
        config: anybody,
        schema: {
          summary: 'Removes an application that nothing leads to',
          params,
          response: { 204: Nothing, ...refusals },
        },
      },
      async (request, reply) => {
        const { actor, item } = await inPath(request, {
          foreign: () => notYours('insufficient permissions'),
        });
        await applications.remove(actor, item.id);
        return reply.code(204).send(null);
      },
    );
  }
}
