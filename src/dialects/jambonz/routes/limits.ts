import { Type } from 'typebox';
import { type LimitCategory, limitCategories } from '../../../core/limits/index.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import { presentLimit } from '../present/account.ts';
import { accountInPath, providerInPath } from '../reach.ts';
import { LimitBody, LimitQuery, NewLimitBody } from '../schemas/accounts.ts';
import { Made, Nothing, refusals, SidParameters } from '../schemas/common.ts';
import { anybody, only } from './access.ts';

/** The category of a query; one that nobody knows has no limits. */
const readCategory = (sent: string | undefined): LimitCategory | 'unknown' | undefined => {
  if (sent === undefined) return undefined;
  return limitCategories.find((category) => category === sent) ?? 'unknown';
};

/** Who is limited, where that stands in the path, who may read it and who may set it. */
const limited = [
  {
    path: '/v1/Accounts/:account_sid/Limits',
    params: SidParameters('account_sid'),
    whom: 'an account',
    find: accountInPath,
    mayRead: anybody,
    maySet: only('A', 'S'),
  },
  {
    path: '/v1/ServiceProviders/:service_provider_sid/Limits',
    params: SidParameters('service_provider_sid'),
    whom: 'a service provider',
    find: providerInPath,
    mayRead: only('A', 'S'),
    maySet: only('A'),
  },
] as const;

/** Limits of accounts and service providers, set from above. @see contracts/jambonz.json, section 1.8 */
export function limitRoutes(app: TypedApp, services: Services): void {
  const { limits } = services;
  for (const { path, params, whom, find, mayRead, maySet } of limited) {
    app.get(
      path,
      {
        config: mayRead,
        schema: {
          summary: `Lists the limits of ${whom}`,
          params,
          querystring: LimitQuery,
          response: { 200: Type.Array(LimitBody), ...refusals },
        },
      },
      async (request) => {
        const { account } = await find(services, request);
        const category = readCategory(request.query.category);
        if (category === 'unknown') return [];
        return (await limits.of(request.actor, account, category)).map((limit) =>
          presentLimit(limit, account),
        );
      },
    );
    app.post(
      path,
      {
        config: maySet,
        schema: {
          summary: `Sets a limit of ${whom}`,
          params,
          body: NewLimitBody,
          response: { 201: Made, ...refusals },
        },
      },
      async (request, reply) => {
        const { account } = await find(services, request);
        const { sid } = await limits.set(request.actor, account, request.body);
        return reply.code(201).send({ sid });
      },
    );
    app.delete(
      path,
      {
        config: maySet,
        schema: {
          summary: `Removes the limits of ${whom}, or those of one category`,
          params,
          querystring: LimitQuery,
          response: { 204: Nothing, ...refusals },
        },
      },
      async (request, reply) => {
        const { account } = await find(services, request);
        const category = readCategory(request.query.category);
        if (category !== 'unknown') await limits.remove(request.actor, account, category);
        return reply.code(204).send(null);
      },
    );
  }
}
