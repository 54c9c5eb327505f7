import { type Static, Type } from 'typebox';
import type { SipAddress } from '../../../core/installation/index.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import { type Actor, reachOf } from '../../../kernel/actor.ts';
import { type AccountId, type Sid, toId } from '../../../kernel/ids.ts';
import { presentDate } from '../present/dates.ts';
import { pathSid } from '../reach.ts';
import { adminOnly, badBody, badSid } from '../request-errors.ts';
import {
  DateOut,
  Made,
  Nothing,
  Nullable,
  refusals,
  SidField,
  SidParameters,
  strict,
} from '../schemas/common.ts';
import { anybody, onlyOr } from './access.ts';

const Port = Type.Integer({ minimum: 1, maximum: 65_535 });

const NewSbcBody = Type.Object(
  {
    ipv4: Type.String({ minLength: 1, maxLength: 64 }),
    port: Type.Optional(Nullable(Port)),
    tls_port: Type.Optional(Nullable(Port)),
    wss_port: Type.Optional(Nullable(Port)),
    service_provider_sid: Type.Optional(Nullable(SidField)),
  },
  strict,
);

const SbcBody = Type.Object({
  sbc_address_sid: SidField,
  ipv4: Type.String(),
  port: Type.Integer(),
  tls_port: Nullable(Type.Integer()),
  wss_port: Nullable(Type.Integer()),
  service_provider_sid: Nullable(SidField),
  last_updated: Nullable(DateOut),
});

const present = (address: SipAddress): Static<typeof SbcBody> => ({
  sbc_address_sid: address.sid,
  ipv4: address.host,
  port: address.port,
  tls_port: address.tlsPort ?? null,
  wss_port: address.wssPort ?? null,
  service_provider_sid: address.operator?.sid ?? null,
  last_updated: presentDate(address.changedAt),
});

/** SIP addresses of the platform. @see contracts/jambonz.json, section 1.10 */
export function sbcRoutes(app: TypedApp, { installation, accounts }: Services): void {
  /** A service provider by its sid. */
  const providerOf = async (sid: string) => {
    const found = await accounts.findBySid(sid.toLowerCase() as Sid);
    return found?.kind === 'operator' ? { id: found.id, sid: found.sid } : undefined;
  };
  /** Whose addresses somebody sees who names no service provider. */
  const ownProvider = async (actor: Actor): Promise<AccountId | undefined> => {
    const reach = reachOf(actor);
    if (reach.kind === 'installation') return undefined;
    if (reach.kind === 'operator') return reach.operatorId;
    return (await accounts.get(actor, reach.accountId)).operatorId;
  };
  app.post(
    '/v1/Sbcs',
    {
      config: onlyOr('A', adminOnly),
      schema: {
        summary: 'Says at which SIP address the platform is reached',
        body: NewSbcBody,
        response: { 201: Made, ...refusals },
      },
    },
    async ({ actor, body }, reply) => {
      const { service_provider_sid: provider } = body;
      const operator = provider ? await providerOf(provider) : undefined;
      if (provider && !operator) throw badBody(`service_provider not found for sid ${provider}`);
      const { sid } = await installation.addSipAddress(actor, {
        host: body.ipv4,
        port: body.port ?? 5060,
        tlsPort: body.tls_port ?? undefined,
        wssPort: body.wss_port ?? undefined,
        operator,
      });
      return reply.code(201).send({ sid });
    },
  );
  app.get(
    '/v1/Sbcs',
    {
      config: anybody,
      schema: {
        summary: 'Lists the SIP addresses of a service provider, else those of the platform',
        querystring: Type.Object({
          service_provider_sid: Type.Optional(Type.String({ maxLength: 512 })),
        }),
        response: { 200: Type.Array(SbcBody), ...refusals },
      },
    },
    async ({ actor, query }) => {
      const { service_provider_sid: sent } = query;
      if (sent && !toId<Sid>(sent)) throw badSid();
      const operatorId = sent ? (await providerOf(sent))?.id : await ownProvider(actor);
      return (await installation.sipAddresses(operatorId)).map(present);
    },
  );
  app.delete(
    '/v1/Sbcs/:sbc_address_sid',
    {
      config: onlyOr('A', adminOnly),
      schema: {
        summary: 'Removes a SIP address of the platform',
        params: SidParameters('sbc_address_sid'),
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      await installation.removeSipAddress(request.actor, pathSid(request, 'sbc_address_sid'));
      return reply.code(204).send(null);
    },
  );
}
