import type { Static } from 'typebox';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import { type Actor, type Reach, reachOf } from '../../../kernel/actor.ts';
import type { ApplicationId, Sid } from '../../../kernel/ids.ts';
import { before, needs } from '../before.ts';
import { ListOf, ListQuery, listed } from '../lists.ts';
import { presentCarrier, presentListedCarrier } from '../present/carrier.ts';
import { accountInPath, actingFor, actingIn, providerInPath, thingInPath } from '../reach.ts';
import { checkRegistration, readCarrierChange, readNewCarrier } from '../read/carrier.ts';
import { badBody, notYours } from '../request-errors.ts';
import {
  CarrierBody,
  CarrierChangeBody,
  type CarrierFields,
  NewCarrierBody,
} from '../schemas/carriers.ts';
import { Made, Nothing, refusals, SidParameters } from '../schemas/common.ts';
import { anybody, only } from './access.ts';

const unknownAccount = () => badBody('unknown account_sid');

/** Whose carriers a path is about, besides the plain one. */
const nestings = [
  { under: '/v1/Accounts/:account_sid', name: 'account_sid', config: anybody, of: 'an account' },
  {
    under: '/v1/ServiceProviders/:service_provider_sid',
    name: 'service_provider_sid',
    config: only('A', 'S'),
    of: 'a service provider',
  },
] as const;

