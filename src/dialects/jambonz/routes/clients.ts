import { Type } from 'typebox';
import type { EndpointChange } from '../../../core/endpoints/index.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import { reachOf } from '../../../kernel/actor.ts';
import { newSecret, type Sid } from '../../../kernel/ids.ts';
import { before, needs, unlessScope } from '../before.ts';
import { presentClient } from '../present/client.ts';
import { actingFor, thingInPath } from '../reach.ts';
import { isTrue } from '../read/flag.ts';
import { badBody } from '../request-errors.ts';
import {
  ClientBody,
  ClientChangeBody,
  type ClientFields,
  NewClientBody,
} from '../schemas/clients.ts';
import { Made, Nothing, refusals, SidParameters } from '../schemas/common.ts';
import { anybody } from './access.ts';

/** Devices that may register as one user at once. */
const usualContacts = 5;

/** What a client has said. @param masked - its password as it is shown, which changes nothing */
const readChange = (fields: ClientFields, masked?: string): EndpointChange => ({
  ...(fields.username !== undefined && { username: fields.username }),
  ...(fields.password && fields.password !== masked && { secret: fields.password }),
  ...(fields.is_active !== undefined && { enabled: isTrue(fields.is_active) }),
  mayCall: {
    ...(fields.allow_direct_app_calling !== undefined && {
      applications: isTrue(fields.allow_direct_app_calling),
    }),
    ...(fields.allow_direct_queue_calling !== undefined && {
      queues: isTrue(fields.allow_direct_queue_calling),
    }),
    ...(fields.allow_direct_user_calling !== undefined && {
      users: isTrue(fields.allow_direct_user_calling),
    }),
  },
});

/** SIP users: the devices of every API. @see contracts/jambonz.json, section 1.11 */
export function clientRoutes(app: TypedApp, services: Services): void {
  const { endpoints, estate, accounts } = services;
  const params = SidParameters('client_sid');
  const inPath = (request: Parameters<typeof thingInPath>[1]) =>
    thingInPath(services, request, 'endpoint', 'client_sid');
  app.post(
    '/v1/Clients',
    {
      config: anybody,
      ...before(needs('username'), unlessScope('C', needs('account_sid'))),
      schema: {
        summary: 'Makes a SIP user',
        body: NewClientBody,
        response: { 201: Made, ...refusals },
      },
    },
    async ({ actor, body }, reply) => {
      const acting = await actingFor(services, actor, body.account_sid);
      const { endpoint } = await endpoints.create(acting, {
        userId: undefined,
        alias: body.username,
        secret: newSecret(),
        maxContacts: usualContacts,
        ...readChange(body),
        username: body.username,
      });
      return reply.code(201).send({ sid: endpoint.sid });
    },
  );
  app.get(
    '/v1/Clients',
    {
      config: anybody,
      schema: {
        summary: 'Lists the SIP users within reach',
        response: { 200: Type.Array(ClientBody), ...refusals },
      },
    },
    async ({ actor }) => (await estate.list(actor, 'endpoint', {})).items.map(presentClient),
  );
  app.get(
    '/v1/Clients/:client_sid',
    {
      config: anybody,
      schema: {
        summary: 'One SIP user',
        params,
        response: { 200: ClientBody, ...refusals },
      },
    },
    async (request) => presentClient(await inPath(request)),
  );
  app.put(
    '/v1/Clients/:client_sid',
    {
      config: anybody,
      schema: {
        summary: 'Changes the fields of a SIP user that are sent',
        params,
        body: ClientChangeBody,
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const { actor, item } = await inPath(request);
      if (body.account_sid && reachOf(request.actor).kind !== 'account') {
        const owner = await accounts.findBySid(body.account_sid.toLowerCase() as Sid);
        if (owner?.id !== item.accountId) throw badBody('account_sid may not be modified');
      }
      await endpoints.change(actor, item.id, readChange(body, item.maskedSecret));
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/v1/Clients/:client_sid',
    {
      config: anybody,
      schema: {
        summary: 'Removes a SIP user',
        params,
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { actor, item } = await inPath(request);
      await endpoints.remove(actor, item.id);
      return reply.code(204).send(null);
    },
  );
}
