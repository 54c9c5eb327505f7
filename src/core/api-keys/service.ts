import type { Actor } from '../../kernel/actor.ts';
import type { AccountId, Sid } from '../../kernel/ids.ts';
import type { SignInSource } from '../accounts/index.ts';
import type { ApiKey } from './api-key.ts';

/** Bearer tokens of programs, of three scopes. */
export interface ApiKeys {
  /**
   * Who asks with a token: looked up each time, so that a key which was removed or has run out is refused at once.
   * @throws {DomainError} `credential.refused` (unauthenticated)
   */
  signIn(token: string, source: SignInSource): Promise<Actor>;
  /**
   * Makes a key.
   * @throws {DomainError} `api_key.too_mighty` (forbidden), `api_key.invalid`
   */
  create(actor: Actor, wanted: WantedApiKey): Promise<ApiKey>;
  /** Keys of an account or operator within reach. */
  of(actor: Actor, accountId: AccountId): Promise<readonly ApiKey[]>;
  /** @throws {DomainError} `api_key.not_found`, `api_key.foreign` (forbidden) */
  remove(actor: Actor, sid: Sid): Promise<void>;
}

/** A key that somebody wants. */
export interface WantedApiKey {
  /** For an account or an operator, or one that may do everything. */
  readonly of: AccountId | 'installation' | 'unknown';
  readonly expiresAt: Date | undefined;
}
