import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { idempotent } from '../../../http/idempotent.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import type { AccountId, CredentialId } from '../../../kernel/ids.ts';
import { pathId } from '../path-id.ts';
import { presentLogin } from '../present/people.ts';
import { IdempotencyHeaders, IdParameters, Nothing, problems } from '../schemas/common.ts';
import { LoginBody, NewLoginBody } from '../schemas/people.ts';

const admins = { access: { kind: 'admin' } } as const;

/** Names and passwords that open one of the other APIs for an account. */
export function loginRoutes(app: TypedApp, { logins, idempotency }: Services): void {
  const all = '/native/v1/accounts/:id/logins';
  app.get(
    all,
    {
      config: admins,
      schema: {
        summary: 'Lists the logins of an account',
        params: IdParameters,
        response: { 200: Type.Object({ items: Type.Array(LoginBody) }), ...problems },
      },
    },
    async ({ actor, params }) => {
      const found = await logins.list(actor, pathId<AccountId>(params.id));
      return { items: found.map(presentLogin) };
    },
  );
  app.post(
    all,
    {
      config: admins,
      schema: {
        summary: 'Makes a login: a name and a password for one of the other APIs',
        params: IdParameters,
        body: NewLoginBody,
        headers: IdempotencyHeaders,
        response: { 201: LoginBody, ...problems },
      },
    },
    (request, reply) =>
      idempotent(
        idempotency,
        request as FastifyRequest,
        reply as unknown as FastifyReply,
        async () => {
          const { actor, params, body } = request;
          const made = await logins.create(actor, pathId<AccountId>(params.id), body);
          return { status: 201, body: presentLogin(made) };
        },
      ) as never,
  );
  app.delete(
    `${all}/:loginId`,
    {
      config: admins,
      schema: {
        summary: 'Removes a login, and ends its sessions',
        params: Type.Object({ ...IdParameters.properties, loginId: IdParameters.properties.id }),
        response: { 204: Nothing, ...problems },
      },
    },
    async ({ actor, params }, reply) => {
      const accountId = pathId<AccountId>(params.id);
      await logins.remove(actor, accountId, pathId<CredentialId>(params.loginId));
      return reply.code(204).send(null);
    },
  );
}
