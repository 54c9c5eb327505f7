import { Type } from 'typebox';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import { type Sid, toId } from '../../../kernel/ids.ts';
import { before, needs } from '../before.ts';
import { presentGateway } from '../present/carrier.ts';
import { thingInPath } from '../reach.ts';
import { readGatewayChange, readNewGateway } from '../read/carrier.ts';
import { badBody, badSid, noSuchThing } from '../request-errors.ts';
import { GatewayBody, GatewayChangeBody, NewGatewayBody } from '../schemas/carriers.ts';
import { Made, Nothing, refusals, SidParameters } from '../schemas/common.ts';
import { anybody } from './access.ts';

const missing = () => badBody('missing voip_carrier_sid');

/** Gateways of carriers. @see contracts/jambonz.json, section 1.10 */
export function gatewayRoutes(app: TypedApp, services: Services): void {
  const { trunks } = services;
  const path = '/v1/SipGateways';
  const params = SidParameters('sip_gateway_sid');
  type Request = Parameters<typeof thingInPath>[1];
  const inPath = (request: Request) => thingInPath(services, request, 'gateway', 'sip_gateway_sid');
  /** The carrier that a body or query names. */
  const carrier = (request: Request, sid: string, unknown = () => noSuchThing('carrier')) => {
    const named = { params: { voip_carrier_sid: sid }, actor: request.actor };
    return thingInPath(services, named, 'trunk', 'voip_carrier_sid', { unknown });
  };
  app.post(
    path,
    {
      config: anybody,
      ...before(needs('voip_carrier_sid', 'missing voip_carrier_sid')),
      schema: {
        summary:
          'Makes a gateway of a carrier: tried after the others, or a network that calls come from',
        body: NewGatewayBody,
        response: { 201: Made, ...refusals },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const { actor, item } = await carrier(request, body.voip_carrier_sid, () =>
        badBody(`voip_carrier not found for sid ${body.voip_carrier_sid}`),
      );
      const { sid } = await trunks.addGateway(actor, item.id, readNewGateway(body));
      return reply.code(201).send({ sid });
    },
  );
  app.get(
    path,
    {
      config: anybody,
      schema: {
        summary: 'Lists the gateways of a carrier in the order in which they are tried',
        querystring: Type.Object({
          voip_carrier_sid: Type.Optional(Type.String({ maxLength: 512 })),
        }),
        response: { 200: Type.Array(GatewayBody), ...refusals },
      },
    },
    async (request) => {
      const { voip_carrier_sid: sent } = request.query;
      if (!sent) throw missing();
      if (!toId<Sid>(sent)) throw badSid();
      const { item, owner } = await carrier(request, sent);
      return item.gateways.map((gateway) =>
        presentGateway({ item: { ...gateway, trunkSid: item.sid }, owner }),
      );
    },
  );
  app.get(
    `${path}/:sip_gateway_sid`,
    {
      config: anybody,
      schema: { summary: 'One gateway', params, response: { 200: GatewayBody, ...refusals } },
    },
    async (request) => presentGateway(await inPath(request)),
  );
  app.put(
    `${path}/:sip_gateway_sid`,
    {
      config: anybody,
      schema: {
        summary: 'Changes the fields of a gateway that are sent',
        params,
        body: GatewayChangeBody,
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const { actor, item } = await inPath(request);
      if (body.voip_carrier_sid && body.voip_carrier_sid.toLowerCase() !== item.trunkSid)
        throw badBody('voip_carrier_sid may not be modified');
      await trunks.changeGateway(actor, item, readGatewayChange(body, item));
      return reply.code(204).send(null);
    },
  );
  app.delete(
    `${path}/:sip_gateway_sid`,
    {
      config: anybody,
      schema: { summary: 'Removes a gateway', params, response: { 204: Nothing, ...refusals } },
    },
    async (request, reply) => {
      const { actor, item } = await inPath(request);
      await trunks.removeGateway(actor, item.id);
      return reply.code(204).send(null);
    },
  );
}