/** Carriers: the trunks of every API. @see contracts/jambonz.json, section 1.10 */
export function carrierRoutes(app: TypedApp, services: Services): void {
  const { trunks, estate, accounts } = services;

  /** The account or service provider of a nested path, and the caller acting inside it. */
  const inNest = (
    name: (typeof nestings)[number]['name'],
    request: Parameters<typeof accountInPath>[1],
  ) =>
    name === 'account_sid' ? accountInPath(services, request) : providerInPath(services, request);

  /** The application of a carrier. @throws {DomainError} `jambonz.bad_body` in the contract's words */
  const applicationOf = async (
    caller: Actor,
    acting: Actor,
    fields: CarrierFields,
    hasAccount: boolean,
  ): Promise<{ readonly id: ApplicationId | undefined } | undefined> => {
    const { application_sid: sid } = fields;
    if (sid === undefined) return undefined;
    if (sid === null) return { id: undefined };
    if (!hasAccount) throw badBody('account_sid missing');
    const found = await estate.find(caller, 'application', sid.toLowerCase() as Sid);
    if (!found) throw badBody('unknown application_sid');
    if (found === 'foreign' || found.owner.accountId !== acting.accountId)
      throw badBody('application_sid does not exist for specified account_sid');
    return { id: found.item.id };
  };
  /** Where a new carrier is to be: in an account, or with a service provider for all of its accounts. */
  const ownerOf = async (actor: Actor, fields: CarrierFields): Promise<Actor> => {
    const { account_sid: account, service_provider_sid: provider } = fields;
    if (account || !provider || reachOf(actor).kind !== 'installation')
      return actingFor(services, actor, account, { unknown: unknownAccount });
    const found = await accounts.findBySid(provider.toLowerCase() as Sid);
    if (found?.kind !== 'operator') throw badBody('unknown service_provider_sid');
    return actingIn(actor, found.id);
  };
  const create = async (
    caller: Actor,
    acting: Actor,
    body: Static<typeof NewCarrierBody>,
    hasAccount: boolean,
  ): Promise<Sid> => {
    checkRegistration(body);
    const application = await applicationOf(caller, acting, body, hasAccount);
    const { trunk } = await trunks.create(acting, readNewCarrier(body, application));
    return trunk.sid;
  };
  const inPath = (request: Parameters<typeof thingInPath>[1], refusalsOf = {}) =>
    thingInPath(services, request, 'trunk', 'voip_carrier_sid', refusalsOf);
  const change = async (
    request: Parameters<typeof thingInPath>[1],
    caller: Actor,
    body: CarrierFields,
  ) => {
    const { actor, item, owner } = await inPath(request);
    const { account_sid: account, service_provider_sid: provider } = body;
    if (account && account.toLowerCase() !== owner.accountSid) {
      if (!(await accounts.findBySid(account.toLowerCase() as Sid))) throw unknownAccount();
      throw badBody('account_sid may not be modified');
    }
    if (provider && provider.toLowerCase() !== owner.operatorSid)
      throw badBody('service_provider_sid may not be modified');
    checkRegistration(body, item);
    const application = await applicationOf(caller, actor, body, owner.accountSid !== undefined);
    await trunks.change(actor, item.id, readCarrierChange(body, item, application));
  };
  const list = (actor: Actor, query: ListQuery, within?: Reach) =>
    listed(services, {
      actor,
      query,
      kind: 'trunk',
      ...(within && { within }),
      present: (owned) => presentListedCarrier(owned, trunks.stateOf(owned.item)),
    });

  app.post(
    '/v1/VoipCarriers',
    {
      config: anybody,
      ...before(needs('name')),
      schema: {
        summary: 'Makes a carrier of an account, or of a service provider for all of its accounts',
        body: NewCarrierBody,
        response: { 201: Made, ...refusals },
      },
    },
    async ({ actor, body }, reply) => {
      const acting = await ownerOf(actor, body);
      const hasAccount = Boolean(body.account_sid) || reachOf(actor).kind === 'account';
      return reply.code(201).send({ sid: await create(actor, acting, body, hasAccount) });
    },
  );
  app.get(
    '/v1/VoipCarriers',
    {
      config: anybody,
      schema: {
        summary: 'Lists carriers within reach; by page if asked for',
        querystring: ListQuery,
        response: { 200: ListOf(CarrierBody), ...refusals },
      },
    },
    ({ actor, query }) => list(actor, query),
  );
  app.get(
    '/v1/VoipCarriers/:voip_carrier_sid',
    {
      config: anybody,
      schema: {
        summary: 'One carrier',
        params: SidParameters('voip_carrier_sid'),
        response: { 200: CarrierBody, ...refusals },
      },
    },
    async (request) => {
      const found = await inPath(request);
      return presentCarrier(found, trunks.stateOf(found.item));
    },
  );
  app.put(
    '/v1/VoipCarriers/:voip_carrier_sid',
    {
      config: anybody,
      schema: {
        summary: 'Changes the fields of a carrier that are sent',
        params: SidParameters('voip_carrier_sid'),
        body: CarrierChangeBody,
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      await change(request, request.actor, request.body);
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/v1/VoipCarriers/:voip_carrier_sid',
    {
      config: anybody,
      schema: {
        summary: 'Removes a carrier that no numbers belong to, with its gateways',
        params: SidParameters('voip_carrier_sid'),
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { actor, item } = await inPath(request, {
        foreign: () => notYours('carrier belongs to a different user'),
      });
      await trunks.remove(actor, item.id);
      return reply.code(204).send(null);
    },
  );
  for (const { under, name, config, of } of nestings) {
    app.post(
      `${under}/VoipCarriers`,
      {
        config,
        ...before(needs('name')),
        schema: {
          summary: `Makes a carrier of ${of}`,
          params: SidParameters(name),
          body: NewCarrierBody,
          response: { 201: Made, ...refusals },
        },
      },
      async (request, reply) => {
        const { body } = request;
        const nest = await inNest(name, request);
        const inside = name === 'account_sid' || Boolean(body.account_sid);
        const acting =
          name === 'account_sid'
            ? nest.actor
            : await actingFor(
                services,
                { ...nest.actor, operatorId: nest.account.id },
                body.account_sid,
                { unknown: unknownAccount },
              );
        const sid = await create(request.actor, acting, body, inside);
        return reply.code(201).send({ sid });
      },
    );
    app.get(
      `${under}/VoipCarriers`,
      {
        config,
        schema: {
          summary: `Lists the carriers of ${of}`,
          params: SidParameters(name),
          querystring: ListQuery,
          response: { 200: ListOf(CarrierBody), ...refusals },
        },
      },
      async (request) => {
        const { account } = await inNest(name, request);
        const within: Reach =
          name === 'account_sid'
            ? { kind: 'account', accountId: account.id }
            : { kind: 'operator', operatorId: account.id };
        return list(request.actor, request.query, within);
      },
    );
    app.put(
      `${under}/VoipCarriers/:voip_carrier_sid`,
      {
        config,
        schema: {
          summary: `Changes the fields of a carrier of ${of} that are sent`,
          params: SidParameters(name, 'voip_carrier_sid'),
          body: CarrierChangeBody,
          response: { 204: Nothing, ...refusals },
        },
      },
      async (request, reply) => {
        const { actor, account } = await inNest(name, request);
        const caller = name === 'account_sid' ? actor : { ...actor, operatorId: account.id };
        await change({ params: request.params, actor: caller }, request.actor, request.body);
        return reply.code(204).send(null);
      },
    );
  }
}
