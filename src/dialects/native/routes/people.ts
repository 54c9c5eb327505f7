import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Account, NewAccount } from '../../../core/accounts/index.ts';
import type { User, UserChange } from '../../../core/users/index.ts';
import { idempotent } from '../../../http/idempotent.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import type { AccountId, CredentialId, UserId } from '../../../kernel/ids.ts';
import { pathId, withoutNulls } from '../path-id.ts';
import { presentAccount, presentToken, presentUser } from '../present/people.ts';
import { IdempotencyHeaders, IdParameters, Nothing, problems } from '../schemas/common.ts';
import {
  AccountBody,
  AccountChangeBody,
  NewAccountBody,
  NewTokenBody,
  NewUserBody,
  ShownTokenBody,
  TokenBody,
  UserBody,
  UserChangeBody,
} from '../schemas/people.ts';
import { resourceRoutes } from './resource.ts';

/** What an account has if nothing is said. */
const usualAccount = {
  country: 'DE',
  areaCode: '',
  timeZone: 'Europe/Berlin',
  language: 'en',
  maxConcurrentCalls: 100,
  isDefault: false,
  isDemo: false,
} satisfies Partial<NewAccount>;

const known = { kind: 'credential' } as const;
const admin = { kind: 'admin' } as const;
const operator = { kind: 'operator' } as const;
const anybody = { access: known } as const;

/** Accounts, people and their tokens. */
export function peopleRoutes(app: TypedApp, services: Services): void {
  const { accounts, users, idempotency } = services;
  resourceRoutes<Account, AccountId, typeof NewAccountBody, typeof AccountChangeBody>(
    app,
    idempotency,
    {
      path: 'accounts',
      singular: 'account',
      shown: AccountBody,
      newBody: NewAccountBody,
      changeBody: AccountChangeBody,
      access: { list: operator, read: admin, create: operator, change: admin, remove: operator },
      present: presentAccount,
      list: (actor, page) => accounts.list(actor, page),
      get: (actor, id) => accounts.get(actor, id),
      create: (actor, body) => accounts.create(actor, { ...usualAccount, ...body }),
      change: (actor, id, body) => accounts.change(actor, id, body),
      remove: (actor, id) => accounts.remove(actor, id),
    },
  );
  resourceRoutes<User, UserId, typeof NewUserBody, typeof UserChangeBody>(app, idempotency, {
    path: 'users',
    singular: 'user',
    shown: UserBody,
    newBody: NewUserBody,
    changeBody: UserChangeBody,
    access: { list: known, read: known, create: admin, change: known, remove: admin },
    present: presentUser,
    list: (actor, page) => users.list(actor, page),
    get: (actor, id) => users.get(actor, id),
    create(actor, { extension, timeZone, language, admin, ...body }) {
      return users.create(actor, {
        ...body,
        admin: admin ?? false,
        extension: extension ?? undefined,
        ...(timeZone && { timeZone }),
        ...(language && { language }),
      });
    },
    change: (actor, id, body) => users.change(actor, id, withoutNulls(body) as UserChange),
    remove: (actor, id) => users.remove(actor, id),
  });
  app.get(
    '/native/v1/users/:id/tokens',
    {
      config: anybody,
      schema: {
        summary: 'Lists the tokens of a user',
        params: IdParameters,
        response: { 200: Type.Object({ items: Type.Array(TokenBody) }), ...problems },
      },
    },
    async ({ actor, params }) => {
      const user = await users.get(actor, pathId(params.id));
      return { items: (await accounts.listTokens(actor, user.id)).map(presentToken) };
    },
  );
  app.post(
    '/native/v1/users/:id/tokens',
    {
      config: anybody,
      schema: {
        summary: 'Makes a token; its secret is shown this once',
        params: IdParameters,
        body: NewTokenBody,
        headers: IdempotencyHeaders,
        response: { 201: ShownTokenBody, ...problems },
      },
    },
    (request, reply) =>
      idempotent(
        idempotency,
        request as FastifyRequest,
        reply as unknown as FastifyReply,
        async () => {
          const { actor, params, body } = request;
          const user = await users.get(actor, pathId(params.id));
          const { credential, secret } = await accounts.createToken(actor, {
            userId: user.id,
            scopes: body.scopes ?? 'all',
          });
          return { status: 201, body: { ...presentToken(credential), secret } };
        },
      ) as never,
  );
  app.delete(
    '/native/v1/tokens/:id',
    {
      config: anybody,
      schema: {
        summary: 'Removes a token',
        params: IdParameters,
        response: { 204: Nothing, ...problems },
      },
    },
    async ({ actor, params }, reply) => {
      await accounts.removeToken(actor, pathId<CredentialId>(params.id));
      return reply.code(204).send(null);
    },
  );
}
