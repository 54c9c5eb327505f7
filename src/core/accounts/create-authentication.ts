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
import type { PasswordHasher } from './password-hasher.ts';
import type { Authentication, SignInSource } from './service.ts';
import type { Throttle } from './throttle.ts';
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
   * Attempts that run, so that equal ones at the same time cost one of them. One that began before the latest
   * change may still believe what is no longer so: nobody who comes after the change shares it.
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
  /**
   * Runs an attempt, remembers success, counts failure against its source and its name. What is remembered but
   * doubtful is looked up again, and hashed again only if another secret is stored now.
   */
  const verifyOnce = async (
    key: string,
    name: string,
    { address }: SignInSource,
    verify: (knownHash: string | undefined) => Promise<Verified>,
  ): Promise<Actor> => {
    const keys = [`address ${address}`, `name ${name}`];
    const waits = await Promise.all(keys.map((key) => throttle.blockedSeconds(key)));
    const seconds = Math.max(...waits);
    if (seconds > 0) throw credentialThrottled(seconds);
    const since = memory.mark();
    try {
      const verified = await verify(memory.find(key)?.secretHash);
      await Promise.all(keys.map((key) => throttle.succeeded(key)));
      memory.remember(key, verified, since);
      return verified.actor;
    } catch (error) {
      if (isDomainError(error) && error.kind === 'unauthenticated') {
        memory.forget(key);
        await Promise.all(keys.map((key) => throttle.failed(key)));
      }
      throw error;
    }
  };
  const attempt = async (
    key: string,
    name: string,
    source: SignInSource,
    verify: (knownHash: string | undefined) => Promise<Verified>,
  ): Promise<Actor> => {
    const { address, dialect } = source;
    const remembered = memory.find(key);
    if (remembered && !remembered.isDoubtful) return { ...remembered.actor, dialect };
    const runningKey = `${key} ${address}`;
    const since = memory.mark();
    const others = running.get(runningKey);
    if (others && others.since === since) return { ...(await others.actor), dialect };
    const own = { since, actor: verifyOnce(key, name, source, verify) };
    running.set(runningKey, own);
    try {
      return { ...(await own.actor), dialect };
    } finally {
      if (running.get(runningKey) === own) running.delete(runningKey);
    }
  };
  const byPassword = async (
    kind: 'password' | 'login',
    name: string,
    secret: string,
    knownHash: string | undefined,
  ) => {
    const found = await credentials.findByName(kind, name);
    dummyHash ??= hasher.hash(randomBytes(16).toString('hex'));
    const [credential] = found;
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
          : await byPassword('password', lower, secret, knownHash);
        return verifiedBy(credential, source.dialect);
      });
    },
    bearer: (token, source) =>
      attempt(memory.keyOf('bearer', token), 'bearer', source, async () => {
        if (same(token, operator.token)) return verifiedLocally(source.dialect, true);
        const credential = await credentials.findBySecretHash(tokenHash(token));
        if (!credential) throw credentialRefused();
        return verifiedBy(credential, source.dialect);
      }),
    login(name, secret, source) {
      const lower = name.toLowerCase();
      return attempt(memory.keyOf('login', lower, secret), lower, source, async (knownHash) => {
        if (lower === 'admin' && same(secret, operator.password))
          return verifiedLocally(source.dialect, false);
        return verifiedBy(await byPassword('login', lower, secret, knownHash), source.dialect);
      });
    },
    local: async (dialect) => localActor(dialect, false),
  };
}
