import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import { masterSipId } from '../ids.ts';
import { reachableUser } from '../own-user.ts';
import { presentUser } from '../present/people.ts';
import {
  AccountResponse,
  refusals,
  UserinfoResponse,
  UserParameters,
  UserResponse,
  UsersResponse,
} from '../schemas.ts';

const may = (...anyOf: string[]) => ({ access: { kind: 'scope', anyOf } }) as const;

/** Account, identity and people. @see contracts/sipgate.json, sections 1.2, 1.4 and 1.23 */
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
}
