import { type Static, Type } from 'typebox';
import { invalidRequest } from '../../../http/request-errors.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import type { Sid } from '../../../kernel/ids.ts';
import { presentApiKey } from '../present/api-key.ts';
import { readDate } from '../present/dates.ts';
import { accountInPath, pathSid, providerInPath } from '../reach.ts';
import { ApiKeyBody, MadeApiKey, NewApiKeyBody } from '../schemas/api-keys.ts';
import { Nothing, refusals, SidParameters } from '../schemas/common.ts';
import { anybody, only } from './access.ts';

/** When a key is to run out. @throws {DomainError} `request.invalid` */
function readExpiry(body: Static<typeof NewApiKeyBody>, now: Date): Date | undefined {
  const { expires_at: at, expiry_secs: seconds } = body;
  if (typeof seconds === 'number') return new Date(now.getTime() + seconds * 1_000);
  if (at === undefined || at === null) return undefined;
  const read = readDate(at);
  if (!read) throw invalidRequest('body', ['/expires_at must be a date']);
  return read;
}

/** Keys of the three scopes. @see contracts/jambonz.json, section 1.4 */
export function apiKeyRoutes(app: TypedApp, services: Services): void {
  const { apiKeys, accounts, clock } = services;
  app.post(
    '/v1/ApiKeys',
    {
      config: anybody,
      schema: {
        summary: 'Makes a key: of an account, of a service provider, or for everything',
        body: NewApiKeyBody,
        response: { 201: MadeApiKey, ...refusals },
      },
    },
    async ({ actor, body }, reply) => {
      const sid = (body.account_sid ?? body.service_provider_sid) as Sid | null | undefined;
      const kind = body.account_sid ? 'customer' : 'operator';
      const owner = sid ? await accounts.findBySid(sid) : undefined;
      const key = await apiKeys.create(actor, {
        of: sid ? (owner?.kind === kind ? owner.id : 'unknown') : 'installation',
        expiresAt: readExpiry(body, clock.now()),
      });
      return reply.code(201).send({ sid: key.sid, token: key.token });
    },
  );
  app.delete(
    '/v1/ApiKeys/:api_key_sid',
    {
      config: anybody,
      schema: {
        summary: 'Removes a key; its token is refused at once',
        params: SidParameters('api_key_sid'),
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      await apiKeys.remove(request.actor, pathSid(request, 'api_key_sid'));
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/v1/Accounts/:account_sid/ApiKeys',
    {
      config: anybody,
      schema: {
        summary: 'Lists the keys of an account',
        params: SidParameters('account_sid'),
        response: { 200: Type.Array(ApiKeyBody), ...refusals },
      },
    },
    async (request) => {
      const { actor, account } = await accountInPath(services, request);
      return (await apiKeys.of(actor, account.id)).map((key) => presentApiKey(key, account));
    },
  );
  app.get(
    '/v1/ServiceProviders/:service_provider_sid/ApiKeys',
    {
      config: only('A', 'S'),
      schema: {
        summary: 'Lists the keys of a service provider',
        params: SidParameters('service_provider_sid'),
        response: { 200: Type.Array(ApiKeyBody), ...refusals },
      },
    },
    async (request) => {
      const { actor, account } = await providerInPath(services, request);
      return (await apiKeys.of(actor, account.id)).map((key) => presentApiKey(key, account));
    },
  );
}
