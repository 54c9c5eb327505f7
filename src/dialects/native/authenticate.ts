import type { FastifyRequest } from 'fastify';
import type { Authentication } from '../../core/accounts/index.ts';
import { credentialRefused } from '../../core/accounts/index.ts';
import { readAuthorization } from '../../http/basic-credentials.ts';
import type { Actor } from '../../kernel/actor.ts';
import { type AccountId, toId } from '../../kernel/ids.ts';

/** Names the account for which the operator acts. */
const accountHeader = 'polyvox-account';

/** Bearer or Basic; the operator may act for any account. */
export const createAuthenticate =
  (authentication: Authentication) =>
  async (request: FastifyRequest): Promise<Actor> => {
    const sent = readAuthorization(request.headers.authorization);
    if (!sent) throw credentialRefused();
    const source = { dialect: 'native', address: request.ip } as const;
    const actor =
      sent.kind === 'basic'
        ? await authentication.basic(sent.name, sent.secret, source)
        : await authentication.bearer(sent.token, source);
    const asked = request.headers[accountHeader];
    if (!actor.operator || typeof asked !== 'string') return actor;
    const accountId = toId<AccountId>(asked);
    if (!accountId) throw credentialRefused();
    return { ...actor, accountId };
  };
