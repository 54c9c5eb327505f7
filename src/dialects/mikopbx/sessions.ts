import type { FastifyRequest } from 'fastify';
import type { Authentication, Session, SessionStore } from '../../core/accounts/index.ts';
import { credentialRefused } from '../../core/accounts/index.ts';
import { isLocalRequest } from '../../http/local-request.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { newSecret, tokenHash } from '../../kernel/ids.ts';

export const sessionCookie = 'PHPSESSID';
export const rememberCookie = 'random_token';

/** Seconds without a request after which a session ends, and how long a remembered sign-in lasts. */
const lifetimeSeconds = 3_600;
export const rememberSeconds = 30 * 24 * 3_600;

/** Seconds after which a use is written down again; a session lasts up to so much longer. */
const noteEverySeconds = 60;

export interface Sessions {
  /** @returns what the cookie holds */
  begin(actor: Actor, seconds?: number): Promise<string>;
  end(token: string): Promise<void>;
  /** @throws {DomainError} `credential.refused` */
  authenticate(request: FastifyRequest): Promise<Actor>;
}

/**
 * Sessions in cookies, and the exemption of programs on this machine. Each request asks the store: what was ended,
 * here or on another node, opens nothing any more.
 */
export function createSessions(options: {
  readonly store: SessionStore;
  readonly authentication: Authentication;
  readonly trustLocal: boolean;
  /** Sessions begun under another one are over: the operator's password. */
  readonly key: string;
  readonly clock: Clock;
}): Sessions {
  const { store, authentication, trustLocal, key, clock } = options;
  const hashOf = (token: string): string => tokenHash(`${token} ${tokenHash(key)}`);
  const inSeconds = (seconds: number): Date => new Date(clock.now().getTime() + seconds * 1_000);

  const find = async (token: string | undefined): Promise<Session | undefined> =>
    token && token.length <= 200 ? store.find(hashOf(token)) : undefined;
  const findUsed = async (token: string | undefined): Promise<Session | undefined> => {
    const session = await find(token);
    const needed = inSeconds(lifetimeSeconds);
    if (session && session.expiresAt < needed)
      await store.extend(session.idHash, inSeconds(lifetimeSeconds + noteEverySeconds));
    return session;
  };
  return {
    async begin(actor, seconds = lifetimeSeconds) {
      const token = newSecret();
      await store.create({ idHash: hashOf(token), actor, expiresAt: inSeconds(seconds) });
      return token;
    },
    end: (token) => store.remove(hashOf(token)),
    async authenticate(request) {
      const { cookies } = request;
      const session =
        (await findUsed(cookies[sessionCookie])) ?? (await find(cookies[rememberCookie]));
      if (session) return session.actor;
      if (trustLocal && isLocalRequest(request)) return authentication.local('mikopbx');
      throw credentialRefused();
    },
  };
}
