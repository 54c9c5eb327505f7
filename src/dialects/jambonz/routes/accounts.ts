import { type Static, Type } from 'typebox';
import type { Account } from '../../../core/accounts/index.ts';
import type { Owned } from '../../../core/estate/index.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import { type Actor, type Reach, reachOf } from '../../../kernel/actor.ts';
import type { AccountId, ApplicationId, Sid } from '../../../kernel/ids.ts';
import { before, hookObjects, needs, unlessScope } from '../before.ts';
import { presentAccount } from '../present/account.ts';
import { accountInPath, actingIn, providerInPath, thingInPath } from '../reach.ts';
import { readAccountChange, readProfileChange } from '../read/account.ts';
import { badBody, notYours } from '../request-errors.ts';
import {
  AccountBody,
  AccountChangeBody,
  type AccountFields,
  NewAccountBody,
  WebhookSecretBody,
} from '../schemas/accounts.ts';
import { Made, Nothing, refusals, SidParameters } from '../schemas/common.ts';
import { anybody, only } from './access.ts';

/** What an account has that was made here. */
const usualAccount = {
  country: 'DE',
  timeZone: 'Europe/Berlin',
  areaCode: '',
  language: 'en',
  maxConcurrentCalls: 100,
  isDefault: false,
  isDemo: false,
} as const;

const hooks = hookObjects('an account', 'registration_hook', 'queue_event_hook');

/** A domain has at least three parts. @see contracts/jambonz.json, SipRealms */
const realmPattern = /.*\..*\..*/;

