import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Actor, DialectName } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { isDomainError } from '../../kernel/domain-error.ts';
import { tokenHash } from '../../kernel/ids.ts';
import { type CoreEvent, changedAccounts, type EventBus } from '../events/index.ts';
import type { UserStore } from '../users/index.ts';
import type { Account } from './account.ts';
import { credentialRefused, credentialThrottled } from './account-errors.ts';
import type { CredentialStore } from './account-store.ts';
import type { Credential } from './credential.ts';
import { operatorLogin } from './login.ts';
import type { PasswordHasher } from './password-hasher.ts';
import type { Authentication, SignInSource } from './service.ts';
import type { SignInAttempt, Throttle } from './throttle.ts';
import { createVerifiedCredentials, type Verified } from './verified-credentials.ts';

export interface AuthenticationPorts {
  readonly credentials: CredentialStore;
  readonly users: UserStore;
  readonly hasher: PasswordHasher;
  readonly throttle: Throttle;
  readonly bus: EventBus;
  readonly clock: Clock;
  /** The operator's bearer token, and the password of the login `admin`. */
  readonly operator: { readonly token: string; readonly password: string };
  /** The account that `admin`, the operator and trusted local requests act for. */
  readonly localAccount: () => Account | undefined;
}

/** @param knownHash - the stored hash that the secret was compared with before */
type Verify = (knownHash: string | undefined) => Promise<Verified>;

/** Whether an attempt failed because of who made it, and not because something was away. */
const isWrong = (error: unknown): boolean =>
  isDomainError(error) && error.kind === 'unauthenticated';

const pause = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.wakeAt(new Date(clock.now().getTime() + ms), resolve);
  });

/** A hash of nothing, so that an unknown name costs what a wrong password costs. */
let dummyHash: Promise<string> | undefined;

const same = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

