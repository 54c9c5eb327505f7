import { Type } from 'typebox';
import { type NewGateway, networkGateway, wholeAddress } from '../../../core/trunks/index.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { type PredefinedCarrier, predefinedCarriers } from '../predefined-carriers.ts';
import { accountInPath, type InAccount, pathSid, providerInPath } from '../reach.ts';
import { readNewCarrier } from '../read/carrier.ts';
import { asFlag } from '../read/flag.ts';
import { carrierTaken, noSuchThing } from '../request-errors.ts';
import { PredefinedCarrierBody } from '../schemas/carriers.ts';
import { Made, refusals, SidParameters } from '../schemas/common.ts';
import { anybody, only } from './access.ts';

const present = ({ sid, name, registers, realm, leadingPlus }: PredefinedCarrier) => ({
  predefined_carrier_sid: sid,
  name,
  requires_static_ip: asFlag(!registers),
  e164_leading_plus: asFlag(leadingPlus),
  requires_register: asFlag(registers),
  register_username: null,
  register_sip_realm: realm ?? null,
  register_password: null,
  tech_prefix: null,
  inbound_auth_username: null,
  inbound_auth_password: null,
  diversion: null,
  trunk_type: registers ? 'reg' : 'static_ip',
});

/** A host that calls go to. */
const outboundGateway = (host: string): NewGateway => ({
  ...networkGateway(host),
  netmask: wholeAddress(host),
  inbound: false,
  outbound: true,
});

/** Where a template is applied: in an account, or with a service provider. */
const places = [
  {
    path: '/v1/Accounts/:account_sid/PredefinedCarriers/:predefined_carrier_sid',
    params: SidParameters('account_sid', 'predefined_carrier_sid'),
    config: anybody,
    find: accountInPath,
    whose: 'an account',
  },
  {
    path: '/v1/ServiceProviders/:service_provider_sid/PredefinedCarriers/:predefined_carrier_sid',
    params: SidParameters('service_provider_sid', 'predefined_carrier_sid'),
    config: only('A', 'S'),
    find: providerInPath,
    whose: 'a service provider',
  },
] as const;

/** Templates of carriers. @see contracts/jambonz.json, section 1.10 */
export function predefinedCarrierRoutes(app: TypedApp, services: Services): void {
  const { trunks } = services;

  /** A carrier with the gateways of its template. One that registers waits for its user name. */
  const apply = async (actor: Actor, template: PredefinedCarrier) => {
    const known = await trunks.all(actor);
    if (known.some(({ trunk }) => trunk.name === template.name)) throw carrierTaken(template.name);
    const { trunk } = await trunks.create(
      actor,
      readNewCarrier(
        {
          name: template.name,
          requires_register: template.registers,
          register_sip_realm: template.realm ?? null,
          e164_leading_plus: template.leadingPlus,
          trunk_type: template.registers ? 'reg' : 'static_ip',
        },
        undefined,
      ),
    );
    const gateways = [
      ...template.outbound.map(outboundGateway),
      ...template.inbound.map(networkGateway),
    ];
    for (const gateway of gateways) await trunks.addGateway(actor, trunk.id, gateway);
    return trunk.sid;
  };
  app.get(
    '/v1/PredefinedCarriers',
    {
      config: { access: { kind: 'public', because: 'templates are no secret' } },
      schema: {
        summary: 'Lists templates of carriers',
        response: { 200: Type.Array(PredefinedCarrierBody), ...refusals },
      },
    },
    async () => predefinedCarriers.map(present),
  );
  for (const { path, params, config, find, whose } of places)
    app.post(
      path,
      {
        config,
        schema: {
          summary: `Makes a carrier of ${whose} from a template, with its gateways`,
          params,
          response: { 201: Made, ...refusals },
        },
      },
      async (request, reply) => {
        const { actor }: InAccount = await find(services, request);
        const sid = pathSid(request, 'predefined_carrier_sid');
        const template = predefinedCarriers.find((one) => one.sid === sid);
        if (!template) throw noSuchThing('predefined carrier');
        return reply.code(201).send({ sid: await apply(actor, template) });
      },
    );
}
