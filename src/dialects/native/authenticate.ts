import type { FastifyRequest } from 'fastify';
import { credentialRefused } from '../../core/accounts/index.ts';
import { readAuthorization } from '../../http/basic-credentials.ts';
import { invalidRequest } from '../../http/request-errors.ts';
import type { Services } from '../../http/services.ts';
import { forbidden } from '../../kernel/access-errors.ts';
import type { Actor } from '../../kernel/actor.ts';
import { type AccountId, toId } from '../../kernel/ids.ts';

/** Names the account for which the operator acts. */
const accountHeader = 'polyvox-account';

/** Tokens for a part of another dialect have no scope here: they must not make themselves mightier ones. */
const isLimited = ({ scopes }: Actor): boolean => scopes !== 'all' && !scopes.includes('all');

/** Bearer or Basic; the operator may act for any account. */
export const createAuthenticate =
  ({ authentication, accounts }: Services) =>
  async (request: FastifyRequest): Promise<Actor> => {
    const sent = readAuthorization(request.headers.authorization);
    if (!sent) throw credentialRefused();
    const source = { dialect: 'native', address: request.ip } as const;
    const actor =
      sent.kind === 'basic'
        ? await authentication.basic(sent.name, sent.secret, source)
        : await authentication.bearer(sent.token, source);
    if (isLimited(actor)) throw forbidden('use this API with a token of limited scopes');
    const asked = request.headers[accountHeader];
    if (!actor.operator || typeof asked !== 'string') return actor;
    const accountId = toId<AccountId>(asked);
    if (!accountId) throw invalidRequest('header', [`/${accountHeader} must be an id`]);
    await accounts.get(actor, accountId);
    return { ...actor, accountId };
  };
