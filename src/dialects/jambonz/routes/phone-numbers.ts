import type { NumberTarget } from '../../../core/numbers/index.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import { type Actor, reachOf } from '../../../kernel/actor.ts';
import type { AccountId, NumberId, Sid, TrunkId } from '../../../kernel/ids.ts';
import { before, keeps, needs } from '../before.ts';
import { ListOf, ListQuery, listed } from '../lists.ts';
import { presentPhoneNumber } from '../present/phone-number.ts';
import { actingFor, actingIn, type InPath, providerInPath, thingInPath } from '../reach.ts';
import { readNumber } from '../read/number.ts';
import { badBody, beyondReach } from '../request-errors.ts';
import { Made, Nothing, refusals, SidParameters } from '../schemas/common.ts';
import {
  NewPhoneNumberBody,
  PhoneNumberBody,
  PhoneNumberChangeBody,
} from '../schemas/phone-numbers.ts';
import { anybody, only } from './access.ts';

/** Phone numbers, and which application they lead to. @see contracts/jambonz.json, section 1.6 */
export function phoneNumberRoutes(app: TypedApp, services: Services): void {
  const { numbers, trunks, applications, accounts } = services;
  const params = SidParameters('phone_number_sid');
  const inPath = (request: Parameters<typeof thingInPath>[1]) =>
    thingInPath(services, request, 'number', 'phone_number_sid');

  /** Where a number leads. @throws {DomainError} `jambonz.bad_body` */
  const targetOf = async (
    accountId: AccountId,
    sid: string | null | undefined,
  ): Promise<NumberTarget> => {
    if (!sid) return { kind: 'none' };
    const application = await applications.find(accountId, sid.toLowerCase() as Sid);
    if (!application) throw badBody('unknown application_sid');
    return { kind: 'application', applicationId: application.id };
  };
  const trunkOf = (actor: Actor, sid: string | null | undefined): TrunkId | undefined => {
    if (!sid) return undefined;
    const trunk = trunks.shared(actor, sid.toLowerCase() as Sid);
    if (!trunk) throw badBody(`voip_carrier not found for sid ${sid}`);
    return trunk.id;
  };
  /** Gives a number to another account, or back to the service provider. */
  const move = async (
    caller: Actor,
    { actor, item, owner }: InPath<{ readonly id: NumberId }>,
    accountSid: string | null,
  ): Promise<Actor> => {
    if ((accountSid?.toLowerCase() ?? null) === (owner.accountSid ?? null)) return actor;
    if (reachOf(caller).kind === 'account') throw beyondReach();
    const to = accountSid
      ? await actingFor(services, caller, accountSid)
      : actingIn(caller, owner.operatorId ?? owner.accountId);
    await numbers.move(actor, item.id, to.accountId);
    return to;
  };
  app.post(
    '/v1/PhoneNumbers',
    {
      config: anybody,
      ...before(needs('number', 'number is required')),
      schema: {
        summary: 'Makes a phone number, or a pattern of numbers',
        body: NewPhoneNumberBody,
        response: { 201: Made, ...refusals },
      },
    },
    async ({ actor, body }, reply) => {
      const acting = await actingFor(services, actor, body.account_sid);
      const rest = {
        target: await targetOf(acting.accountId, body.application_sid),
        trunkId: trunkOf(acting, body.voip_carrier_sid),
      };
      const read = readNumber(body.number);
      const { sid } = await (read.kind === 'public'
        ? numbers.create(acting, { e164: read.e164, ...rest })
        : numbers.createPattern(acting, { pattern: read.pattern, ...rest }));
      return reply.code(201).send({ sid });
    },
  );
  app.get(
    '/v1/PhoneNumbers',
    {
      config: anybody,
      schema: {
        summary: 'Lists phone numbers within reach; by page if asked for',
        querystring: ListQuery,
        response: { 200: ListOf(PhoneNumberBody), ...refusals },
      },
    },
    ({ actor, query }) =>
      listed(services, { actor, query, kind: 'number', present: presentPhoneNumber }),
  );
  app.get(
    '/v1/ServiceProviders/:service_provider_sid/PhoneNumbers',
    {
      config: only('A', 'S'),
      schema: {
        summary: 'Lists the phone numbers of a service provider and its accounts',
        params: SidParameters('service_provider_sid'),
        querystring: ListQuery,
        response: { 200: ListOf(PhoneNumberBody), ...refusals },
      },
    },
    async (request) => {
      const { account } = await providerInPath(services, request);
      return listed(services, {
        actor: request.actor,
        query: request.query,
        kind: 'number',
        within: { kind: 'operator', operatorId: account.id },
        present: presentPhoneNumber,
      });
    },
  );
  app.get(
    '/v1/PhoneNumbers/:phone_number_sid',
    {
      config: anybody,
      schema: {
        summary: 'One phone number',
        params,
        response: { 200: PhoneNumberBody, ...refusals },
      },
    },
    async (request) => presentPhoneNumber(await inPath(request)),
  );
  app.put(
    '/v1/PhoneNumbers/:phone_number_sid',
    {
      config: anybody,
      ...before(keeps('number'), keeps('voip_carrier_sid')),
      schema: {
        summary: 'Points a phone number to another application, or gives it to another account',
        params,
        body: PhoneNumberChangeBody,
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { account_sid: accountSid, application_sid: applicationSid } = request.body;
      const found = await inPath(request);
      const owner = accountSid && (await accounts.findBySid(accountSid.toLowerCase() as Sid));
      const target =
        applicationSid === undefined
          ? undefined
          : await targetOf(owner ? owner.id : found.actor.accountId, applicationSid);
      const acting =
        accountSid === undefined ? found.actor : await move(request.actor, found, accountSid);
      if (target) await numbers.change(acting, found.item.id, target);
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/v1/PhoneNumbers/:phone_number_sid',
    {
      config: anybody,
      schema: {
        summary: 'Removes a phone number',
        params,
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { actor, item } = await inPath(request);
      await numbers.remove(actor, item.id);
      return reply.code(204).send(null);
    },
  );
}