/** Accounts, their SIP domain and the secret that signs their hooks. @see contracts/jambonz.json, section 1.8 */
export function accountRoutes(app: TypedApp, services: Services): void {
  const { accounts, profiles, estate, applications } = services;

  /** Whose account a new one is to be. @throws {DomainError} `jambonz.bad_body` */
  const ownerOf = async (actor: Actor, sid: string | null | undefined): Promise<AccountId> => {
    const reach = reachOf(actor);
    if (reach.kind === 'operator') return reach.operatorId;
    const owner = sid ? await accounts.findBySid(sid.toLowerCase() as Sid) : undefined;
    if (owner?.kind !== 'operator') throw badBody(`service_provider not found for sid ${sid}`);
    return owner.id;
  };
  const applicationOf = async (
    accountId: AccountId,
    sid: string | null | undefined,
  ): Promise<ApplicationId | undefined> => {
    if (!sid) return undefined;
    const application = await applications.find(accountId, sid.toLowerCase() as Sid);
    if (!application) throw badBody('unknown device_calling_application_sid');
    return application.id;
  };
  const changeProfile = async (actor: Actor, fields: AccountFields) => {
    const applicationId = await applicationOf(
      actor.accountId,
      fields.device_calling_application_sid,
    );
    const known = await profiles.of(actor.accountId);
    await profiles.change(actor, readProfileChange(fields, known, applicationId));
  };
  const listedAccounts = async (actor: Actor, within?: Reach) => {
    const { items } = await estate.list(actor, 'account', { within });
    const known = await profiles.ofMany(items.map(({ item }) => item.id));
    return items.flatMap((owned: Owned<Account>) => {
      const profile = known.get(owned.item.id);
      return profile ? [presentAccount(owned, profile)] : [];
    });
  };
  app.post(
    '/v1/Accounts',
    {
      config: only('A', 'S'),
      ...before(needs('name'), unlessScope('S', needs('service_provider_sid')), hooks),
      schema: {
        summary: 'Makes an account of a service provider',
        body: NewAccountBody,
        response: { 201: Made, ...refusals },
      },
    },
    async ({ actor, body }, reply) => {
      const operatorId = await ownerOf(actor, body.service_provider_sid);
      if (body.device_calling_application_sid)
        throw badBody('unknown device_calling_application_sid');
      const { sipDomain } = readAccountChange(body);
      const account = await accounts.create(actor, {
        ...usualAccount,
        name: body.name,
        sipDomain,
        operatorId,
      });
      const own = actingIn(actor, account.id);
      await changeProfile(own, body);
      if (readAccountChange(body).active === false)
        await accounts.change(actor, account.id, { active: false });
      return reply.code(201).send({ sid: account.sid });
    },
  );
  app.get(
    '/v1/Accounts',
    {
      config: anybody,
      schema: {
        summary: 'Lists the accounts within reach; a key of an account sees its own',
        response: { 200: Type.Array(AccountBody), ...refusals },
      },
    },
    ({ actor }) => listedAccounts(actor),
  );
  app.get(
    '/v1/ServiceProviders/:service_provider_sid/Accounts',
    {
      config: only('A', 'S'),
      schema: {
        summary: 'Lists the accounts of a service provider',
        params: SidParameters('service_provider_sid'),
        response: { 200: Type.Array(AccountBody), ...refusals },
      },
    },
    async (request) => {
      const { account } = await providerInPath(services, request);
      return listedAccounts(request.actor, { kind: 'operator', operatorId: account.id });
    },
  );
  app.get(
    '/v1/Accounts/:account_sid',
    {
      config: anybody,
      schema: {
        summary: 'One account',
        params: SidParameters('account_sid'),
        response: { 200: AccountBody, ...refusals },
      },
    },
    async (request) => {
      await accountInPath(services, request);
      const found = await thingInPath(services, request, 'account', 'account_sid');
      return presentAccount(found, await profiles.of(found.item.id));
    },
  );
  app.put(
    '/v1/Accounts/:account_sid',
    {
      config: anybody,
      ...before(hooks),
      schema: {
        summary: 'Changes the fields of an account that are sent',
        params: SidParameters('account_sid'),
        body: AccountChangeBody,
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const { actor, account } = await accountInPath(services, request, {
        unknown: (sid) => badBody(`account not found for sid ${sid}`),
      });
      await refuseFixed(request.actor, body, account);
      await accounts.change(request.actor, account.id, readAccountChange(body));
      await changeProfile(actor, body);
      return reply.code(204).send(null);
    },
  );
  /** What cannot be changed, or not by everybody. */
  const refuseFixed = async (
    actor: Actor,
    body: Static<typeof AccountChangeBody>,
    account: Account,
  ) => {
    if (body.sip_realm !== undefined && reachOf(actor).kind === 'account')
      throw badBody('use POST /Accounts/:sid/sip_realm/:realm to set or change the sip realm');
    if (!body.service_provider_sid) return;
    const owner = await accounts.findBySid(body.service_provider_sid.toLowerCase() as Sid);
    if (owner?.id !== account.operatorId) throw badBody('service_provider_sid may not be modified');
  };
  app.delete(
    '/v1/Accounts/:account_sid',
    {
      config: anybody,
      schema: {
        summary: 'Removes an account with everything in it, or nothing',
        params: SidParameters('account_sid'),
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { account } = await accountInPath(services, request);
      if (reachOf(request.actor).kind === 'account')
        throw notYours('insufficient privileges to update this account');
      await accounts.remove(request.actor, account.id);
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/v1/Accounts/:account_sid/WebhookSecret',
    {
      config: anybody,
      schema: {
        summary: 'The secret that signs hooks; a new one if asked for',
        params: SidParameters('account_sid'),
        querystring: Type.Object({ regenerate: Type.Optional(Type.Boolean()) }),
        response: { 200: WebhookSecretBody, ...refusals },
      },
    },
    async (request) => {
      const { actor, account } = await accountInPath(services, request);
      const secret = request.query.regenerate
        ? await profiles.renewSecret(actor)
        : (await profiles.of(account.id)).webhookSecret;
      return { webhook_secret: secret };
    },
  );
  app.post(
    '/v1/Accounts/:account_sid/SipRealms/:realm',
    {
      config: anybody,
      schema: {
        summary: 'Sets the SIP domain of an account',
        params: Type.Object({
          account_sid: Type.String({ maxLength: 512 }),
          realm: Type.String({ maxLength: 512 }),
        }),
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { actor, account } = await accountInPath(services, request);
      const realm = request.params.realm.toLowerCase();
      if (!realmPattern.test(realm)) throw badBody(`invalid sip_realm: ${request.params.realm}`);
      await accounts.change(actor, account.id, { sipDomain: realm });
      return reply.code(204).send(null);
    },
  );
}
