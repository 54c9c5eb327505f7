import type { Actor } from '../../kernel/actor.ts';

/** A sign-in that a cookie or token stands for. */
export interface Session {
  /** SHA-256 of what the client holds. */
  readonly idHash: string;
  readonly actor: Actor;
  readonly expiresAt: Date;
}

/** Finding a session finds the account, so it crosses accounts. */
export interface SessionStore {
  create(session: Session): Promise<void>;
  /** One that has not expired, and whose credential is still there. */
  find(idHash: string): Promise<Session | undefined>;
  /** It was used: from now on it expires then. */
  extend(idHash: string, expiresAt: Date): Promise<void>;
  remove(idHash: string): Promise<void>;
}
