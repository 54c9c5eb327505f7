import { Type } from 'typebox';
import { hasOwnDomain } from '../../../core/accounts/index.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import { presentRegistration, presentRegistrationDetail } from '../present/client.ts';
import { accountInPath } from '../reach.ts';
import { badBody } from '../request-errors.ts';
import { RegisteredUserBody, RegisteredUserDetail, UserNames } from '../schemas/clients.ts';
import { refusals, SidParameters } from '../schemas/common.ts';
import { anybody } from './access.ts';

/** Who is registered now. @see contracts/jambonz.json, section 1.8 */
export function registeredUserRoutes(app: TypedApp, services: Services): void {
  const { endpoints } = services;
  const path = '/v1/Accounts/:account_sid/RegisteredSipUsers';

  /** The devices of the account in the path. @throws {DomainError} `jambonz.bad_body` without a SIP domain */
  const inPath = async (request: Parameters<typeof accountInPath>[1], needsDomain = true) => {
    const { actor, account } = await accountInPath(services, request);
    if (needsDomain && !hasOwnDomain(account))
      throw badBody('account does not have sip_realm configuration');
    return { account, devices: await endpoints.all(actor) };
  };
  app.get(
    path,
    {
      config: anybody,
      schema: {
        summary: 'Lists who is registered, as user@domain',
        params: SidParameters('account_sid'),
        response: { 200: Type.Array(Type.String()), ...refusals },
      },
    },
    async (request) => {
      const { account, devices } = await inPath(request);
      return devices
        .filter(({ contacts }) => contacts.length > 0)
        .map(({ endpoint }) => `${endpoint.username}@${account.sipDomain}`);
    },
  );
  app.post(
    path,
    {
      config: anybody,
      preValidation: async (request) => {
        request.body ??= [];
      },
      schema: {
        summary: 'Whether users are registered: those of the list, all for an empty one',
        params: SidParameters('account_sid'),
        body: UserNames,
        response: { 200: Type.Array(RegisteredUserBody), ...refusals },
      },
    },
    async (request) => {
      const { devices } = await inPath(request);
      const names =
        request.body.length > 0 ? request.body : devices.map(({ endpoint }) => endpoint.username);
      return names.map((name) =>
        presentRegistration(
          name,
          devices.find(({ endpoint }) => endpoint.username === name),
        ),
      );
    },
  );
  app.get(
    `${path}/:name`,
    {
      config: anybody,
      schema: {
        summary: 'Whether a user is registered, and what it may call',
        params: Type.Object({
          account_sid: Type.String({ maxLength: 512 }),
          name: Type.String({ maxLength: 128 }),
        }),
        response: { 200: RegisteredUserDetail, ...refusals },
      },
    },
    async (request) => {
      const { name } = request.params;
      const { devices } = await inPath(request, false);
      const live = devices.find(({ endpoint }) => endpoint.username === name);
      return presentRegistrationDetail(name, live);
    },
  );
}
