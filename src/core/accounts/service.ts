import type { Actor, DialectName } from '../../kernel/actor.ts';
import type { AccountId, CredentialId, Sid, UserId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/page.ts';
import type { Account, AccountChange, NewAccount } from './account.ts';
import type { Credential } from './credential.ts';
import type { Login, LoginDialect } from './login.ts';

/** Signing in, for every dialect. Failures are throttled per source address and per name. */
export interface Authentication {
  /**
   * A user name with a password or the secret of a token: e-mail or login name with password,
   * `token-…` with its secret. A verified pair is remembered for at most 60 s.
   * @throws {DomainError} `credential.refused` (unauthenticated), `credential.throttled` (limited)
   */
  basic(name: string, secret: string, source: SignInSource): Promise<Actor>;
  /** @throws {DomainError} `credential.refused` (unauthenticated) */
  bearer(token: string, source: SignInSource): Promise<Actor>;
  /** A login of one dialect, such as `admin` of MikoPBX's cabinet. */
  login(name: string, secret: string, source: SignInSource): Promise<Actor>;
  /** The actor of a trusted local request: administrator of the local account. */
  local(dialect: DialectName): Promise<Actor>;
}

export interface SignInSource {
  readonly dialect: DialectName;
  /** Peer address, for throttling. */
  readonly address: string;
}

/** Logins of single dialects: the operator manages those of every account, administrators those of their own. */
export interface Logins {
  /** @throws {DomainError} `account.not_found`, `login.invalid`, `login.taken` (conflict) */
  create(
    actor: Actor,
    accountId: AccountId,
    login: {
      readonly dialect: LoginDialect;
      readonly name: string;
      readonly password: string;
    },
  ): Promise<Login>;
  /** Oldest first. */
  list(actor: Actor, accountId: AccountId): Promise<readonly Login[]>;
  /** Ends the sessions that were begun with it too. @throws {DomainError} `login.not_found` */
  remove(actor: Actor, accountId: AccountId, id: CredentialId): Promise<void>;
}

/** Tenants. `list`, `create` and `remove` need the operator's right; the others also the account's administrator. */
export interface Accounts {
  list(actor: Actor, page: PageRequest): Promise<Page<Account>>;
  /** @throws {DomainError} `account.not_found` */
  get(actor: Actor, id: AccountId): Promise<Account>;
  /** By its second id, whosever it is: whether somebody may see it is for the caller to decide. */
  findBySid(sid: Sid): Promise<Account | undefined>;
  /**
   * For whoever owns accounts; an operator's are its own.
   * @param account.sipDomain - a placeholder takes its place if there is none
   */
  create(
    actor: Actor,
    account: Omit<NewAccount, 'sipDomain' | 'sid'> & { readonly sipDomain?: string | undefined },
  ): Promise<Account>;
  /** @throws {DomainError} `access.forbidden` for administrators who raise the limit of calls of their own account, or end its suspension */
  change(actor: Actor, id: AccountId, change: AccountChange): Promise<Account>;
  /** How many calls may run at once, from above. */
  limitCalls(id: AccountId, calls: number): Promise<void>;
  remove(actor: Actor, id: AccountId): Promise<void>;
  /** A personal access token: its secret is shown this once. */
  createToken(
    actor: Actor,
    token: { readonly userId: UserId; readonly scopes: 'all' | readonly string[] },
  ): Promise<{ readonly credential: Credential; readonly secret: string }>;
  listTokens(actor: Actor, userId: UserId): Promise<readonly Credential[]>;
  removeToken(actor: Actor, id: CredentialId): Promise<void>;
}
