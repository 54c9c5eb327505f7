import type { FastifyRequest } from 'fastify';
import type { Authentication } from '../../core/accounts/index.ts';
import { credentialRefused } from '../../core/accounts/index.ts';
import { readAuthorization } from '../../http/basic-credentials.ts';
import type { Actor } from '../../kernel/actor.ts';

/** E-mail or login with password, token id with token, or a token as bearer. */
export const createAuthenticate =
  (authentication: Authentication) =>
  async (request: FastifyRequest): Promise<Actor> => {
    const sent = readAuthorization(request.headers.authorization);
    const source = { dialect: 'sipgate', address: request.ip } as const;
    if (sent?.kind === 'basic') return authentication.basic(sent.name, sent.secret, source);
    if (sent?.kind === 'bearer') return authentication.bearer(sent.token, source);
    throw credentialRefused();
  };
