import type { FastifyRequest } from 'fastify';
import { credentialRefused, firstOperatorId } from '../../core/accounts/index.ts';
import { readAuthorization } from '../../http/basic-credentials.ts';
import type { Services } from '../../http/services.ts';
import { type Actor, reachOf } from '../../kernel/actor.ts';
import { isDomainError } from '../../kernel/domain-error.ts';
import { isUuid } from '../../kernel/ids.ts';

/** The contract's names of the three scopes: admin, service provider, account. */
export type Scope = 'A' | 'S' | 'C';

const scopes = { installation: 'A', operator: 'S', account: 'C' } as const;

/** An actor with its scope in the contract's words; who may do everything acts for the first provider. */
const scoped = (actor: Actor): Actor => ({
  ...actor,
  accountId: actor.operator ? firstOperatorId : actor.accountId,
  scopes: [scopes[reachOf(actor).kind]],
});

/** A key of one of the three scopes, or the operator's token. */
export const createAuthenticate =
  ({ authentication, apiKeys }: Services) =>
  async (request: FastifyRequest): Promise<Actor> => {
    const sent = readAuthorization(request.headers.authorization);
    if (sent?.kind !== 'bearer') throw credentialRefused();
    const { token } = sent;
    const source = { dialect: 'jambonz', address: request.ip } as const;
    if (isUuid(token.toLowerCase())) {
      try {
        return scoped(await apiKeys.signIn(token.toLowerCase(), source));
      } catch (error) {
        if (!isDomainError(error) || error.kind !== 'unauthenticated') throw error;
      }
    }
    const actor = await authentication.bearer(token, source);
    if (!actor.operator) throw credentialRefused();
    return scoped(actor);
  };
