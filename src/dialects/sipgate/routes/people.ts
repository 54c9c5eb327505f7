import { Type } from 'typebox';
import { endpointNotFound } from '../../../core/endpoints/index.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import { mayActFor } from '../../../kernel/actor.ts';
import { masterSipId, readExtension } from '../ids.ts';
import { reachableUser } from '../own-user.ts';
import { presentDevice, presentUser } from '../present/people.ts';
import {
  AccountResponse,
  DeviceResponse,
  DevicesResponse,
  refusals,
  UserinfoResponse,
  UserParameters,
  UserResponse,
  UsersResponse,
} from '../schemas.ts';

const may = (...anyOf: string[]) => ({ access: { kind: 'scope', anyOf } }) as const;

/** Account, identity, people and devices. @see contracts/sipgate.json, sections 1.2, 1.4, 1.11 and 1.23 */
export function peopleRoutes(app: TypedApp, services: Services): void {
  const { accounts, users, endpoints } = services;
  app.get(
    '/v2/account',
    {
      config: may('all', 'account:read'),
      schema: {
        summary: 'Name and product of the account',
        response: { 200: AccountResponse, ...refusals },
      },
    },
    async ({ actor }) => {
      const account = await accounts.get(actor, actor.accountId);
      return {
        company: account.name,
        mainProductType: 'TEAM',
        logoUrl: null,
        verified: true,
        historyLifeTime: 'UNLIMITED',
      };
    },
  );
  app.get(
    '/v2/authorization/userinfo',
    {
      config: { access: { kind: 'credential' } },
      schema: {
        summary: 'The identity behind the credential',
        response: { 200: UserinfoResponse, ...refusals },
      },
    },
    async ({ actor }) => {
      const account = await accounts.get(actor, actor.accountId);
      const user = actor.userId && (await users.get(actor, actor.userId));
      const language = user?.language || account.language;
      return {
        sub: user ? `w${user.serial}` : 'admin',
        domain: account.sipDomain,
        masterSipId: masterSipId(account.serial),
        locale: `${language.slice(0, 2)}_${account.country}`,
      };
    },
  );
  app.get(
    '/v2/users',
    {
      config: may('all', 'users:read'),
      schema: {
        summary: 'Everybody in the account',
        response: { 200: UsersResponse, ...refusals },
      },
    },
    async ({ actor }) => {
      const [people, devices] = await Promise.all([users.all(actor), endpoints.all(actor)]);
      return {
        items: people.map((user) =>
          presentUser(
            user,
            devices.filter(({ endpoint }) => endpoint.userId === user.id),
          ),
        ),
      };
    },
  );
  app.get(
    '/v2/users/:userId',
    {
      config: may('all', 'users:read'),
      schema: {
        summary: 'One user: oneself, for administrators anybody',
        params: UserParameters,
        response: { 200: UserResponse, ...refusals },
      },
    },
    async ({ actor, params }) => {
      const user = await reachableUser(users, actor, params.userId);
      return presentUser(user, await endpoints.ofUser(actor, user.id));
    },
  );
  app.get(
    '/v2/:userId/devices',
    {
      config: may('all', 'devices:read'),
      schema: {
        summary: 'The devices of a user, and which can be rung now',
        params: UserParameters,
        response: { 200: DevicesResponse, ...refusals },
      },
    },
    async ({ actor, params }) => {
      const user = await reachableUser(users, actor, params.userId);
      const devices = await endpoints.ofUser(actor, user.id);
      return { items: devices.map((device) => presentDevice(device, user)) };
    },
  );
  app.get(
    '/v2/devices/:deviceId',
    {
      config: may('all', 'devices:read', 'devices:sim:read'),
      schema: {
        summary: 'One device, and whether it can be rung now',
        params: Type.Object({ deviceId: Type.String({ maxLength: 64 }) }),
        response: { 200: DeviceResponse, ...refusals },
      },
    },
    async ({ actor, params }) => {
      const named = readExtension(params.deviceId, 'e');
      const found = (await endpoints.all(actor)).find(
        ({ endpoint }) => endpoint.serial === named?.serial,
      );
      if (!found || !mayActFor(actor, found.endpoint.userId))
        throw endpointNotFound(params.deviceId);
      const { userId } = found.endpoint;
      return presentDevice(found, userId && (await users.get(actor, userId)));
    },
  );
}
