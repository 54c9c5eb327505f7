import { Type } from 'typebox';
import type { OperatorChange } from '../../../core/operators/index.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import { reachOf } from '../../../kernel/actor.ts';
import { before, hookObjects, needs } from '../before.ts';
import { presentProvider } from '../present/account.ts';
import { pathSid, providerInPath } from '../reach.ts';
import {
  beyondReach,
  noSuchThing,
  onlyAdminsAddProviders,
  onlyAdminsRemoveProviders,
} from '../request-errors.ts';
import { Made, Nothing, refusals, SidParameters } from '../schemas/common.ts';
import { readHook } from '../schemas/hook.ts';
import {
  NewProviderBody,
  ProviderBody,
  ProviderChangeBody,
  type ProviderFields,
} from '../schemas/service-providers.ts';
import { anybody, only, onlyOr } from './access.ts';

const hooks = hookObjects('a service provider', 'registration_hook');

const readChange = (fields: ProviderFields): OperatorChange => ({
  ...(fields.name !== undefined && { name: fields.name }),
  ...(fields.description !== undefined && { description: fields.description ?? undefined }),
  ...(fields.root_domain !== undefined && { rootDomain: fields.root_domain || undefined }),
  ...(fields.ms_teams_fqdn !== undefined && { msTeamsFqdn: fields.ms_teams_fqdn ?? undefined }),
  ...(fields.registration_hook !== undefined && {
    registrationHook: readHook(fields.registration_hook),
  }),
});

/** Service providers: the operators of the core. @see contracts/jambonz.json, section 1.9 */
export function serviceProviderRoutes(app: TypedApp, services: Services): void {
  const { operators, accounts } = services;
  const path = '/v1/ServiceProviders';
  const params = SidParameters('service_provider_sid');
  app.post(
    path,
    {
      config: onlyOr('A', onlyAdminsAddProviders),
      ...before(needs('name'), hooks),
      schema: {
        summary: 'Makes a service provider',
        body: NewProviderBody,
        response: { 201: Made, ...refusals },
      },
    },
    async ({ actor, body }, reply) => {
      const { account } = await operators.create(actor, {
        description: undefined,
        rootDomain: undefined,
        msTeamsFqdn: undefined,
        registrationHook: undefined,
        ...readChange(body),
        name: body.name,
      });
      return reply.code(201).send({ sid: account.sid });
    },
  );
  app.get(
    path,
    {
      config: anybody,
      schema: {
        summary: 'Lists the service providers that one manages',
        response: { 200: Type.Array(ProviderBody), ...refusals },
      },
    },
    async ({ actor }) => (await operators.list(actor)).map(presentProvider),
  );
  app.get(
    `${path}/:service_provider_sid`,
    {
      config: anybody,
      schema: {
        summary: 'One service provider: for accounts, their own',
        params,
        response: { 200: ProviderBody, ...refusals },
      },
    },
    async (request) => {
      const { actor } = request;
      const found = await accounts.findBySid(pathSid(request, 'service_provider_sid'));
      if (found?.kind !== 'operator') throw noSuchThing('service provider');
      const reach = reachOf(actor);
      const ownId =
        reach.kind === 'account'
          ? (await accounts.get(actor, actor.accountId)).operatorId
          : actor.operatorId;
      if (reach.kind !== 'installation' && ownId !== found.id) throw beyondReach();
      return presentProvider(await operators.get(actor, found.id));
    },
  );
  app.put(
    `${path}/:service_provider_sid`,
    {
      config: only('A', 'S'),
      ...before(hooks),
      schema: {
        summary: 'Changes the fields of a service provider that are sent',
        params,
        body: ProviderChangeBody,
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { account } = await providerInPath(services, request);
      await operators.change(request.actor, account.id, readChange(request.body));
      return reply.code(204).send(null);
    },
  );
  app.delete(
    `${path}/:service_provider_sid`,
    {
      config: onlyOr('A', onlyAdminsRemoveProviders),
      schema: {
        summary: 'Removes a service provider without accounts and users',
        params,
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { account } = await providerInPath(services, request);
      await operators.remove(request.actor, account.id);
      return reply.code(204).send(null);
    },
  );
}
