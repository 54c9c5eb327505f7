import type { FastifyRequest } from 'fastify';
import type { Authentication, SessionStore } from '../../core/accounts/index.ts';
import { credentialRefused } from '../../core/accounts/index.ts';
import { isLocalRequest } from '../../http/local-request.ts';
import type { Actor } from '../../kernel/actor.ts';
import { newSecret, tokenHash } from '../../kernel/ids.ts';

export const sessionCookie = 'PHPSESSID';
export const rememberCookie = 'random_token';

/** Seconds without a request after which a session ends, and how long a remembered one lasts. */
const lifetimeSeconds = 3_600;
export const rememberSeconds = 30 * 24 * 3_600;

/** How long a found session is believed without asking the database again, in milliseconds. */
const believeMs = 5_000;

export interface Sessions {
  /** @returns what the cookie holds */
  begin(actor: Actor, seconds?: number): Promise<string>;
  end(token: string): Promise<void>;
  /** @throws {DomainError} `credential.refused` */
  authenticate(request: FastifyRequest): Promise<Actor>;
}

/** Sessions in cookies, and the exemption of programs on this machine. */
export function createSessions(options: {
  readonly store: SessionStore;
  readonly authentication: Authentication;
  readonly trustLocal: boolean;
}): Sessions {
  const { store, authentication, trustLocal } = options;
  const believed = new Map<string, { readonly actor: Actor; readonly until: number }>();

  const find = async (token: string | undefined): Promise<Actor | undefined> => {
    if (!token || token.length > 200) return undefined;
    const idHash = tokenHash(token);
    const known = believed.get(idHash);
    if (known && known.until > Date.now()) return known.actor;
    const session = await store.find(idHash);
    if (!session) return undefined;
    if (believed.size > 10_000) believed.clear();
    believed.set(idHash, { actor: session.actor, until: Date.now() + believeMs });
    return session.actor;
  };
  return {
    async begin(actor, seconds = lifetimeSeconds) {
      const token = newSecret();
      const expiresAt = new Date(Date.now() + seconds * 1_000);
      await store.create({ idHash: tokenHash(token), actor, expiresAt });
      return token;
    },
    async end(token) {
      believed.delete(tokenHash(token));
      await store.remove(tokenHash(token));
    },
    async authenticate(request) {
      const { cookies } = request;
      const actor = (await find(cookies[sessionCookie])) ?? (await find(cookies[rememberCookie]));
      if (actor) return actor;
      if (trustLocal && isLocalRequest(request)) return authentication.local('mikopbx');
      throw credentialRefused();
    },
  };
}