/** Signing in, for every dialect. */
export function createAuthentication(ports: AuthenticationPorts): Authentication {
  const { credentials, users, hasher, throttle, bus, clock, operator, localAccount } = ports;
  const memory = createVerifiedCredentials(clock);
  const doubt = (events: readonly CoreEvent[]) => {
    const unsettling = events.filter(({ type }) => type !== 'object.created');
    for (const id of changedAccounts(unsettling)) memory.doubt(id);
  };
  bus.onChange(doubt);
  bus.subscribe((events) => doubt(events.map(({ event }) => event)));
  /**
   * Attempts that run. One that began before the latest change may still believe what is no longer so: nobody
   * who comes after the change shares it.
   */
  const running = new Map<string, { readonly since: number; readonly actor: Promise<Actor> }>();

  const actorOf = async (credential: Credential, dialect: DialectName): Promise<Actor> => {
    const user = credential.userId && (await users.find(credential.accountId, credential.userId));
    if (credential.userId && !user) throw credentialRefused();
    return {
      accountId: credential.accountId,
      userId: user?.id,
      admin: user ? user.admin : true,
      operator: credential.operator,
      scopes: credential.scopes,
      credentialId: credential.id,
      dialect,
    };
  };
  const localActor = (dialect: DialectName, isOperator: boolean): Actor => {
    const account = localAccount();
    if (!account) throw credentialRefused();
    return {
      accountId: account.id,
      userId: undefined,
      admin: true,
      operator: isOperator,
      scopes: 'all',
      credentialId: undefined,
      dialect,
    };
  };
  /** Lets somebody try, unless too many failed before, and counts how it ended. */
  const throttled = async <T>(attempt: SignInAttempt, work: () => Promise<T>): Promise<T> => {
    const admission = await throttle.admit(attempt);
    if (admission.blockedSeconds > 0) throw credentialThrottled(admission.blockedSeconds);
    if (admission.delayMs > 0) await pause(clock, admission.delayMs);
    try {
      const done = await work();
      await admission.end('right');
      return done;
    } catch (error) {
      await admission.end(isWrong(error) ? 'wrong' : 'unknown');
      throw error;
    }
  };
  /**
   * Verifies a credential and remembers it. What is remembered but doubtful is looked up again, and hashed again
   * only if another secret is stored now.
   */
  const verifyAnew = async (key: string, verify: Verify): Promise<Actor> => {
    const since = memory.mark();
    try {
      const verified = await verify(memory.find(key)?.secretHash);
      memory.remember(key, verified, since);
      return verified.actor;
    } catch (error) {
      if (isWrong(error)) memory.forget(key);
      throw error;
    }
  };
  /** Attempts that are alike and run at the same time cost one of them. */
  const together = async (
    key: string,
    { address, dialect }: SignInSource,
    work: () => Promise<Actor>,
  ): Promise<Actor> => {
    const runningKey = `${key} ${address}`;
    const since = memory.mark();
    const others = running.get(runningKey);
    if (others && others.since === since) return { ...(await others.actor), dialect };
    const own = { since, actor: work() };
    running.set(runningKey, own);
    try {
      return { ...(await own.actor), dialect };
    } finally {
      if (running.get(runningKey) === own) running.delete(runningKey);
    }
  };
  /** A credential that comes with every request: verified once a minute. */
  const attempt = async (
    key: string,
    name: string,
    source: SignInSource,
    verify: Verify,
  ): Promise<Actor> => {
    const remembered = memory.find(key);
    if (remembered && !remembered.isDoubtful)
      return { ...remembered.actor, dialect: source.dialect };
    const { address } = source;
    return together(key, source, () => throttled({ address, name }, () => verifyAnew(key, verify)));
  };
  const byPassword = async (
    credential: Credential | undefined,
    secret: string,
    knownHash: string | undefined,
  ) => {
    dummyHash ??= hasher.hash(randomBytes(16).toString('hex'));
    if (credential && credential.secretHash === knownHash) return credential;
    const hash = credential?.secretHash ?? (await dummyHash);
    const good = await hasher.verify(hash, secret);
    if (!credential || !good) throw credentialRefused();
    return credential;
  };
  const byToken = async (name: string, secret: string) => {
    const found = await credentials.findByName('token', name);
    const credential = found.find((token) => same(token.secretHash, tokenHash(secret)));
    if (!credential) throw credentialRefused();
    return credential;
  };
  const verifiedBy = async (credential: Credential, dialect: DialectName): Promise<Verified> => ({
    actor: await actorOf(credential, dialect),
    secretHash: credential.secretHash,
  });
  const verifiedLocally = (dialect: DialectName, isOperator: boolean): Verified => ({
    actor: localActor(dialect, isOperator),
    secretHash: undefined,
  });
  return {
    basic(name, secret, source) {
      const lower = name.toLowerCase();
      return attempt(memory.keyOf('basic', lower, secret), lower, source, async (knownHash) => {
        const credential = lower.startsWith('token-')
          ? await byToken(lower, secret)
          : await byPassword(
              (await credentials.findByName('password', lower))[0],
              secret,
              knownHash,
            );
        return verifiedBy(credential, source.dialect);
      });
    },
    bearer: (token, source) =>
      attempt(memory.keyOf('bearer', token), `bearer ${tokenHash(token)}`, source, async () => {
        if (same(token, operator.token)) return verifiedLocally(source.dialect, true);
        const credential = await credentials.findBySecretHash(tokenHash(token));
        if (!credential) throw credentialRefused();
        return verifiedBy(credential, source.dialect);
      }),
    login(name, secret, source) {
      const lower = name.toLowerCase();
      const { address, dialect } = source;
      const verify = async (): Promise<Verified> => {
        if (lower === operatorLogin && same(secret, operator.password))
          return verifiedLocally(dialect, false);
        const found = await credentials.findLogin(dialect, lower);
        return verifiedBy(await byPassword(found, secret, undefined), dialect);
      };
      return together(memory.keyOf('login', lower, secret), source, () =>
        throttled({ address, name: lower }, async () => (await verify()).actor),
      );
    },
    local: async (dialect) => localActor(dialect, false),
  };
}
